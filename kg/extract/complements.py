"""What a verb must govern for its frame to hold, and the clauses that it governs."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import child_of
from kg.extract.measures import is_money
from kg.kb.lexicon import Lexicon, load_lexicon, load_words

_TELLING = frozenset({"xcomp", "acomp", "attr", "advmod", "dobj", "conj", "prep"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "npadvmod", "oprd"})  # a time given is an adverbial to some parsers
_REFLEXIVES = frozenset({"itself", "themselves", "himself", "herself"})
_QUOTES = frozenset({'"', "“", "‘"})
_DEED_SLOTS = frozenset({"dobj", "nsubj", "nsubjpass", "poss"})
_EVALUATION_REACH = 16
_ADJECTIVE_REACH = 8


def has_complement(verb: Token, complement: str, lexicon: Lexicon) -> bool:
    """Tell whether a verb governs what its frame asks for.

    Parameters
    ----------
    verb
        The verb.
    complement
        What the frame asks for, as ``kg.kb.lexicon.VerbFrame`` describes it; nothing if empty.
    lexicon
        Tells which words praise and which blame.
    """
    if not complement:
        return True
    kind, _, word = complement.partition(":")
    if kind == "evaluated":
        near = [token for token in verb.subtree if verb.i < token.i < verb.i + _EVALUATION_REACH]
        polarities = {lexicon.evaluations.get(token.lower_) for token in near if token.pos_ in {"ADJ", "NOUN"}} - {None}
        if not polarities and word == "negative":  # what one only quotes of a decision is hardly praise
            return any(token.text in _QUOTES for token in near) and _names_deed(verb)
        return word in polarities
    if kind == "prt":
        return any(child.dep_ in {"prt", "advmod", "prep"} and child.lower_ == word for child in verb.children)
    if kind == "prep":
        return _has_preposition(verb, word)
    if kind == "dobj":
        words = load_words(word[1:]) if word.startswith("@") else {word}
        return any(child.dep_ in _OBJECTS and child.lemma_.lower() in words for child in verb.children)
    if kind == "withmoney":  # "was hit with $5m"
        return any(
            c.dep_ == "pobj" and (c.ent_type_ == "MONEY" or c.pos_ in {"NUM", "SYM"})
            for child in verb.children
            if child.dep_ == "prep" and child.lower_ == "with"
            for c in child.children
        )
    if kind == "xcomp":
        ends_up = any(child.dep_ == "prt" for child in verb.children)
        return not ends_up and any(child.dep_ == "xcomp" and child.tag_ == "VBG" for child in verb.children)
    if kind == "acomp":
        return any(child.lemma_.lower() == word for child in verb.subtree if child.i - verb.i < _ADJECTIVE_REACH)
    if kind == "inf":
        return any(
            child.dep_ in {"xcomp", "ccomp", "advcl"}
            and (any(c.tag_ == "TO" for c in child.children) or (verb.lemma_ == "let" and child.tag_ == "VB"))
            and (
                not word
                or child.lemma_.lower() == word
                or (word[0] == "@" and child.lemma_.lower() in load_words(word[1:]))
            )
            for child in verb.children
        )
    if kind == "nomeasure":
        return not any(
            child.dep_ == "xcomp" or (child.dep_ == "prep" and child.lower_ == "with") for child in verb.children
        )
    if kind == "negated":
        return any(child.dep_ == "neg" for child in verb.children) or (
            verb.dep_ == "xcomp" and verb.head.lemma_.lower() in load_words("ceasing")  # "will stop allowing"
        )
    if kind == "innocent":  # "pleaded not guilty"
        return any(
            t.lower_ == "guilty" and any(c.dep_ == "neg" for c in (*t.children, *verb.children)) for t in verb.subtree
        )
    if kind == "dutymoney":
        return owes_money(verb)
    if kind == "reflexive":
        return any(child.dep_ == "dobj" and child.lower_ in _REFLEXIVES for child in verb.children)
    if kind == "noclause":
        return not any(child.dep_ == "ccomp" for child in verb.children)
    return any(child.dep_ == "ccomp" for child in verb.children)


def owes_money(verb: Token) -> bool:
    """Tell whether a verb says what somebody owes by a decision ("must pay 5m euros", "has to pay 5m euros")."""
    if any(child.dep_ in {"prt", "advmod"} and child.lower_ == "back" for child in verb.children):
        return False  # "must pay back 13 billion euros of taxes"
    owing = verb.dep_ == "xcomp" and verb.head.lemma_ == "have"
    sums = (child for child in verb.children if child.dep_ == "dobj")
    return _is_duty(verb.head if owing else verb) and any(c.ent_type_ == "MONEY" or is_money(c) for c in sums)


def _names_deed(verb: Token) -> bool:
    return any(c.lemma_.lower() in load_words("deed") for c in verb.subtree if c.dep_ in _DEED_SLOTS and c.head == verb)


def _has_preposition(verb: Token, word: str) -> bool:
    """Tell whether a preposition, perhaps with a certain noun, hangs on a verb or on a clause below it."""
    preposition, _, noun = word.partition(" ")
    below = (c for child in verb.children if child.dep_ in {"advcl", "ccomp"} for c in child.children)
    return any(
        child.dep_ in {"prep", "agent", "dative", "mark", "prt"}
        and child.lower_ == preposition
        and (not noun or any(c.lemma_.lower() == noun for c in child.children))
        for child in (*verb.children, *below)
    )


def find_clauses(verb: Token) -> list[Token]:
    """The heads of the clauses that a verb governs."""
    found = []
    for child in verb.children:
        if child.dep_ in {"ccomp", "xcomp"} or (
            child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in {"for", "that"} for c in child.children)
        ):
            found.append(child)
        elif child.dep_ == "prep":
            found += [c for c in child.children if c.dep_ == "pcomp"]
    return found


def describe_clauses(verb: Token, wrongdoing: frozenset[str]) -> tuple[str, ...]:
    """Tell whether the clauses that a verb governs speak of wrongdoing, and whether they deny it."""
    return tuple(hint for clause in find_clauses(verb) for hint in describe_clause(clause, wrongdoing))


def describe_clause(clause: Token, wrongdoing: frozenset[str]) -> tuple[str, ...]:
    """Tell whether a clause, by its head, speaks of wrongdoing or of a duty, and whether it denies it."""
    hints = []
    words = (clause, *(child for child in clause.children if child.dep_ in _TELLING))
    # "Officials said that X blocked 600 accounts": what it was asked for.
    words = tuple(word for word in words if word.lemma_ != "block" or not _blocks_content(word))
    doing = [child for word in words if word.dep_ == "attr" for child in word.children if child.dep_ == "relcl"]
    if any(word.lemma_.lower() in wrongdoing for word in (*words, *doing, *_find_nested(words))):
        hints.append("clause:wrongdoing")
    elif any(_is_reproach(word) for word in (*words, *_find_nested(words))) and not _has_empty_subject(clause):
        hints.append("clause:reproach")
    if _is_duty(clause):
        hints.append("clause:duty")
        if _is_binding(clause):
            hints.append("clause:binding")
    said = [child for child in clause.children if child.dep_ in {"attr", "dobj"}]
    # "Did not infringe" clears; "had not verified its users' age" is the breach itself.
    clears = clause.lemma_.lower() in wrongdoing or clause.lemma_.lower() in load_words("clearing")
    if (clears and any(child.dep_ == "neg" for child in clause.children)) or any(
        child.dep_ == "det" and child.lower_ in {"no", "neither"} for word in said for child in word.lefts
    ):
        hints.append("clause:negated")  # "is not a gatekeeper", "is no monopolist", "broke no law"
    elif any(child.dep_ == "neg" for child in clause.children):
        hints.append("clause:omitted")  # "had not verified its users' age"
    return tuple(hints)


def _is_reproach(word: Token) -> bool:
    """Tell whether a word of a clause, or what qualifies it, blames ("is excessive", "uses unfair terms")."""
    evaluations = load_lexicon().evaluations
    qualifying = [child for child in word.children if child.dep_ in {"amod", "advmod", "acomp"}]
    if any(child.lower_ == "too" for token in (word, *qualifying) for child in token.lefts):
        return True  # "has too much power"
    return any(evaluations.get(token.lower_) == "negative" for token in (word, *qualifying))


def _has_empty_subject(clause: Token) -> bool:
    """Tell whether the subject names nothing ("it would be impossible to replace Acme")."""
    return any(child.dep_ in {"nsubj", "expl"} and child.lower_ in {"it", "there", "this"} for child in clause.children)


def _is_binding(clause: Token) -> bool:
    """Tell what must be done from what only should be or may have to be."""
    modals = {child.lower_ for child in clause.children if child.dep_ == "aux" and child.tag_ == "MD"}
    return modals.isdisjoint({"should", "could", "would", "might"} | ({"may"} if clause.lemma_ == "have" else set()))


def _blocks_content(clause: Token) -> bool:
    classes = load_lexicon().noun_classes["content"]
    return any(child.dep_ in {"dobj", "nsubjpass"} and child.lemma_.lower() in classes for child in clause.children)


def _is_duty(clause: Token) -> bool:
    """Tell whether a clause says what somebody must or must not do ("cannot stop developers from …")."""
    negated = any(child.dep_ == "neg" for child in clause.children)
    for child in clause.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            word = child.lower_
            if word in {"must", "shall"} or (negated and word in {"can", "ca", "may", "should"}):
                return True
    if clause.lemma_ == "have" and child_of(clause, "xcomp") is not None:
        return not negated
    return False


def _find_nested(words: tuple[Token, ...]) -> list[Token]:
    """What hangs by a preposition on a clause's own words ("has a history of infringing patents")."""
    holders = [word for word in words if word.dep_ in {"dobj", "attr", "acomp"}]
    prepositions = [child for word in holders for child in word.children if child.dep_ == "prep"]
    prepositions += [word for word in words if word.dep_ == "prep"]
    return [child for preposition in prepositions for child in preposition.children if child.dep_ in {"pcomp", "pobj"}]
