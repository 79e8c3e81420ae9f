"""What ends a paragraph ends with its last word."""

from __future__ import annotations

from tests.extract.reading import read_documents
from tests.factories import make_document


def test_phrase_does_not_reach_over_the_end_of_its_paragraph() -> None:
    """A phrase at the end of a paragraph without a full stop lies within the quote."""
    text = (
        "Ethiopia's government arrests four journalists who had criticized the crackdown against protesters\n\n"
        "The European Commission fined Apple 500 million euros in April 2025."
    )
    (reading,) = read_documents([make_document(text, id="two-paragraphs")])
    assert {claim.action for claim in reading.claims} >= {"arrest", "fine"}
    for claim in reading.claims:
        claim.evidence.check(text)
