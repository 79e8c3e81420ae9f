"""What the words about an action noun make of it: a case that is an inquiry, an action that is no suit."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.candidate import Party
from kg.extract.clauses import find_prepositional
from kg.kb.lexicon import NounFrame, load_words

_GUESSED = frozenset({"near", "near-after", "previous"})
_RULINGS = frozenset({"ruling", "decision", "judgment", "judgement"})


def is_guessed(party: Party) -> bool:
    """Tell whether a party is only the likeliest of those about."""
    return party.how.split(">")[0] in _GUESSED


def tells_otherwise(noun: Token, frame: NounFrame, carrier: Token | None, targets: list[Party]) -> bool:
    """Tell whether the words about a noun make it say something else than its frame."""
    lemma = noun.lemma_.lower()
    carried = carrier.lemma_.lower() if carrier is not None else ""
    if lemma == "suit" and noun.head.lemma_ == "follow":
        return True  # "threatens to follow suit"
    if frame.action == "sue" and lemma == "complaint":  # "faced complaints from users", "sent Acme a complaint"
        return carried in load_words("voicing")
    if lemma == "threat" and any(child.lemma_.lower() in {"death", "bomb"} for child in noun.lefts):
        return True
    if frame.action == "settle" and lemma == "deal":  # "the Acme Umbrella deal": a merger
        return bool(targets) and all(target.how == "modifier" for target in targets)
    if lemma == "case" and any(find_prepositional(noun, {"for"})) and not any(find_prepositional(noun, {"against"})):
        return True  # "laid out the case for a new law"
    if lemma == "seizure" and all(map(is_guessed, targets)):
        return True  # "the seizure of power"
    if lemma == "mandate" and all(map(is_guessed, targets)):
        return True  # "until the end of her mandate"
    if lemma == "demand" and carried == "have":
        return True  # of consumers
    if frame.action == "legislate" and carried == "enforce":
        return True  # a law that is there
    if lemma == "filing" and all(map(is_guessed, targets)):
        return True  # "a similar filing": against whom must be said
    if lemma == "case":  # who opens a case inquires, who brings one sues
        return carried in load_words("opening" if frame.action == "sue" else "suing")
    if frame.action == "sue" and lemma == "action":  # "took action against": any measure
        return carried not in load_words("suing") and not any(
            child.lemma_.lower() in load_words("legal") for child in noun.lefts
        )
    if frame.action == "appeal" and lemma == "challenge":  # "presents challenges to agencies"
        return noun.head.lemma_.lower() in load_words("presenting")
    if lemma == "raid" and all(target.how == "previous" for target in targets):
        return True
    if frame.action == "sue" and lemma == "claim" and any(c.lower_ == "patent" for c in noun.lefts):
        return True
    if frame.action == "sue" and lemma == "claim":  # "rejected the claim that": words, unless it is filed against them
        heard = noun.head.lemma_.lower() in load_words("hearing") and any(find_prepositional(noun, {"from"}))
        told = any(target.how.startswith(("noun-prep", "loose")) for target in targets)
        return carried not in load_words("suing") and not told and not heard
    if frame.action == "convict" and lemma in _RULINGS:  # "the decision on the deal", "its decision to end the case"
        led_to = any(child.dep_ == "acl" and child.tag_ == "VB" for child in noun.children)
        return led_to or any(True for _ in find_prepositional(noun, {"on"}))
    if frame.action == "order" and lemma == "order":
        executive = any(child.lower_ == "executive" for child in noun.lefts)
        noted = noun.dep_ == "nsubj" and noun.head.lemma_.lower() in load_words("speech")
        # A president's, on anything; what an order says; whom others are to block by it.
        return all(map(is_guessed, targets)) and (executive or noted or _is_for_others(noun, targets))
    return False


def _is_for_others(order: Token, targets: list[Party]) -> bool:
    """Tell whether those whom an order may be on are whom others are to block by it ("an order to block Acme")."""
    blocking = (c for c in order.children if c.dep_ == "acl" and c.lemma_.lower() in load_words("blocking"))
    below = {token.i for clause in blocking for token in clause.subtree}
    return any(target.mention.head in below for target in targets)
