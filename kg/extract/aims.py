"""At whom a law is aimed: what the clause that hangs on the law's noun requires, bans or targets."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import find_objects, find_prepositional, find_subjects
from kg.extract.complements import find_clauses
from kg.extract.slots import Found
from kg.kb.lexicon import load_words

_CLAUSES = frozenset({"relcl", "acl"})


def find_aims(law: Token) -> Found:
    """Find whom a law binds or hits ("a law requiring firms to …", "a bill that bans TikTok", "rules for platforms").

    Parameters
    ----------
    law
        A noun for a law, a bill or a rule.

    Returns
    -------
    list of (token, how)
        Empty where the noun is none of a law, or the sentence does not say.
    """
    if law.lemma_.lower() not in load_words("law"):
        return []
    for clause in law.children:
        if clause.dep_ in _CLAUSES and clause.pos_ == "VERB" and clause.i > law.i and clause.tag_ != "VBN":
            found = [aim for verb in (clause, *clause.conjuncts) for aim in _find_in_clause(verb, law)]
            if found:
                return [(token, "aim") for token in found]
    below = find_prepositional(law, {"for", "on", "against"})
    return [(token, "aim") for token, _ in below if token.pos_ in {"NOUN", "PROPN"}]


def _find_in_clause(verb: Token, law: Token) -> list[Token]:
    if verb.pos_ != "VERB":
        return []
    kept_from = [token for token, _ in find_prepositional(verb, {"from"}) if token.pos_ in {"NOUN", "PROPN"}]
    if kept_from:  # "a law banning children from social media"
        return kept_from
    objects = [token for token in find_objects(verb) if token != law]
    if objects:
        return objects
    bound = [token for below in find_clauses(verb) for token, how in find_subjects(below) if how == "subject"]
    return [token for token in bound if token != law] or [
        token for token, _ in find_prepositional(verb, {"on", "to", "against", "at"}) if token.pos_ in {"NOUN", "PROPN"}
    ]
