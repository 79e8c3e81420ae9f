"""Find the light verb that carries an action noun ("imposed a fine", "the probe launched in May")."""

from __future__ import annotations

from spacy.tokens import Token

from kg.kb.lexicon import Lexicon, LightVerb, load_words

_ARGUMENTS = frozenset({"dobj", "nsubjpass", "dative", "nsubj", "attr", "oprd"})


def find_light_verb(noun: Token, lexicon: Lexicon) -> tuple[LightVerb, Token] | tuple[None, None]:
    """Find the light verb that governs an action noun, as its object, its passive subject or by a preposition."""
    top = noun
    while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}:
        top = top.head
    if top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_.lower() in load_words("paper_of"):
        top = top.head.head  # "were sent a statement of objections"
    subject_of = _find_subject_of(top, lexicon)
    if subject_of is not None:
        return subject_of
    head = top.head
    if top.dep_ in _ARGUMENTS and head.pos_ in {"VERB", "AUX"}:
        light = _find_frame(head, "obj", lexicon)
        if light is not None:
            return light, head
    elif top.dep_ == "pobj" and head.dep_ in {"prep", "agent"} and head.head.pos_ in {"VERB", "AUX"}:
        light = _find_frame(head.head, f"prep:{head.lower_}", lexicon)
        if light is not None:
            return light, head.head
    elif top.dep_ in {"acl", "relcl"}:
        return None, None
    for child in top.children:  # "the fine imposed by X on Y", "a probe launched in May"
        if child.dep_ in {"acl", "relcl"} and child.pos_ == "VERB" and child.tag_ != "VB":  # not "a call to pay"
            light = _find_frame(child, "obj", lexicon)
            if light is not None:
                return light, child
    return None, None


def _find_subject_of(noun: Token, lexicon: Lexicon) -> tuple[LightVerb, Token] | None:
    """Find the verb that makes somebody the subject of an action ("is the target of a probe", "at its centre")."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of":
        return None
    place = noun.head.head
    if place.lemma_.lower() not in load_words("subject_of"):
        return None
    if place.dep_ == "pobj" and place.head.lower_ in {"at", "in"}:
        verb = place.head.head
    else:
        verb = place.head if place.dep_ in {"attr", "oprd"} else place
    light = _find_frame(verb, "subject-of", lexicon)
    return (light, verb) if light is not None else None


def _find_frame(verb: Token, slot: str, lexicon: Lexicon) -> LightVerb | None:
    frames = lexicon.light_verbs.get(lexicon.verb_forms.get(verb.lower_, verb.lemma_.lower()), ())
    return next((light for light in frames if light.noun_slot == slot), None)
