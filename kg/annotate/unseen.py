"""Find names that neither the gazetteer nor the entity recogniser knows: by their form, their company, their return."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from spacy.tokens import Doc, Token

from kg.annotate.entities import NameCandidate
from kg.annotate.name_types import load_name_types
from kg.kb.lexicon import load_lexicon, load_words
from kg.syntax.phrases import is_capital_line

_PROPER = frozenset({"NNP", "NNPS"})
_NO_NAMES = frozenset("DATE TIME MONEY PERCENT CARDINAL ORDINAL QUANTITY LAW LANGUAGE EVENT WORK_OF_ART FAC".split())
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "appos", "poss", "dative"})
_CALLED = ("company", "platform")  # classes of nouns before which "the shop Acme" has its name
_SHORTEST = 3  # letters
_FORM = re.compile(r"[A-Z](?:[\w'’-]|[.&+](?=[A-Za-z]))+")  # "Acme", "CP&A", "Mall.tv"


def find_unseen(doc: Doc, covered: Collection[int]) -> Iterator[NameCandidate]:
    """Find the names of firms and people that nothing else found.

    A run of capitalised words is one where it is short for a name that the text gave in full ("Starling" for "Starling
    Bank"), stands behind a noun that it names ("the shop Acme"), is a word that the language does not have, or comes
    back: what only opens a sentence or stands in a heading in capitals proves nothing.

    Parameters
    ----------
    doc
        The parsed text.
    covered
        The tokens that are in a name already.
    """
    runs = [run for run in _find_runs(doc, covered) if not is_capital_line(doc[run[0]], covered)]
    spelt = Counter(doc[first:last].text for first, last in runs)
    amid = {doc[first:last].text for first, last in runs if first != doc[first].sent.start}
    lower = {token.text for token in doc if token.text.islower()}
    for first, last in runs:
        head, text = doc[last - 1], doc[first:last].text
        if head.dep_ not in _ARGUMENTS or head.lower_ in lower:
            continue
        if is_called(doc[first]) or _is_unknown(head) or (spelt[text] > 1 and text in amid):
            yield NameCandidate(first, last, "name", None, "ORG")


def find_short_forms(doc: Doc, names: Collection[NameCandidate], covered: Collection[int]) -> Iterator[NameCandidate]:
    """Find the surnames of people and the first words of firms that the text gave in full."""
    short: dict[str, tuple[str, int]] = {}
    for name in names:
        if name.last - name.first > 1 and name.hit is None and name.label in {"PERSON", "ORG"}:
            word = doc[name.last - 1 if name.label == "PERSON" else name.first].text
            short.setdefault(word, (name.label, name.first))
    common = load_words("title") | load_words("body") | frozenset(load_name_types())
    for token in doc if short else ():
        known = short.get(token.text)
        if known is None or token.i in covered or token.i < known[1] or token.lower_ in common:
            continue
        named = (token.tag_ in _PROPER and token.dep_ in _ARGUMENTS) or _is_unknown(token)
        if named and len(token) >= _SHORTEST and token.text[0].isupper():
            yield NameCandidate(token.i, token.i + 1, "name", None, known[0])


def _find_runs(doc: Doc, covered: Collection[int]) -> Iterator[tuple[int, int]]:
    """The longest runs of proper nouns outside of other names and not joined to one."""
    index = 0
    while index < len(doc):
        first = index
        while index < len(doc) and index not in covered and _is_capitalised(doc[index]):
            index += 1
        if index == first:
            index += 1
            continue
        beside = (first and first - 1 in covered and doc[first - 1].whitespace_) or index in covered
        if not beside and not _is_joined(doc, first, index):
            yield first, index


def _is_joined(doc: Doc, first: int, last: int) -> bool:
    """Tell whether a run is a part of something longer: with a hyphen, "of", or as another noun's modifier."""
    after = doc[last] if last < len(doc) else None
    if doc[last - 1].dep_ in {"compound", "amod", "nmod"}:
        return True
    return after is not None and (after.text in {"-", "/"} or after.lower_ == "of")


def _is_capitalised(token: Token) -> bool:
    if token.tag_ not in _PROPER or len(token) < _SHORTEST or not _FORM.fullmatch(token.text):
        return False
    if token.ent_type_ in _NO_NAMES or token.ent_type_ in {"GPE", "LOC", "NORP"}:
        return False
    return token.lower_ not in load_words("title") and token.lower_ not in load_name_types() and not _is_noun(token)


def _is_noun(token: Token) -> bool:
    """Tell a noun of the lexicon that only has a capital ("Commission", "Judge")."""
    lexicon, lemma = load_lexicon(), token.lower_.removesuffix("s")
    return any(lemma in nouns or token.lower_ in nouns for nouns in lexicon.noun_classes.values()) or any(
        lemma in words for words in (lexicon.nouns, load_words("law"), load_words("paper"), load_words("topic"))
    )


def is_called(token: Token) -> bool:
    """Tell whether the noun right before a name says what it is ("the e-shop Pigu")."""
    if token.i == token.sent.start:
        return False
    before = token.nbor(-1)
    classes = load_lexicon().noun_classes
    return before.pos_ == "NOUN" and before.text.islower() and any(before.lemma_ in classes[name] for name in _CALLED)


def _is_unknown(token: Token) -> bool:
    """Tell a word that the language model never saw; without vectors nothing tells."""
    return bool(token.vocab.vectors_length) and not token.vocab[token.lower_].has_vector
