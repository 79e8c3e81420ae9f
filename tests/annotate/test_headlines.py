from __future__ import annotations

import pytest
from spacy.language import Language

from kg.annotate.headlines import HeadlineReader
from kg.annotate.tokens import tokenize


def read(nlp: Language, text: str) -> list[tuple[str, str, str, str]]:
    """Parse a text, mend it, and give word, part of speech, relation and lemma."""
    doc = HeadlineReader(nlp).mend(nlp(tokenize(nlp, text)))
    assert doc.text == text
    return [(token.text, token.pos_, token.dep_, token.lemma_) for token in doc]


@pytest.mark.parametrize(
    ("text", "verb", "lemma"),
    [
        ("Turkey bans Roblox over the safety of children", "bans", "ban"),
        ("Regulators probe Meta over adverts", "probe", "probe"),
        ("EU fines Meta €200 million", "fines", "fine"),
        ("Italy bans the app", "bans", "ban"),
    ],
)
def test_headlines_verb_that_looks_like_a_noun_is_a_verb(nlp: Language, text: str, verb: str, lemma: str) -> None:
    """The verb of a headline governs its subject, under its own lemma; the text stays as it was."""
    words = {word: (pos, dep, base) for word, pos, dep, base in read(nlp, text)}
    assert words[verb] == ("VERB", "ROOT", lemma)
    assert words[text.split()[0]][1] == "nsubj"


@pytest.mark.parametrize(
    "text",
    [
        "The fines were paid in March.",
        "Meta paid three fines in March.",
        "The court upheld the bans on both apps.",
        "It faces fines of up to 6 percent of its turnover.",
    ],
)
def test_headlines_nouns_stay_nouns(nlp: Language, text: str) -> None:
    """Running text in which such a word is a noun is left alone, as the same object."""
    doc = nlp(tokenize(nlp, text))
    assert HeadlineReader(nlp).mend(doc) is doc
    assert {token.pos_ for token in doc if token.text in {"fines", "bans"}} == {"NOUN"}


def test_headlines_mend_only_their_own_sentence(nlp: Language) -> None:
    """The sentences around a mended one keep their parse, and sentence borders stay."""
    before, after = "The company paid the fine.", "The regulator was glad."
    text = f"{before}\n\nRussia fines Google over banned content\n\n{after}"
    doc = nlp(tokenize(nlp, text))
    mended = HeadlineReader(nlp).mend(doc)
    words = [token.text for token in mended]
    assert words == [token.text for token in doc]
    for sentence in (before, after):
        start = text.index(sentence)
        one = [(t.dep_, t.head.i) for t in doc if start <= t.idx < start + len(sentence)]
        assert one == [(t.dep_, t.head.i) for t in mended if start <= t.idx < start + len(sentence)]
    assert mended[words.index("fines")].pos_ == "VERB"
    assert len(list(mended.sents)) >= len(list(doc.sents))
