"""Whom a reply, a release or a settlement is for where the sentence does not say so."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.candidate import Party
from kg.extract.clauses import find_objects, find_prepositional, find_subjects
from kg.extract.lists import expand_list
from kg.extract.memory import AuthorMemory
from kg.extract.parties import PartyFinder
from kg.kb.lexicon import load_words
from kg.model.vocabulary import AUTHORITIES

ANSWERS = frozenset({"deny", "appeal", "comply", "refuse"})
_NAMES = frozenset({"PROPN", "NOUN"})
_BUSINESSES = frozenset({"Platform", "Company"})


def find_answered(trigger: Token, action: str, parties: PartyFinder, memory: AuthorMemory) -> list[Party]:
    """Whom an answer without an addressee is for: an authority of the sentence, else who accused or decided last."""
    implied = parties.implied.find_target(trigger, None, AUTHORITIES)
    if implied is not None and _is_own_word(trigger, implied):
        implied = None
    if implied is not None and implied.how != "previous" and not _is_denied(trigger, implied):
        return [implied]
    decider = memory.decider or memory.plaintiff
    if action == "deny" and trigger.pos_ == "VERB":
        accuser = memory.recall_accuser(parties.find_each(find_subjects(trigger), "actor", action))
        if accuser is not None and (decider is None or decider.mention.head < accuser.mention.head):
            return [Party(accuser.mention, "accuser")]
    if decider is not None:
        return [Party(decider.mention, "decider")]
    return [implied] if implied is not None and not _is_denied(trigger, implied) else []


def find_affected(
    verb: Token, named: list[Party], things: list[Token], parties: PartyFinder, memory: AuthorMemory
) -> list[Party]:
    """Whom a decision on a decision is about: not the authority that took the first one, but whom that one hit."""
    affected: list[Party] = []
    for thing in things:
        below = [(token, "deed-of") for token in _find_hit(thing)]
        affected += [p for p in parties.find_each(below, "target", "fine") if _is_hit(p)]
    affected = affected or [p for p in named if _is_hit(p)]
    if affected:
        return affected
    told = [party for thing in things for party in memory.recall_hit(thing) if _is_hit(party)]
    if told:
        return [Party(party.mention, "told") for party in told]
    personal = any(thing.lemma_.lower() in load_words("personal_deed") for thing in things)
    implied = parties.implied.find_target(verb, None, _BUSINESSES | {"Person"} if personal else _BUSINESSES)
    return parties.spread(implied) if implied is not None else named


def _find_hit(deed: Token) -> list[Token]:
    """Whom a decision hits, by its own words: "the ban on X", "an order banning X", "the fine imposed on X"."""
    found = [token for token, _ in find_prepositional(deed, {"against", "on", "for"}) if token.pos_ != "VERB"]
    for clause in deed.children if not found else ():
        if clause.dep_ in {"acl", "relcl"} and clause.pos_ == "VERB":
            bound = [t for t, how in find_subjects(clause) if how == "subject" and t != deed and t.pos_ in _NAMES]
            if bound:
                return bound  # "its order that Acme unmask a user"
            found = [token for token, _ in find_prepositional(clause, {"against", "on", "for", "from"})]
            found = [token for token in found if token.pos_ != "VERB"]
            found += [token for token in find_objects(clause) if token != deed] if clause.tag_ != "VBN" else []
    return found


def _is_hit(party: Party) -> bool:
    agent = party.mention.agent
    if agent is None or party.mention.kind == "phrase":  # "upheld the penalty": the penalty is nobody
        return False
    return agent.type not in AUTHORITIES


def find_released(verb: Token, passive: bool, parties: PartyFinder, memory: AuthorMemory) -> list[Party] | None:
    """Whom the end of a suit sets free: not the plaintiff, whose name it may bear. None if no suit is ended."""
    suits = load_words("suit")
    things = [token for token, _ in find_subjects(verb)] if passive else find_objects(verb)
    for thing in things:
        if thing.lemma_.lower() not in suits:
            continue
        if verb.lemma_.lower() in load_words("permitting"):
            return []  # "approves a class action against Acme": nobody is set free
        holders = [thing, *(child for child in thing.children if child.dep_ == "acl")]
        against = [
            party
            for holder in holders
            for token, _ in find_prepositional(holder, {"against"})
            for part in expand_list(token)
            for party in parties.find(part, "defendant", "target", "release")
        ]
        if against:
            return against
        owners = parties.find(thing, "plaintiff", "actor", "release")
        told = [Party(party.mention, "told") for party in memory.recall_hit(thing)]
        if told:
            return told
        implied = parties.implied.find_target(verb, owners[0].mention if owners else None)
        suing = memory.plaintiff.mention.agent if memory.plaintiff is not None else None
        return [implied] if implied is not None and implied.mention.agent != suing else []
    return None


def find_other_side(verb: Token, action: str, passive: bool, parties: PartyFinder) -> list[Party]:
    """With whom somebody settled, or whom they released, if the verb names nobody."""
    if action != "settle" and not passive and not find_objects(verb):
        return []
    if action == "settle" and any(True for _ in find_prepositional(verb, {"with"})):
        return []  # with whom is said
    subjects = find_subjects(verb) if not passive else []
    sides = [p for t, _ in subjects for part in expand_list(t) for p in parties.find(part, "together", "actor", action)]
    listed = any("named" in side.how for side in sides)  # "other companies, among them X and Y, have settled"
    if action == "settle" and not listed and len({side.mention.agent for side in sides}) > 1:
        return sides  # "X and Y settled": each with the other
    actors = parties.find(subjects[0][0], "subject", "actor", action) if subjects else []
    if action == "settle":
        paid = parties.find_each([(token, "paid") for token in _find_paid(verb)], "target", action)
        if paid:
            return paid
        suing = [(token, "plaintiff") for token in _find_suing(verb)]
        plaintiffs = [p for p in parties.find_each(suing, "actor", action) if p.mention.kind != "phrase"]
        if plaintiffs:
            return plaintiffs
    wanted = (AUTHORITIES - {"Court"}) | _BUSINESSES if action == "settle" else _BUSINESSES
    implied = parties.implied.find_target(verb, actors[0].mention if actors else None, wanted)
    if implied is None or (action == "settle" and parties.is_scene(implied)):
        return []
    return [implied]


def _find_paid(verb: Token) -> list[Token]:
    """Who is paid in order to settle ("agreed to pay Texas $1.4bn to settle two lawsuits")."""
    payment = verb.head
    if verb.dep_ not in {"advcl", "xcomp", "conj"} or payment.lemma_ != "pay":
        return []
    paid = [child for child in payment.children if child.dep_ in {"dative", "dobj"} and child.pos_ in {"PROPN", "NOUN"}]
    return paid or [token for token, _ in find_prepositional(payment, {"to"})]


def _find_suing(verb: Token) -> list[Token]:
    """Who brought what is settled ("settled a lawsuit by users", "claims brought by the state")."""
    found: list[Token] = []
    for thing in find_objects(verb):
        if thing.lemma_.lower() not in load_words("suit"):
            continue
        holders = [thing, verb, *(child for child in thing.children if child.dep_ in {"acl", "relcl"})]
        for holder in holders:
            found = found or [token for token, _ in find_prepositional(holder, {"by", "from"})]
    return [token for token in found if token.pos_ in {"NOUN", "PROPN"} and token.ent_type_ != "DATE"]


def _is_own_word(trigger: Token, party: Party) -> bool:
    """Tell whether a party only describes who replies ("Lee, a former US investigator, denied it")."""
    edges = [
        (token.left_edge.i, token.right_edge.i) for token, _ in find_subjects(trigger) if token.i != party.mention.head
    ]
    return any(left <= party.mention.head <= right for left, right in edges)


def _is_denied(trigger: Token, party: Party) -> bool:
    """Tell whether a party stands in what is denied ("denies sharing data with China"): it is not who is answered."""
    clauses = [child for child in trigger.children if child.dep_ in {"xcomp", "ccomp"} and child.i > trigger.i]
    return any(clause.left_edge.i <= party.mention.head <= clause.right_edge.i for clause in clauses)
