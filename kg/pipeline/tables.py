"""Tell the tables of trackers from other sources, and read them: their claims are made of cells, not of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg import __version__
from kg.errors import DataError, SourceError
from kg.kb import load_knowledge_base
from kg.model import Document, Reading, Refusal
from kg.model.ids import make_digest, make_slug
from kg.pipeline.runs import Run, describe_run
from kg.sources.find import find_sources
from kg.sources.formats import may_be_table, show_path

if TYPE_CHECKING:
    # Imported where a table is at hand: most builds have none, and need not wait for what reads mappings.
    from kg.trackers import TrackerMapping

_DIGITS = 8


@dataclass(frozen=True, slots=True)
class SortedSources:
    """Sources by what reads them: ``texts`` by the pipeline for texts, ``tables`` by the mapping beside each.

    ``refused`` are those that lead nowhere, where that was found on the way to the tables.
    """

    texts: tuple[str, ...]
    tables: tuple[tuple[str, TrackerMapping], ...] = ()
    refused: tuple[Refusal, ...] = ()


def sort_sources(
    paths: Iterable[str], *, trackers: Sequence[str] = (), columns: Mapping[str, str] | None = None
) -> SortedSources:
    """Find the tables of trackers among the sources by their columns.

    Parameters
    ----------
    paths
        Files, folders, globs, or ``-`` for standard input.
    trackers
        Names of shipped mappings and paths of others, tried before those that ship.
    columns
        Columns of tables whose rows are texts: where they are given, shipped mappings are not tried.

    Raises
    ------
    DataError
        If a mapping can't be read, or fits none of the tables.
    """
    given = tuple(paths)
    found = list(find_sources(given))
    candidates = [source for source in found if isinstance(source, str) and may_be_table(source)]
    if not candidates and not trackers:
        return SortedSources(given)
    from kg.trackers import find_mapping

    named = [find_mapping(name) for name in trackers]
    mappings = [*named, *_list_shipped(named)] if candidates and columns is None else named
    tables = [(path, mapping) for path in candidates if (mapping := _choose(path, mappings)) is not None]
    for mapping in named:
        if all(used is not mapping for _, used in tables):
            raise DataError(_describe_misfit(mapping, candidates))
    if not tables:
        return SortedSources(given)
    mapped = {path for path, _ in tables}
    return SortedSources(
        texts=tuple(source for source in found if isinstance(source, str) and source not in mapped),
        tables=tuple(tables),
        refused=tuple(source for source in found if isinstance(source, Refusal)),
    )


def _list_shipped(named: Sequence[TrackerMapping]) -> list[TrackerMapping]:
    from kg.trackers import load_shipped_mappings

    names = {mapping.tracker for mapping in named}
    return [mapping for mapping in load_shipped_mappings() if mapping.tracker not in names]


def _choose(path: str, mappings: Sequence[TrackerMapping]) -> TrackerMapping | None:
    from kg.trackers import choose_mapping

    try:
        return choose_mapping(path, mappings)
    except SourceError:
        return None  # The reader of texts says what is wrong with it.


def read_tables(sources: SortedSources) -> Iterator[tuple[Document, Reading, Run] | Refusal]:
    """Read the rows of tables, each with what it says and by what mapping; bad ones come out as refusals."""
    yield from sources.refused
    if not sources.tables:
        return
    from kg.trackers import TrackerRow, read_tracker

    kb = load_knowledge_base()
    known: set[str] = set()
    for path, mapping in sources.tables:
        run = describe_tracker_run(mapping)
        for row in read_tracker(path, mapping, kb):
            if isinstance(row, TrackerRow):
                if row.document.id in known:
                    yield Refusal(row.document.source, f"{row.document.id!r} repeats a row of another table")
                    continue
                known.add(row.document.id)
                yield row.document, row.reading, run
            else:
                yield row


def describe_tracker_run(mapping: TrackerMapping, *, dataset: str | None = None) -> Run:
    """Describe how the rows of a tracker are read: by which mapping, which knowledge and which code.

    Where one mapping reads the records of many, each ``dataset`` is a tracker of its own.
    """
    folder = Path(kg.__file__).parent / "trackers"
    code = make_digest(*(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.py"))))
    shared = [part for part in describe_run().components if part.startswith(("knowledge base ", "rules "))]
    digest = make_digest(mapping.model_dump_json())
    parts = [*shared, f"mapping {digest}", f"tracker rules {code}"]
    # Two mappings of one name are two ways to read: with one name each would take the other's run for its own.
    tracker = mapping.tracker if dataset is None else f"{mapping.tracker}.{make_slug(dataset)}"
    return Run(f"tracker-{tracker}-{digest[:_DIGITS]}-{__version__}", tuple(sorted(parts)))


def _describe_misfit(mapping: TrackerMapping, tables: Sequence[str]) -> str:
    if not tables:
        return f"the tracker {mapping.tracker!r} has no table: want a .csv, .tsv or .xlsx among the sources"
    from kg.trackers import list_missing_columns

    try:
        missing = list_missing_columns(tables[0], mapping)
    except SourceError as error:
        return f"{show_path(tables[0])}: {error}"
    if not missing:
        return f"the tracker {mapping.tracker!r} has no table left: another mapping reads {show_path(tables[0])}"
    shown = ", ".join(repr(column) for column in missing[:5]) + (" …" if len(missing) > 5 else "")
    return f"the tracker {mapping.tracker!r} fits none of the tables: {show_path(tables[0])} lacks the column {shown}"
