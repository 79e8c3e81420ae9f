"""Participles of headlines, which leave their auxiliary out."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import is_passive
from kg.extract.measures import counts_others, is_money


def is_reduced_passive(verb: Token) -> bool:
    """Tell whether a headline's participle is passive without its auxiliary ("TikTok fined €530m")."""
    if verb.tag_ not in {"VBN", "VBD"} or is_passive(verb):
        return False
    if any(child.dep_ in {"aux", "auxpass"} for child in verb.children):
        return False
    return not any(
        child.dep_ in {"dobj", "ccomp", "dative"}
        and (child.ent_type_ not in {"MONEY", "CARDINAL", "QUANTITY"} or counts_others(child))
        and not is_money(child)
        for child in verb.children
    )
