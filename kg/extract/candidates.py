"""Propose claims: every trigger of the lexicon, with who may fill its roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.candidate import Candidate
from kg.extract.compliance import ComplianceReader
from kg.extract.implied import BUSINESSES
from kg.extract.memory import AuthorMemory
from kg.extract.noun_frames import NounReader
from kg.extract.parties import PartyFinder
from kg.extract.sources import SourceReader
from kg.extract.verb_frames import VerbReader
from kg.kb import load_knowledge_base
from kg.kb.lexicon import Lexicon
from kg.model.mention import Mention
from kg.model.vocabulary import AUTHORITIES

__all__ = ["AUTHORITIES", "Candidate", "CandidateFinder"]

_PARTICIPLES = frozenset({"VBN", "VBD"})


class CandidateFinder:
    """Propose claims from one parsed text and its mentions."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, doc: Doc, mentions: dict[int, Mention]) -> Iterator[Candidate]:
        """Yield the candidates of a text in the order of their triggers."""
        parties, memory = PartyFinder(doc, mentions, self._lexicon), AuthorMemory(self._lexicon)
        bidden, sources = ComplianceReader(self._lexicon, parties), SourceReader(self._lexicon, parties)
        verbs, nouns = VerbReader(self._lexicon, parties, memory), NounReader(self._lexicon, parties, memory)
        businesses = [
            m for m in mentions.values() if m.type in BUSINESSES and m.kind != "group" and m.agent is not None
        ]
        agents = load_knowledge_base().agents
        about = {m.head for m in businesses}
        known = {m.head for m in businesses if m.agent is not None and m.agent.id in agents}
        named = {index for m in mentions.values() if m.kind == "name" for index in range(m.first, m.last)}
        for token in doc:
            if token.i in named:
                continue
            pos = token.pos_
            if pos in {"VERB", "AUX"} or (pos == "ADJ" and token.tag_ in _PARTICIPLES):
                yield from _mark(verbs.read(token), about, known)
                yield from _mark(bidden.read_verb(token), about, known)
                yield from _mark(sources.read(token), about, known)
            elif pos in {"NOUN", "PROPN"}:
                yield from _mark(nouns.read(token), about, known)
                yield from _mark(bidden.read_noun(token), about, known)
                if token.text.endswith("s"):
                    yield from self._read_headline(token, parties)

    def _read_headline(self, token: Token, parties: PartyFinder) -> Iterator[Candidate]:
        """Read a headline's verb that the tagger takes for a noun, between two names ("Russia fines Google")."""
        verbs, form = self._lexicon.verbs, token.lower_
        frames = verbs.get(form[:-1]) or verbs.get(form[:-2])
        actor = parties.name_before(token) if frames else None
        target = parties.name_after(token) if actor is not None else None
        if not frames or actor is None or target is None or actor.mention.agent == target.mention.agent:
            return
        for frame in frames:
            if frame.complement or "obj" not in frame.target:
                continue
            if actor.is_one_of(frame.actor_types) and target.is_one_of(frame.target_types):
                yield Candidate(token, None, frame.action, f"headline:{frame.lemma}", actor, target, "actual", ())


def _mark(candidates: Iterator[Candidate], about: set[int], known: set[int]) -> Iterator[Candidate]:
    """Mark what is told in a sentence that names no firm and no platform: it may lie outside of what we look for."""
    for candidate in candidates:
        sentence = candidate.trigger.sent
        words = range(sentence.start, sentence.end)
        if about.isdisjoint(words):
            candidate = replace(candidate, hints=(*candidate.hints, "no-platform"))
        elif known.isdisjoint(words):
            candidate = replace(candidate, hints=(*candidate.hints, "no-known-platform"))
        if not known:
            candidate = replace(candidate, hints=(*candidate.hints, "no-platform-at-all"))
        yield candidate
