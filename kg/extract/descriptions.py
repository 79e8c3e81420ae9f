"""Leave out what only says who somebody named beside it is."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.candidate import Party
from kg.model.mention import Mention

_REACH = 4  # tokens
_INDEFINITE = frozenset({"a", "an"})


def drop_descriptions(doc: Doc, found: list[Party]) -> list[Party]:
    """Drop the parties that describe another ("Acme, a far-right group", "the writer and activist Ann Lee")."""
    names = [party.mention for party in found if party.mention.kind == "name"]
    return [
        party
        for party in found
        if party.mention.kind != "group" or not any(_describes(doc, party.mention, name) for name in names)
    ]


def _describes(doc: Doc, group: Mention, name: Mention) -> bool:
    if group.plural:
        return False
    if name.last < group.first:  # behind a comma, with an article
        comma, *article = [token.lower_ for token in doc[name.last : group.first]]
        return comma == "," and len(article) == 1 and article[0] in _INDEFINITE
    between = [token.lower_ for token in doc[group.last : name.first]]
    bare = not any(child.dep_ == "det" and child.lower_ in _INDEFINITE for child in doc[group.head].lefts)
    return bare and between[:1] == ["and"] and len(between) < _REACH
