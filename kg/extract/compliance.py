"""Who acted because another asked or ordered it: "at the request of", "in response to an order by", "as X asked"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.candidate import Candidate, Party
from kg.extract.clauses import find_governor, find_prepositional, find_subjects, is_passive
from kg.extract.factuality import judge_status
from kg.extract.parties import PartyFinder
from kg.kb.lexicon import Lexicon, load_words
from kg.model.vocabulary import AUTHORITIES

_OPENERS = frozenset({"at", "on", "upon", "following", "after", "under", "to", "with", "per"})
_DEFERRING = frozenset({"response", "line", "accordance", "compliance", "keeping", "answer", "reaction"})
_ASKING = frozenset("ask behest demand insistence pressure request urge urging want".split())
_ORDERING = frozenset("direct instruct order".split())
_DOERS = frozenset({"Platform", "Company", "Person"})


class ComplianceReader:
    """Read the adjuncts that tell at whose word somebody acted."""

    def __init__(self, lexicon: Lexicon, parties: PartyFinder) -> None:
        self._lexicon = lexicon
        self._parties = parties

    def read_noun(self, noun: Token) -> Iterator[Candidate]:
        """Yield what "at the request of", "in response to an order by" and the like tell."""
        if noun.lemma_.lower() not in load_words("bidding") or noun.dep_ != "pobj":
            return
        preposition = noun.head
        if preposition.lower_ not in _OPENERS or any(child.lower_ in {"no", "without"} for child in noun.lefts):
            return
        top = preposition
        if preposition.head.lemma_.lower() in _DEFERRING and preposition.head.dep_ == "pobj":
            top = preposition.head.head
        elif preposition.lower_ in {"to", "with"}:
            return  # "agreed to the request": told by the verb
        verb = top.head
        if verb.pos_ not in {"VERB", "AUX"}:
            return
        words = [(token, "bidder") for token, _ in find_prepositional(noun, {"of", "by", "from"})]
        words += [(child, "bidder") for child in noun.lefts if child.dep_ == "poss"]
        yield from self._tell(noun, verb, words, f"noun:{noun.lemma_.lower()}:at")

    def read_verb(self, verb: Token) -> Iterator[Candidate]:
        """Yield what an *as* clause tells ("took the videos down, as the ministry had asked")."""
        if verb.dep_ != "advcl" or verb.lemma_.lower() not in _ASKING | _ORDERING:
            return
        opener = any(c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in verb.children)
        governor = find_governor(verb)
        if not opener or governor is None or is_passive(verb):
            return
        words = [(token, "bidder") for token, _ in find_subjects(verb)]
        yield from self._tell(verb, governor, words, f"verb:{verb.lemma_.lower()}:as")

    def _tell(self, trigger: Token, verb: Token, words: list[tuple[Token, str]], name: str) -> Iterator[Candidate]:
        bidders = [p for p in self._parties.find_each(words, "actor", "request") if _is_one_of(p, AUTHORITIES)]
        if not bidders or is_passive(verb):
            return
        doing = [(token, "bidden") for token, _ in find_subjects(verb)]
        doers = [party for party in self._parties.find_each(doing, "target", "order") if _is_one_of(party, _DOERS)]
        status, cues = judge_status(verb, self._lexicon.embedding)
        for doer in doers:
            for bidder in bidders:
                yield Candidate(trigger, None, "comply", name, doer, bidder, status, cues)
                asked = "request" if trigger.lemma_.lower() in _ASKING else "order"
                yield Candidate(trigger, None, asked, name, bidder, doer, "actual", ())


def _is_one_of(party: Party, types: frozenset[str]) -> bool:
    agent = party.mention.agent
    return agent is not None and agent.type in types and party.mention.kind not in {"phrase"}
