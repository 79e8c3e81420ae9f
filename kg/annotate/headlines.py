"""Read again the sentences whose verb the tagger took for a noun.

News writes "Russia fines Google" and "Regulators probe Meta"; a parser trained on running text often reads such a verb
as a noun, and the sentence falls apart. A sentence like that is parsed once more with an unambiguous verb standing in
(*punishes* for *fines*), and keeps that parse if the stand-in came out as a verb.
"""

from __future__ import annotations

from pathlib import Path

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.kb import read_table
from kg.resources import find_data

_ATTRIBUTES = [HEAD, DEP, TAG, POS, LEMMA, SENT_START, ENT_IOB, ENT_TYPE]
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "RB", "CD"})
_BEFORE = frozenset({")", "”", '"', "’", ",", "also", "formally", "temporarily", "reportedly"})
_BEHIND = frozenset(
    {
        "and",
        "‘",
        "“",
        "'",
        '"',
        "in",
        "for",
        "that",
        "to",
        "down",
        "on",
        "into",
        "with",
        "both",
        "against",
        "over",
        "from",
    }
)
_MAX_TOKENS = 80


class HeadlineReader:
    """Mend the parse of sentences whose verb looks like a noun."""

    def __init__(self, nlp: Language, file: Path | None = None) -> None:
        self._nlp = nlp
        file = file or find_data() / "kb" / "lexicon" / "headline_verbs.csv"
        self._stand_ins = {row["form"]: row["stand_in"] for row in read_table(file, ("form", "stand_in"))}

    def mend(self, doc: Doc) -> Doc:
        """Return the text with better parses where one was found, else the same object."""
        changed: dict[int, tuple[Span, Doc, Token]] = {}
        for token in doc:
            if token.tag_ in _NOUN_TAGS and token.lower_ in self._stand_ins and self._may_be_verb(token):
                sentence = token.sent
                if sentence.start in changed or len(sentence) > _MAX_TOKENS:
                    continue
                again = self._parse_again(sentence, token)
                if again is not None:
                    changed[sentence.start] = (sentence, again, token)
        if not changed:
            return doc
        array = doc.to_array(_ATTRIBUTES)
        strings = doc.vocab.strings
        for start, (sentence, again, token) in changed.items():
            array[start : sentence.end] = again.to_array(_ATTRIBUTES)
            array[token.i, _ATTRIBUTES.index(LEMMA)] = strings.add(_lemmatize(token.lower_))
            array[start, _ATTRIBUTES.index(SENT_START)] = 1
        mended = Doc(doc.vocab, words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc])
        return mended.from_array(_ATTRIBUTES, array)  # type: ignore[arg-type]  # the stub wants integers, to_array gives them

    def _may_be_verb(self, token: Token) -> bool:
        """A noun or a name stands before it, and a noun phrase or a clause begins behind it."""
        if token.i == token.sent.start or token.i + 1 >= token.sent.end:
            return False
        before, after = token.nbor(-1), token.nbor(1)
        named = before.pos_ in {"PROPN", "NOUN", "PRON"} or before.text[:1].isupper()
        if not named and before.text not in _BEFORE:
            return False
        if not token.lower_.endswith("s") and before.tag_ not in {"NNS", "NNPS"} and before.lower_ not in {"police"}:
            return False
        if after.pos_ in {"PUNCT", "ADP", "AUX", "CCONJ", "PART", "SCONJ"}:
            return after.text in _BEHIND and token.head.pos_ != "VERB"
        return after.pos_ in {"PROPN", "DET", "NOUN", "PRON", "NUM", "ADJ", "SYM", "VERB", "ADV"} or after.is_currency

    def _parse_again(self, sentence: Span, token: Token) -> Doc | None:
        words = [t.text for t in sentence]
        words[token.i - sentence.start] = self._stand_ins[token.lower_]
        again = Doc(self._nlp.vocab, words=words, spaces=[bool(t.whitespace_) for t in sentence])
        for _, pipe in self._nlp.pipeline:
            again = pipe(again)
        twin = again[token.i - sentence.start]
        if twin.pos_ != "VERB" or sum(1 for t in again if t.sent.start == t.i) > 1:
            return None
        if not any(child.dep_ in {"nsubj", "nsubjpass"} for child in twin.children):
            return None
        return again


def _lemmatize(form: str) -> str:
    if form.endswith("ies"):
        return form[:-3] + "y"
    return form.removesuffix("s") if not form.endswith(("ches", "shes", "sses")) else form.removesuffix("es")
