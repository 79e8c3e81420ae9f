"""Take into a store what others hold: other stores, RDF of the same ontology, entities of FollowTheMoney.

What comes of it is, to the byte, what a build from the inputs of all of them would give. A text that another version of
kg had read is read anew; a document that was read by this version, or from the cells of a table, is taken as it is.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from kg.errors import SourceError, StoreError
from kg.judge import FILE_NAME as JUDGEMENTS
from kg.judge import append_judgements
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Document, Reading, Refusal
from kg.model.ids import make_digest
from kg.pipeline.build_graph import BuildSummary, build
from kg.pipeline.former import Former
from kg.pipeline.import_judgements import join_judgements, list_new_judgements
from kg.pipeline.import_rdf import FORMATS, find_rdf_format, read_endpoint, read_rdf_file
from kg.pipeline.ledger import FILE_NAME as LEDGER
from kg.pipeline.ledger import Ledger
from kg.pipeline.plan import Told
from kg.pipeline.read import Progress
from kg.pipeline.runs import Run, describe_run, digest_document
from kg.pipeline.spool import Spool
from kg.pipeline.tables import describe_tracker_run
from kg.rdf import open_folder, open_store
from kg.rdf.folder import CURRENT, VERSIONS, read_current
from kg.sources.formats import show_path
from kg.trackers.followthemoney import SUFFIXES, is_entity_file, load_entity_mapping, read_entities


def import_graphs(
    inputs: Sequence[str],
    store_url: str | Path,
    *,
    reread: bool = False,
    with_judgements: bool = False,
    model: str | None = None,
    processes: int = 1,
    progress: Progress | None = None,
    say: Callable[[str], None] | None = None,
) -> BuildSummary:
    """Take the documents of the inputs, with what was read from them, into a store, which is made if it is missing.

    Parameters
    ----------
    inputs
        Folders and addresses of stores, files of RDF, files of FollowTheMoney's entities.
    store_url
        As for `build`.
    reread
        Take the texts alone, and read them here: for inputs whose claims are not to be trusted.
    with_judgements
        Take over what reviewers decided on the stores among the inputs.
    model, processes, progress, say
        As for `build`.

    Raises
    ------
    SourceError
        If an input can't be read, or none has a document.
    KgError
        If the pipeline, the judgements or the store is unfit.
    """
    heard = say or (lambda line: None)
    judged = list_new_judgements(inputs, store_url, heard, taken=with_judgements)
    file = None if "://" in str(store_url) else Path(store_url) / JUDGEMENTS
    with tempfile.TemporaryDirectory() as work, Spool[Document](Path(work)) as spool:
        together = join_judgements(file, judged, Path(work)) if judged else None
        incoming = _Incoming(describe_run(model), spool, reread=reread)
        summary = build(
            (),
            store_url,
            model=model,
            processes=processes,
            judgements=together,
            ready=incoming.list_ready(inputs, load_knowledge_base()),
            documents=incoming.list_waiting(heard),
            progress=progress,
            say=say,
        )
    if judged and file is not None:
        append_judgements(file, judged)
    return summary


class _Incoming:
    """Sorts what comes in: ready as it is, or a text to be read, which waits until all is seen."""

    def __init__(self, run: Run, spool: Spool[Document], *, reread: bool) -> None:
        self._run = run
        self._spool = spool
        self._reread = reread
        self._waiting: list[int] = []
        self._seen: dict[str, str] = {}

    def list_ready(self, inputs: Iterable[str], kb: KnowledgeBase) -> Iterator[Told | Refusal]:
        found = 0
        refused: list[Refusal] = []
        for path in inputs:
            for one in read_input(path, kb):
                if isinstance(one, Refusal):
                    refused.append(one)
                    yield one
                    continue
                document, reading, run = one
                found += 1
                if (repeated := self._find_repeated(document, reading, run)) is not None:
                    yield from repeated
                elif run.reads_text and (self._reread or run != self._run):
                    self._waiting.append(self._spool.append(document))
                else:
                    yield one
        if not found:
            why = f"{refused[0].source}: {refused[0].reason}" if refused else "the inputs hold none"
            raise SourceError(f"no document could be taken: {why}")

    def list_waiting(self, say: Callable[[str], None]) -> Iterator[Document]:
        if self._waiting and not self._reread:
            number = f"{len(self._waiting):,} documents"
            say(f"{number} were read by another version, or judged since: what is new of them is read here")
        yield from (self._spool.read(position) for position in self._waiting)

    def _find_repeated(self, document: Document, reading: Reading, run: Run) -> tuple[Refusal, ...] | None:
        """Tell whether a document came before: nothing to say if it was the very same, a refusal if another."""
        said = make_digest(digest_document(document), run.name, *([] if run.reads_text else [repr(reading)]))
        former = self._seen.setdefault(document.id, said)
        if former is said:
            return None
        if former == said:
            return ()
        return (Refusal(document.source, f"{document.id!r} has the id of another document of an earlier input"),)


def read_input(path: str, kb: KnowledgeBase) -> Iterator[Told | Refusal]:
    """Read what one input holds, whatever its kind.

    Raises
    ------
    SourceError
        If it is of no kind that is known, or can't be read.
    """
    if path.startswith(("http://", "https://")):
        with closing(open_store(path)) as endpoint:
            yield from read_endpoint(endpoint, path, kb)
    elif (Path(path) / CURRENT).is_file():
        yield from _read_store(Path(path))
    elif Path(path).is_dir():
        raise SourceError(f"{show_path(path)} is a folder and no store: it has no file {CURRENT}")
    elif find_rdf_format(path):
        yield from read_rdf_file(path, kb)
    elif is_entity_file(path):
        yield from _read_entities(path, kb)
    else:
        raise SourceError(
            f"{show_path(path)}: can't import it: want the folder or address of a store, or a file of RDF "
            f"({' '.join(FORMATS)}) or of FollowTheMoney ({' '.join(SUFFIXES)}), any with .gz"
        )


def _read_store(folder: Path) -> Iterator[Told]:
    with _open_former(folder) as former:
        for id in former.list_documents():
            document = replace(former.read_document(id), source=str(folder))
            run = former.find_run(id)
            # An old store without a ledger does not keep what was read before it was judged.
            fit = Run("kg-0") if former.is_judged() and run.reads_text else run
            yield replace(document, group=None), former.read_reading(id), fit


def _read_entities(path: str, kb: KnowledgeBase) -> Iterator[Told | Refusal]:
    runs: dict[str, Run] = {}
    try:
        for one in read_entities(path, kb):
            if isinstance(one, Refusal):
                yield one
                continue
            if one.dataset not in runs:
                runs[one.dataset] = describe_tracker_run(load_entity_mapping(), dataset=one.dataset)
            yield one.document, one.reading, runs[one.dataset]
    except SourceError as error:
        raise SourceError(f"{show_path(path)}: {error}") from error


@contextmanager
def _open_former(folder: Path) -> Iterator[Former]:
    with closing(open_folder(folder)) as store, tempfile.TemporaryDirectory() as work:
        path = folder / VERSIONS / (read_current(folder) or "") / LEDGER
        if not path.is_file():
            yield Former(store, None)
            return
        # A copy: a ledger is opened for writing, and this store is not ours.
        copy = Path(work) / LEDGER
        try:
            shutil.copyfile(path, copy)
        except OSError as error:
            raise StoreError(f"store {folder}: {error.strerror or error}") from error
        with closing(Ledger(copy)) as ledger:
            yield Former(store, ledger)
