"""Which judgement of a claim holds for a claim as it was read."""

from __future__ import annotations

from collections.abc import Iterable

from kg.judge.files import Entry
from kg.judge.identity import Identity
from kg.model import Claim, ClaimJudgement, ClaimKey, Document
from kg.model.ids import make_digest

_Numbered = tuple[int, ClaimJudgement]


class ClaimJudgements:
    """The judgements of claims, by the documents they are about.

    Parameters
    ----------
    entries
        Judgements in their order: of two on one claim the later holds. Those of agents are passed over.
    identity
        Which agents are one: a judgement still fits when its parties were judged to be others since.
    """

    def __init__(self, entries: Iterable[Entry], identity: Identity) -> None:
        self._identity = identity
        self._by_document: dict[str, list[_Numbered]] = {}
        self._by_text: dict[str, list[_Numbered]] = {}
        for number, entry in enumerate(entries):
            if isinstance(judgement := entry.judgement, ClaimJudgement):
                self._by_document.setdefault(judgement.key.document, []).append((number, judgement))
                self._by_text.setdefault(judgement.key.text, []).append((number, judgement))

    def is_about(self, document: Document) -> bool:
        """Tell whether a claim of the document, or of another with the very same text, was judged."""
        return document.id in self._by_document or (bool(self._by_text) and make_digest(document.text) in self._by_text)

    def find(self, claim: Claim, document: Document) -> ClaimJudgement | None:
        """Find the judgement that holds for a claim as it was read: the latest that means it, or None."""
        key = ClaimKey.from_claim(claim, document)
        candidates = [*self._by_document.get(key.document, ()), *self._by_text.get(key.text, ())]
        fitting = [(number, judgement) for number, judgement in candidates if self._fits(judgement.key, key)]
        return max(fitting, key=lambda numbered: numbered[0])[1] if fitting else None

    def _fits(self, judged: ClaimKey, read: ClaimKey) -> bool:
        """Hold a judged claim against one that was read: the same words of the text, said of the same parties."""
        if (judged.action, judged.status, judged.trigger) != (read.action, read.status, read.trigger):
            return False
        if not self._is_party(judged.actor, judged.actor_words, read.actor, read.actor_words):
            return False
        if not self._is_party(judged.target, judged.target_words, read.target, read.target_words):
            return False
        # The quote finds its place in a text that was edited elsewhere; the offset finds it where only the text is the
        # same and a later extractor quotes more or less of it.
        return (judged.quote, judged.at) == (read.quote, read.at) or (
            (judged.text, judged.start) == (read.text, read.start)
        )

    def _is_party(self, judged: str, judged_words: str, read: str, read_words: str) -> bool:
        # What the same words name may have become a known agent, or another new one, since.
        return self._identity.find(judged) == self._identity.find(read) or (
            bool(judged_words) and judged_words == read_words
        )
