"""Part a list that the entity recogniser took for one name ("HSBC, Citigroup")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.annotate.entities import NameCandidate
from kg.annotate.name_types import load_name_types
from kg.kb.lexicon import load_words

_JOINTS = frozenset({"and", "&", "or"})


def split_list(doc: Doc, name: NameCandidate) -> Iterator[NameCandidate]:
    """Yield the members of a list of names, or the name itself.

    A comma parts two names unless what follows it belongs to the first ("Acme, Inc.") or the whole is one body's ("the
    Digital, Culture, Media and Sport Committee"); *and* parts two only where the text has one of them alone as well.
    """
    parts = _part(doc, name)
    bodies = load_words("body") | frozenset(load_name_types())
    if name.hit is not None or len(parts) < 2 or any(doc[last - 1].lower_ in bodies for _, last in parts):
        yield name
        return
    commas = any(token.text == "," for token in doc[name.first : name.last])
    if not commas and not any(_stands_alone(doc, name, *part) for part in parts):
        yield name
        return
    for first, last in parts:
        yield NameCandidate(first, last, name.kind, None, name.label)


def _part(doc: Doc, name: NameCandidate) -> list[tuple[int, int]]:
    parts, first = [], name.first
    for token in doc[name.first : name.last]:
        if token.text == "," or token.lower_ in _JOINTS:
            if token.i > first:
                parts.append((first, token.i))
            first = token.i + 1
    if first < name.last:
        parts.append((first, name.last))
    endings = load_words("company_suffix")
    if any(doc[first].lower_.rstrip(".") in endings or not doc[first].text[:1].isupper() for first, _ in parts):
        return [(name.first, name.last)]
    return parts


def _stands_alone(doc: Doc, name: NameCandidate, first: int, last: int) -> bool:
    words = [token.text for token in doc[first:last]]
    return any(
        token.text == words[0]
        and not name.first <= token.i < name.last
        and [other.text for other in doc[token.i : token.i + len(words)]] == words
        for token in doc
    )
