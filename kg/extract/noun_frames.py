"""Fill the frames of nouns, with the light verbs that carry them: "X imposed a fine on Y", "Y's appeal against X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.aims import find_aims
from kg.extract.answers import ANSWERS, find_answered
from kg.extract.candidate import Candidate, Party
from kg.extract.clauses import child_of, find_prepositional, is_passive
from kg.extract.factuality import judge_status
from kg.extract.implied import BUSINESSES
from kg.extract.light_verbs import find_light_verb
from kg.extract.memory import AuthorMemory
from kg.extract.nominals import find_other_owners
from kg.extract.noun_readings import is_guessed, tells_otherwise
from kg.extract.parties import PartyFinder
from kg.extract.reduced import is_reduced_passive
from kg.extract.slots import (
    find_asked,
    find_blamed,
    find_bound,
    find_denying,
    find_governing_words,
    find_light_words,
    find_loose_words,
)
from kg.extract.verb_frames import NOBODY, OFFICIAL_ACTIONS
from kg.kb.lexicon import Lexicon, LightVerb, NounFrame, load_words
from kg.model.vocabulary import AUTHORITIES
from kg.syntax.phrases import is_capital_line

_SUFFERED = frozenset({"arrest", "charge", "convict", "release"})  # whose possessor it befell: "Durov's arrest"
_TOPICS = frozenset({"noun-prep:over", "noun-prep:for", "noun-prep:about"})  # "a probe into Acme over its tools"
_BY_PLAINTIFFS = frozenset({"sue", "appeal", "accuse"})
# Who wins a ruling or takes out an injunction did not make it.
_OBTAINING = frozenset({"win", "obtain", "secure", "take", "seek", "get", "gain", "request", "want"})
_OF_JUDGES = frozenset({"convict", "order"})
_BLAMING = frozenset({"accuse", "sue", "charge"})
_LOOSE = frozenset({"against", "into", "on"})


# Who neither inquires nor gives orders.
_NO_JUDGES = {"investigate": BUSINESSES, "order": BUSINESSES | {"CivilSociety"}}


class NounReader:
    """Fill the frames of one text's action nouns."""

    def __init__(self, lexicon: Lexicon, parties: PartyFinder, memory: AuthorMemory) -> None:
        self._lexicon = lexicon
        self._parties = parties
        self._memory = memory

    def read(self, noun: Token) -> Iterator[Candidate]:
        """Yield what a noun may tell, by each of its frames; before another noun it only says what that is about."""
        head = noun.head
        said = _find_said(noun)
        if said is not None:  # "a warning letter": the letter is what is sent
            for frame in self._lexicon.nouns.get(said.lemma_.lower(), ()):
                yield from self._fill(noun, frame)
            return
        if noun.lemma_.lower() == "letter" and "desist" in noun.doc[noun.left_edge.i : noun.i].text.lower():
            for frame in self._lexicon.nouns["demand"]:  # "sent a cease-and-desist letter to Acme"
                yield from self._fill(noun, frame)
            return
        before_noun = noun.dep_ == "compound" and head.pos_ == "NOUN" and head.i == noun.i + 1
        told_by_next = head.lemma_.lower() in self._lexicon.nouns and head.lemma_.lower() not in load_words(
            "vague_deed"
        )
        if before_noun and not told_by_next:
            return
        if any(token.lemma_ == "comment" for token, _ in find_prepositional(noun, {"for"})):
            return  # "did not answer a request for comment": the press at its work
        if _is_manner(noun) or self._is_title(noun) or (noun.lemma_ == "call" and not _calls_for(noun)):
            return
        for frame in self._lexicon.nouns.get(noun.lemma_.lower(), ()):
            yield from self._fill(noun, frame)

    def _is_title(self, noun: Token) -> bool:
        """Tell the name of a paper from what somebody did ("the Open Internet Order")."""
        capital = noun.text[:1].isupper() and noun.i > noun.sent.start and not is_capital_line(noun)
        if not capital or noun.lemma_.lower() not in load_words("titled"):
            return False
        before = noun.nbor(-1)
        named = before.tag_ in {"NNP", "NNPS"} and before.dep_ == "compound" and before.head == noun
        owner = self._parties.name_before(noun)
        return named and (owner is None or owner.mention.type not in AUTHORITIES)

    def _fill(self, noun: Token, frame: NounFrame) -> Iterator[Candidate]:
        light, carrier = find_light_verb(noun, self._lexicon)
        passive = carrier is not None and (is_passive(carrier) or self._is_reduced(light, carrier))
        governed = carrier is not None and carrier == noun.head
        if light is not None and light.noun_slot == "obj" and not passive and noun.dep_ == "nsubj" and governed:
            light = carrier = None
        actors, targets = self._find_arguments(noun, frame, light, carrier, passive)
        between = [token for token, _ in find_prepositional(noun, {"between"})] if frame.action == "settle" else []
        if between:  # "a deal between Acme and Umbrella"
            actors = targets = self._parties.find_each([(token, "between") for token in between], "target", "settle")
        if not targets and frame.action == "settle" and len(actors) > 1 and light is not None and _are_unlike(actors):
            targets = actors  # "X and Y reached a settlement": each with the other
        if frame.action in ANSWERS and targets and all(party.mention.kind == "phrase" for party in targets):
            targets = find_answered(noun, frame.action, self._parties, self._memory) or targets
        if not targets:
            targets = self._find_unsaid_targets(noun, frame, actors)
        if not targets:
            return
        if tells_otherwise(noun, frame, carrier, targets):
            return
        hit = {target.mention.agent for target in targets}
        if frame.action in OFFICIAL_ACTIONS and all(actor.mention.agent in hit for actor in actors):
            actors = []  # "Acme had the probe into it shut down": not its own
        won = carrier is not None and carrier.lemma_.lower() in _OBTAINING and frame.action in _OF_JUDGES
        if not actors and frame.action in OFFICIAL_ACTIONS and not won:
            actors = self._parties.implied.find_authorities(noun, targets[0].mention, frame.action)
        told = targets[0].how.startswith("noun-prep") and not targets[0].is_one_of(BUSINESSES)
        if not actors and frame.action == "moderate" and told:
            moderator = self._parties.implied.find_moderator(noun, targets[0].mention)
            actors = [moderator] if moderator is not None else []
        status, cues = judge_status(noun, self._lexicon.embedding, carrier)
        if light is not None and light.status and status == "actual":
            status, cues = light.status, (*cues, f"{light.status}:light")
        if frame.action == "appeal" and carrier is not None and carrier.lemma_ == "announce" and status == "actual":
            status, cues = "planned", ("planned:announced",)
        name = f"noun:{frame.lemma}:{carrier.lemma_.lower() if carrier is not None else ''}"
        action = frame.action
        if action == "investigate" and carrier is not None and _is_formal_charge(noun, carrier):
            action = "charge"
        strangers = _NO_JUDGES.get(action)
        if strangers is not None and actors and all(actor.is_one_of(strangers) for actor in actors):
            return  # "the case by Acme against Umbrella", "the group threatens an injunction"
        if action == "legislate" and frame.lemma == "bill" and status == "actual" and not _is_passed(noun):
            status, cues = "planned", (*cues, "planned:bill")
        if frame.action in {"convict", "charge"} and actors and all(map(is_guessed, (*actors, *targets))):
            return  # "the ruling", of nobody and on nobody: what it said was told before, or was no conviction
        if noun.lemma_.lower() in load_words("vague_deed") and any(map(_is_unsaid, targets)):
            return  # a process, a search: of whom must be said
        for target in targets:
            for actor in actors or NOBODY:
                if actor is not None and actor.mention.agent == target.mention.agent:
                    continue
                self._memory.remember(action, actor, target, noun, status)
                yield Candidate(noun, carrier, action, name, actor, target, status, cues)

    def _is_reduced(self, light: LightVerb | None, carrier: Token) -> bool:
        """Tell whether a headline's participle carries the noun ("Acme hit with EU fine")."""
        if light is None or not light.noun_slot.startswith("prep:") or "obj" not in light.target:
            return False
        return is_reduced_passive(carrier)

    def _find_arguments(
        self, noun: Token, frame: NounFrame, light: LightVerb | None, carrier: Token | None, passive: bool
    ) -> tuple[list[Party], list[Party]]:
        """Find the actors and the targets that the grammar gives, the firmest ties first."""
        action = frame.action
        prepositions = frozenset(frame.target_preps)
        holders = [noun, *(c for c in noun.children if c.dep_ == "conj" and c.pos_ in {"NUM", "PRON", "DET"})]
        below = [  # "two inquiries into Acme and one into Umbrella"
            (token, f"noun-prep:{p}")
            for holder in holders
            for token, p in find_prepositional(holder, prepositions)
            if not (p == "for" and token.dep_ == "pcomp")  # "a fine for abusing its patents": what for, not on whom
        ]
        if any(how not in _TOPICS for _, how in below):
            below = [(token, how) for token, how in below if how not in _TOPICS]
        if action == "request":
            below = find_asked(noun) or below
        elif action in _OF_JUDGES:
            below = below or find_bound(noun)
        elif action in _BLAMING:
            below = below or find_denying(noun) or find_blamed(noun)
        actors: list[Party] = []
        targets = self._parties.find_each(below, "target", action)
        if action == "legislate" and not targets:
            targets = self._parties.find_each(find_aims(noun), "target", action)
        if light is not None and carrier is not None:
            for slot in light.actor.split("|"):
                if not actors and not (action in _OF_JUDGES and carrier.lemma_.lower() in _OBTAINING):
                    actors = self._parties.find_each(find_light_words(carrier, slot, passive, noun), "actor", action)
                if slot == "prep:in":  # "faces a fine in Italy", "in a case"
                    actors = [actor for actor in actors if actor.mention.kind != "phrase"]
            for slot in light.target if not targets or light.actor != "subj" else ():
                found = self._parties.find_each(find_light_words(carrier, slot, passive, noun), "target", action)
                if slot == "prep:with" and action in _BLAMING:  # with whom one complains is not who is blamed
                    found = [party for party in found if party.mention.type not in AUTHORITIES]
                if found:
                    targets = found
                    break
        has = carrier is not None and carrier.lemma_ == "have" and action in OFFICIAL_ACTIONS
        if has and not below and actors and all(actor.is_one_of(BUSINESSES) for actor in actors):
            actors, targets = [], actors  # "Acme and Umbrella each have one probe"
        if carrier is not None and carrier.lemma_.lower() in load_words("undoing"):
            clauses = [c for c in noun.subtree if c.dep_ == "acl" and c.tag_ == "VBN" and c.i > noun.i]
            imposed = [(token, "by") for clause in clauses for token, _ in find_prepositional(clause, {"by"})]
            actors = self._parties.find_each(imposed, "actor", action) or [
                a for a in actors if a.mention.type != "Court"
            ]
        if not actors:
            actors, targets = self._find_possessors(noun, action, targets)
        actors, targets = self._read_modifiers(noun, action, actors, targets)
        if carrier is None and not actors:
            actors = self._parties.find_each(find_governing_words(noun), "actor", action)
        if not targets:
            targets = self._parties.find_each(find_loose_words(noun, prepositions & _LOOSE), "target", action)
        return actors, targets

    def _find_possessors(self, noun: Token, action: str, targets: list[Party]) -> tuple[list[Party], list[Party]]:
        """The actors behind *by*, *from* and a possessive, which with some actions names the target instead."""
        words = [(token, "noun-by") for token, _ in find_prepositional(noun, {"by", "from"})]
        owner = child_of(noun, "poss")
        if owner is not None:
            possessive = (owner, "possessive")
            if not targets and action in _SUFFERED:
                targets = self._parties.find_each([possessive], "target", action)
            else:
                words += [possessive, *((token, "possessive") for token in find_other_owners(owner))]
        return self._parties.find_each(words, "actor", action), targets

    def _read_modifiers(
        self, noun: Token, action: str, actors: list[Party], targets: list[Party]
    ) -> tuple[list[Party], list[Party]]:
        """Take an authority before the noun for its actor, another for its target ("EU Google fine")."""
        for modifier in noun.lefts:
            if modifier.dep_ not in {"compound", "amod", "nmod"}:
                continue
            institution = self._parties.find_institution(modifier)
            if institution is not None and not actors and action in OFFICIAL_ACTIONS:
                actors = [institution]
                continue
            if action == "sue" and not actors:
                actors = self._parties.find_plaintiffs(modifier)
                if actors:
                    continue
            for party in self._parties.find(modifier, "modifier", "target", action):
                type_ = party.mention.agent.type if party.mention.agent is not None else ""
                # "A BBC investigation" is the press's own.
                authority = type_ in AUTHORITIES or (action == "investigate" and type_ in {"Media", "CivilSociety"})
                # "The Acme suit against Umbrella" is the suit of Acme.
                plaintiff = action in _BY_PLAINTIFFS and bool(targets) and type_ != "Platform"
                if (authority or plaintiff) and not actors and party.how == "modifier":
                    actors = [party]
                elif not authority and not targets:
                    targets = [party]
        return actors, targets

    def _find_unsaid_targets(self, noun: Token, frame: NounFrame, actors: list[Party]) -> list[Party]:
        if frame.action in ANSWERS:
            return find_answered(noun, frame.action, self._parties, self._memory)
        others = frozenset(actor.mention.agent.id for actor in actors if actor.mention.agent is not None)
        implied = self._parties.implied.find_target(noun, actors[0].mention if actors else None, others=others)
        return self._parties.spread(implied) if implied is not None else []


