from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import EvidenceError
from kg.model import Evidence, Span
from kg.model.mention import Mention
from tests.factories import find_span

TEXT = "Telegram has its seat in Dubai. Germany fined the company in 2022."


def make_evidence() -> Evidence:
    """Make evidence whose target is named in the sentence before the quote."""
    quote = find_span(TEXT, "Germany fined the company in 2022.")
    return Evidence(
        document_id="d1",
        start=quote.start,
        end=quote.end,
        quote=quote.text,
        trigger=find_span(TEXT, "fined"),
        actor_chain=(find_span(TEXT, "Germany"),),
        target_chain=(find_span(TEXT, "the company"), find_span(TEXT, "Telegram")),
    )


def shift(span: Span) -> Span:
    """Move a span by one character."""
    return Span(span.start + 1, span.end + 1, span.text)


def test_evidence_holds_with_a_name_outside_of_the_quote() -> None:
    """The quote holds the trigger and the first mentions; the chain may lead out of it to the name."""
    make_evidence().check(TEXT)


@pytest.mark.parametrize("field", ["trigger", "actor_chain", "target_chain"])
def test_evidence_refuses_a_span_that_says_something_else(field: str) -> None:
    """A trigger or a mention whose words do not stand at its offsets is refused by its words."""
    evidence = make_evidence()
    value = getattr(evidence, field)
    wrong = shift(value) if isinstance(value, Span) else tuple(shift(span) for span in value)
    with pytest.raises(EvidenceError, match="d1: .* does not stand at"):
        replace(evidence, **{field: wrong}).check(TEXT)


def test_evidence_refuses_a_quote_that_was_changed() -> None:
    """A quote that is not the text's, word for word, is refused, and so is a text that was cut after the reading."""
    evidence = make_evidence()
    with pytest.raises(EvidenceError, match="does not stand at"):
        replace(evidence, quote=evidence.quote.replace("2022", "2023")).check(TEXT)
    with pytest.raises(EvidenceError, match="does not stand at"):
        evidence.check(TEXT[:-5])
    with pytest.raises(EvidenceError, match="does not stand at"):
        evidence.check("")


@pytest.mark.parametrize("words", ["Dubai", "Telegram"])
def test_evidence_refuses_a_trigger_or_party_outside_of_the_quote(words: str) -> None:
    """The trigger and each chain's first mention stand in the quote."""
    evidence, outside = make_evidence(), find_span(TEXT, words)
    for change in ({"trigger": outside}, {"actor_chain": (outside,)}, {"target_chain": (outside,)}):
        with pytest.raises(EvidenceError, match="lies outside of the quote"):
            replace(evidence, **change).check(TEXT)


def test_evidence_chain_leads_from_a_mention_to_the_name() -> None:
    """A chain starts with the mention and follows its antecedents; a circle of them ends."""
    name = Mention(find_span(TEXT, "Telegram"), 0, 1, 0, "name", "Platform", None)
    seat = Mention(find_span(TEXT, "its"), 2, 3, 2, "pronoun", "Platform", None, name)
    company = Mention(find_span(TEXT, "company"), 9, 10, 9, "description", "Company", None, seat)
    assert [span.text for span in company.chain] == ["company", "its", "Telegram"]
    long = name
    for _ in range(50):
        long = replace(seat, antecedent=long)
    assert len(long.chain) <= 10
