"""What hangs on a noun: whose a thing is, who leads a group, what a preposition leads to."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import find_subjects
from kg.extract.lists import expand_list


def find_leaders(token: Token) -> list[Token]:
    """Who leads a group ("a coalition of states led by Texas")."""
    groups = [token, *(c for child in token.children if child.lower_ == "of" for c in child.children)]
    return [
        leader
        for group in groups
        for clause in group.children
        if clause.dep_ == "acl" and clause.lemma_ in {"lead", "head", "spearhead"}
        for by in clause.children
        if by.lower_ == "by"
        for leader in by.children
    ]


def find_other_owners(owner: Token) -> list[Token]:
    """The owner before another, which the parser lost ("Texas's and Ohio's suits")."""
    first = owner.left_edge.i
    if first < 2 or owner.doc[first - 1].lower_ not in {"and", "or", ","}:
        return []
    before = owner.doc[first - 2]
    return [before.head] if before.tag_ == "POS" and before.head.pos_ == "PROPN" else []


def has_owner(token: Token) -> bool:
    """Tell whether a noun says whose it is ("the accounts of", "pages run by")."""
    return any(
        c.dep_ in {"poss", "acl"} or (c.dep_ in {"prep", "agent"} and c.lower_ in {"of", "by", "from"})
        for c in token.children
    )


def is_former(token: Token) -> bool:
    """Tell whether somebody is no longer what a noun says ("a former executive")."""
    return any(child.lower_ in {"former", "ex", "then"} for child in token.lefts)


def expand_objects(preposition: Token) -> list[Token]:
    """The objects of a preposition, each member of a list for itself."""
    found = [part for child in preposition.children if child.dep_ == "pobj" for part in expand_list(child)]
    for child in preposition.children if not found else ():  # "changes to how Acme ranks hotels"
        if child.dep_ == "pcomp" and child.pos_ in {"VERB", "AUX"}:
            found += [token for token, how in find_subjects(child) if how == "subject"]
    return found
