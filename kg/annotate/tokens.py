"""Tokenise so that the parser is not led astray.

An amount of money is one word, a headline is a sentence of its own.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.normalize.datelines import find_datelines
from kg.normalize.money import find_money

# To the parser a merged amount looks like this number, which it was trained on in every position an amount takes.
# ("fined Meta €200m (£171m)" otherwise comes out with "Meta" as a part of the number.)
_LOOKALIKE = "5,000"
_STOPS = frozenset({".", "!", "?"})
_HYPHENATED = ("operat", "ordinat")
_LONGEST = 250  # tokens
_JOINING = frozenset("./")
# A line shorter than this that is followed by a capital is a heading, not wrapped text.
_HEADING_CHARACTERS = 100


def tokenize(nlp: Language, text: str) -> Doc:
    """Tokenise a text; the offsets of its tokens are those of the text."""
    doc = nlp.make_doc(text)
    amounts = list(find_money(text))
    _split_stops(doc, {mention.end for mention in amounts} | _find_letter_ends(doc))
    _join_words(doc)
    spans: list[Span] = []
    for mention in amounts:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    if spans:
        starts = {span.start_char for span in spans}
        with doc.retokenize() as retokenizer:
            for span in spans:
                if len(span) > 1:
                    retokenizer.merge(span)
        model = nlp.vocab[_LOOKALIKE]
        for token in doc:
            if token.idx in starts:
                lexeme = token.lex
                lexeme.norm, lexeme.prefix, lexeme.suffix, lexeme.shape = (
                    model.norm,
                    model.prefix,
                    model.suffix,
                    model.shape,
                )
    _break_lines(doc)
    _break_datelines(doc, text)
    _break_endless(doc)
    return doc


def _join_words(doc: Doc) -> None:
    """Make one word of what is one: a verb with a hyphen ("co-operating"), a "cease and desist" order."""
    joined: list[tuple[Span, str]] = []
    for token in doc[:-2]:
        words = doc[token.i : token.i + 3]
        if token.lower_ == "co" and words[1].text == "-" and words[2].lower_.startswith(_HYPHENATED):
            joined.append((words, words.text.replace("-", "")))
        elif token.lower_ == "cease" and words[1].lower_ == "and" and words[2].lower_ == "desist":
            joined.append((words, "binding"))
    with doc.retokenize() as retokenizer:
        for words, _ in joined:
            retokenizer.merge(words)
    for words, plain in joined:  # to the parser it looks like a word that it knows
        lexeme, model = doc.vocab[words.text], doc.vocab[plain]
        lexeme.norm, lexeme.prefix, lexeme.suffix, lexeme.shape = model.norm, model.prefix, model.suffix, model.shape


def _find_letter_ends(doc: Doc) -> set[int]:
    """Where a platform of one letter ends before the sentence's full stop ("blocked X."); an initial's is its own."""
    ends = set()
    for token in doc:
        if token.text == "X." and token.i and token.nbor(-1).is_lower:
            after = doc[token.i + 1] if token.i + 1 < len(doc) else None
            if after is None or after.is_space or after.text[:1].isupper():
                ends.add(token.idx + 1)
    return ends


def _split_stops(doc: Doc, ends: set[int]) -> None:
    """Part an amount from what is written on to it: "€200m." is one word to the tokeniser, as is "€390m/$414m"."""
    parted = []
    for token in doc:
        end = next((end for end in range(token.idx + 1, token.idx + len(token)) if end in ends), None) if ends else None
        if end is not None and token.text[end - token.idx] in _JOINING:
            size = end - token.idx
            parted.append(
                (token, [part for part in (token.text[:size], token.text[size], token.text[size + 1 :]) if part])
            )
    if parted:
        with doc.retokenize() as retokenizer:
            for token, parts in parted:
                retokenizer.split(token, parts, heads=[(token, 0)] * len(parts))


def _break_datelines(doc: Doc, text: str) -> None:
    """Let a sentence begin behind a dateline, whose place the parser takes for its subject otherwise."""
    ends = {end for _, end in find_datelines(text)}
    for token in doc if ends else ():
        if token.idx in ends:
            token.is_sent_start = True


def _break_endless(doc: Doc) -> None:
    """Part what has no end: no sentence of news is so long, and work on one grows faster than its length."""
    length = 0
    for token in doc:
        if token.is_sent_start or (token.i and token.nbor(-1).text in _STOPS):
            length = 0
        length += 1
        if length > _LONGEST:
            token.is_sent_start = True
            length = 1


def _break_lines(doc: Doc) -> None:
    """Let a sentence begin where a paragraph or a heading ends; the parser may break elsewhere, but not join these."""
    line_start = 0
    for token in doc[:-1] if len(doc) else ():
        if "\n" not in token.text:
            continue
        following = doc[token.i + 1]
        line = doc[line_start : token.i]
        line_start = token.i + 1
        if following.text[:1].islower():
            continue
        length = line.end_char - line.start_char if len(line) else 0
        closed = len(line) > 0 and line[-1].text in {".", "!", "?", "”", '"', ":", "…", ")"}
        if token.text.count("\n") > 1 or closed or length < _HEADING_CHARACTERS:
            following.is_sent_start = True
