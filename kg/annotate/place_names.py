"""Take a place into the name that it is a part of: "Carrefour France", "the Municipality of Oslo"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Doc, Token

from kg.annotate.entities import NameCandidate
from kg.kb.lexicon import load_lexicon

_PLACES = frozenset({"Government", "Place"})
_BUSINESSES = frozenset({"Platform", "Company"})
_CLASSES = ("company", "group")
_MORE = frozenset("association bank chamber college federation institute museum society".split())


def join_places(
    doc: Doc, names: Sequence[NameCandidate], get_type: Callable[[NameCandidate], str]
) -> list[NameCandidate]:
    """Join a firm with the country that its name ends in, and a body of a kind with the place that it is of.

    Parameters
    ----------
    doc
        The parsed text.
    names
        Its names, in order.
    get_type
        Tells the type of a name's bearer.
    """
    joined: list[NameCandidate] = []
    for name in names:
        before = joined[-1] if joined else None
        place = name.kind == "name" and get_type(name) in _PLACES and not _is_possessive(doc, name)
        if place and before is not None and before.last == name.first and _is_of_firm(doc, before, get_type):
            joined[-1] = NameCandidate(before.first, name.last, "name", before.hit, before.label)
            continue
        first = (
            _find_body(doc, name, before) if name.kind in {"name", "metonym"} and get_type(name) in _PLACES else None
        )
        joined.append(name if first is None else NameCandidate(first, name.last, "name", None, "ORG"))
    return joined


def _is_of_firm(doc: Doc, firm: NameCandidate, get_type: Callable[[NameCandidate], str]) -> bool:
    """Tell whether a name is a firm's and modifies the place behind it, as a part of a longer name does."""
    last, place = doc[firm.last - 1], doc[firm.last]
    longer = last.head == place or (place.dep_ == "compound" and place.head == last.head)  # "Acme Poland Sp. z o.o."
    return get_type(firm) in _BUSINESSES and last.dep_ in {"compound", "nmod"} and longer


def _is_possessive(doc: Doc, name: NameCandidate) -> bool:
    return name.last < len(doc) and doc[name.last].tag_ == "POS"


def _find_body(doc: Doc, place: NameCandidate, before: NameCandidate | None) -> int | None:
    """Where a name such as "American College of Greece" begins, if a place ends one."""
    of = place.first - 1
    if of < 1 or doc[of].lower_ != "of" or not _is_body(doc[of - 1]):
        return None
    first = of - 1
    while first and _is_part(doc[first - 1], doc[of - 1]) and (before is None or first > before.last):
        first -= 1
    return first if before is None or first >= before.last else None


def _is_body(token: Token) -> bool:
    """Tell a capitalised noun for a body that is no state's: a college, a municipality, a bank."""
    lemma = token.lower_
    classes = load_lexicon().noun_classes
    return (
        token.tag_ == "NNP"
        and token.text[0].isupper()
        and (lemma in _MORE or any(lemma in classes[name] for name in _CLASSES))
    )


def _is_part(token: Token, body: Token) -> bool:
    return token.text[:1].isupper() and token.dep_ in {"compound", "amod", "nmod"} and token.head.i == body.i
