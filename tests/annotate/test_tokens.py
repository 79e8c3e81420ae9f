from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.annotate.tokens import tokenize
from tests.extract.reading import annotate_text, load_annotator


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("The CNIL fined it €50 million in 2019.", "€50 million"),
        ("A fine of US$5 billion was paid.", "US$5 billion"),
        ("The court took 3 billion rubles from it.", "3 billion rubles"),
        ("EU fines Meta €200m", "€200m"),
    ],
)
def test_tokens_join_an_amount_of_money(nlp: Language, text: str, amount: str) -> None:
    """An amount is one token, whose text is the text's."""
    assert amount in [token.text for token in tokenize(nlp, text)]


def test_tokens_of_an_amount_do_not_draw_the_name_before_it_in(nlp: Language) -> None:
    """The company stands as the object beside its fine, not as a part of the number."""
    doc = nlp(tokenize(nlp, "Ireland fined Meta €200m over a breach."))
    meta = next(token for token in doc if token.text == "Meta")
    assert (meta.head.text, meta.dep_ in {"dobj", "dative"}) == ("fined", True)


@pytest.mark.parametrize("amount", ["€200m", "$5B", "£3m", "€1.2m"])
def test_tokens_part_an_amount_from_the_stop_behind_it(nlp: Language, amount: str) -> None:
    """An amount with a one-letter multiplier that ends its sentence does not swallow the stop."""
    doc = nlp(tokenize(nlp, f"Ireland fined Meta {amount}. The firm appealed."))
    assert [token.text for token in doc[2:6]] == ["Meta", amount, ".", "The"]
    assert [sentence.text for sentence in doc.sents] == [f"Ireland fined Meta {amount}.", "The firm appealed."]


def test_tokens_break_sentences_at_headings(nlp: Language) -> None:
    """A heading ends before the paragraph below it, though no full stop does."""
    doc = nlp(tokenize(nlp, "Court blocks app\n\nThe judges met on Monday.\nOfcom spoke."))
    starts = [sentence.text.strip().split()[0] for sentence in doc.sents if sentence.text.strip()]
    assert starts == ["Court", "The", "Ofcom"]


def test_tokens_do_not_break_wrapped_lines(nlp: Language) -> None:
    """A line that goes on in lower case is the same sentence."""
    doc = nlp(tokenize(nlp, "The judges of the court met on Monday\nand blocked the app."))
    assert len(list(doc.sents)) == 1


PIECES = ["million ", "EUR ", "US$", "X", "’s ", "Meta ", "fined ", "\u200b", "é", "🙂", *"aZ05 €$m.,\n\t'“”-(){}"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_tokens_keep_the_text(text: str) -> None:
    """Whatever the text, the tokens make it up again, and their offsets are the text's."""
    doc = tokenize(load_annotator()._nlp, text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token.text)] == token.text for token in doc)


def test_tokens_part_a_sentence_without_end() -> None:
    """What goes on for thousands of words is read in parts, so that work on it grows with its length only."""
    doc, _ = annotate_text("Germany fined Telegram 5 million euros, which " * 200)
    assert max(len(sentence) for sentence in doc.sents) <= 250
