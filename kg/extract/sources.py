"""Whose word it is that a sentence's subject did wrong: "Acme breached the law, according to the group Umbrella"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.candidate import Candidate
from kg.extract.clauses import child_of, find_governor, find_subjects, is_passive
from kg.extract.complements import describe_clause
from kg.extract.parties import PartyFinder
from kg.kb.lexicon import Lexicon


class SourceReader:
    """Read the accusations that *according to* makes somebody's."""

    def __init__(self, lexicon: Lexicon, parties: PartyFinder) -> None:
        self._lexicon = lexicon
        self._parties = parties

    def read(self, token: Token) -> Iterator[Candidate]:
        """Yield who accuses whom by a sentence with "according to" in it."""
        if token.lower_ != "according":
            return
        to = child_of(token, "prep")
        source = child_of(to, "pobj") if to is not None and to.lower_ == "to" else None
        verb = find_governor(token)
        if source is None or verb is None or is_passive(verb):
            return
        hints = describe_clause(verb, self._lexicon.wrongdoing)
        if "clause:negated" in hints or {"clause:wrongdoing", "clause:reproach"}.isdisjoint(hints):
            return
        speakers = self._parties.find_each([(source, "source")], "actor", "accuse")
        accused = self._parties.find_each(find_subjects(verb), "target", "accuse")
        for target in accused:
            for actor in speakers:
                reports = actor.mention.type == "Media"  # "according to Reuters": no word of its own
                if actor.mention.agent != target.mention.agent and actor.mention.kind != "phrase" and not reports:
                    name = "verb:accord:source:active"
                    yield Candidate(token, None, "accuse", name, actor, target, "actual", (), hints)
