"""Tokenise so that the parser is not led astray: an amount of money is one word."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from kg.normalize.money import find_money

# To the parser a merged amount looks like this number, which it was trained on in every position an amount takes.
# ("fined Meta €200m (£171m)" otherwise comes out with "Meta" as a part of the number.)
_LOOKALIKE = "5,000"


def tokenize(nlp: Language, text: str) -> Doc:
    """Tokenise a text; the offsets of its tokens are those of the text."""
    doc = nlp.make_doc(text)
    spans = []
    for mention in find_money(text):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is not None and len(span) > 1 and (not spans or span.start >= spans[-1].end):
            spans.append(span)
    if not spans:
        return doc
    starts = {span.start_char for span in spans}
    with doc.retokenize() as retokenizer:
        for span in spans:
            retokenizer.merge(span)
    model = nlp.vocab[_LOOKALIKE]
    for token in doc:
        if token.idx in starts:
            lexeme = token.lex
            lexeme.norm, lexeme.prefix, lexeme.suffix, lexeme.shape = model.norm, model.prefix, model.suffix, model.shape
    return doc