def _find_said(paper: Token) -> Token | None:
    """The action noun that says what a letter or a notice is ("a warning letter", "a takedown notice")."""
    if paper.lemma_.lower() not in {"letter", "notice"} or paper.i == 0:
        return None
    before = paper.nbor(-1)
    return before if before.dep_ == "compound" and before.head == paper and before.pos_ == "NOUN" else None


def _is_unsaid(party: Party) -> bool:
    return not party.how.startswith(("noun-prep", "light-to", "light-against", "light-on", "loose"))


def _are_unlike(parties: list[Party]) -> bool:
    """Tell whether not all of those who agreed are authorities, who agree with others together."""
    return any(p.mention.agent is not None and p.mention.agent.type not in AUTHORITIES for p in parties)


def _is_manner(noun: Token) -> bool:
    """Tell whether a noun only says how or where ("in some cases", "in order to")."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "in":
        return False
    if noun.lemma_ == "order":
        return (
            any(child.dep_ == "acl" for child in noun.children)
            or noun.i + 1 < len(noun.doc)
            and noun.nbor(1).tag_ == "TO"
        )
    brought = any(c.dep_ == "acl" and c.lemma_.lower() in load_words("suing") for c in noun.children)
    return noun.lemma_ == "case" and child_of(noun, "prep") is None and not brought


def _is_passed(bill: Token) -> bool:
    """Tell whether a bill is said to have become law."""
    words = (bill.head, *(child for child in bill.children if child.dep_ in {"acl", "relcl"}))
    return any(word.lemma_.lower() in load_words("passing") for word in words)


def _calls_for(noun: Token) -> bool:
    """Tell whether a call asks for something; calls on an app are those of telephones."""
    return any(
        (child.dep_ == "prep" and child.lower_ == "for") or (child.dep_ in {"acl", "relcl"} and child.tag_ == "VB")
        for child in noun.children
    )


def _is_formal_charge(noun: Token, carrier: Token) -> bool:
    """Tell whether somebody was placed under formal investigation, as French law calls a charge."""
    return carrier.lemma_.lower() in {"place", "put"} and any(child.lower_ == "formal" for child in noun.lefts)
