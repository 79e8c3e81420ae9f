"""Decide what a build reads, what it takes over from the store, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from kg.judge import Judgements
from kg.model import Document, Reading, Refusal
from kg.pipeline.former import Former
from kg.pipeline.runs import Run

Told = tuple[Document, Reading, Run]
"""A document with what was read from it, and by what."""


class Plan:
    """What becomes of the documents of the sources and of the store.

    Parameters
    ----------
    former
        What the store holds, if anything.
    run
        How texts are read now.
    judged
        The judgements of now.
    judged_before
        The digest of those that the store was built with; None where that is not known.
    refuse
        Hears of documents that repeat an id.
    withheld, withheld_before
        The digests of who is left out now, and of who was when the store was built; '' is nobody.
    """

    def __init__(
        self,
        former: Former | None,
        run: Run,
        judged: Judgements,
        judged_before: str | None,
        refuse: Callable[[Refusal], None],
        *,
        withheld: str = "",
        withheld_before: str = "",
    ) -> None:
        self.added: list[str] = []
        self.changed: list[str] = []
        self.reread: list[str] = []
        self.unchanged = 0
        self._former = former
        self._run = run
        self._refuse = refuse
        self._known = frozenset(former.list_documents()) if former else frozenset()
        self._seen: set[str] = set()
        self._outdated = self._find_outdated()
        self._leaves_out_others = former is not None and withheld != withheld_before
        is_judged_anew = former is not None and judged_before is not None and judged_before != judged.digest
        self.rejudges = is_judged_anew or self._leaves_out_others
        self.reason = self._explain()

    @property
    def begins_afresh(self) -> bool:
        """Whether all that the store holds is worked out again."""
        return bool(self._outdated) or self.rejudges

    @property
    def has_documents(self) -> bool:
        """Whether the sources had a document so far."""
        return bool(self._seen)

    def select(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Give the documents of the sources that must be read, then those of the store that must be read again."""
        for document in documents:
            if self._take(document, self._run):
                yield document
        if self._former and self._outdated:
            for id in sorted(self._known - self._seen):
                if self._former.find_run(id) in self._outdated:
                    self.reread.append(id)
                    yield self._former.read_document(id)

    def select_ready(self, ready: Iterable[Told | Refusal]) -> Iterator[Told]:
        """Give those that are new or have changed of the documents whose claims are ready."""
        for told in ready:
            if isinstance(told, Refusal):
                self._refuse(told)
            elif self._take(told[0], told[2]):
                yield told

    def list_kept(self, replaced: Collection[str]) -> Iterator[Told]:
        """List what the store holds but for documents that were replaced, with what was read from it.

        What could not be read again is kept as it was: better an old reading than none.
        """
        if self._former is None:
            return
        for id in sorted(self._known.difference(replaced)):
            run = self._former.find_run(id)
            yield self._former.read_document(id), self._former.read_reading(id), run

    def find_digest(self, document: str) -> str | None:
        """Find the digest of a document as its source had it, if it is as the store has it; None if it is not."""
        is_kept = document in self._known and (document not in self._seen or document in self.reread)
        return self._former.find_digest(document) if self._former and is_kept else None

    def _take(self, document: Document, run: Run) -> bool:
        if document.id in self._seen:
            self._refuse(Refusal(document.source or document.id, f"{document.id!r} has the id of another document"))
            return False
        self._seen.add(document.id)
        if document.id not in self._known:
            self.added.append(document.id)
            return True
        assert self._former is not None
        if self._former.holds(document):
            if self._former.find_run(document.id) == run:
                self.unchanged += 1
                return False
            self.reread.append(document.id)
            return True
        self.changed.append(document.id)
        return True

    def _find_outdated(self) -> frozenset[Run]:
        if self._former is None:
            return frozenset()
        runs = frozenset(run for run in self._former.list_runs() if run.reads_text)
        return runs if self._former.is_judged() else runs - {self._run}

    def _explain(self) -> str | None:
        if self._former is None or not self.begins_afresh:
            return None
        number = f"{len(self._known):,} documents of the store"
        if self._outdated - {self._run}:
            before = min(self._outdated - {self._run}, key=lambda run: run.name)
            return f"all {number} are read anew: {_compare_runs(before, self._run)}"
        if self._outdated:
            return f"all {number} are read anew: an endpoint does not keep what was read before it was judged"
        why = "other persons are left out" if self._leaves_out_others else "the judgements have changed"
        return f"all {number} are worked out anew, without reading them: {why}"


def _compare_runs(before: Run, now: Run) -> str:
    if before.name != now.name:
        return f"they were read by {before.name}, and this is {now.name}"
    gone, come = (sorted(set(one.components) - set(other.components)) for one, other in ((before, now), (now, before)))
    return f"they were read with {', '.join(gone) or 'less'}, and now there is {', '.join(come) or 'less'}"
