"""The whole reader: what it says of a text holds against that text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Claim, Document, PartialDate, Reading
from kg.model.vocabulary import ACTIONS, AGENT_TYPES, CHARGES, RELATIONS, STATUSES
from kg.resources import find_data
from tests.extract.reading import describe_text, load_kb, read_documents, read_gold_texts, read_text
from tests.factories import make_document

STORY = """Regulator fines Telegram

Germany fined Telegram €5.1 million on 17 October 2022. The country's justice office said the messenger had no way to
complain about illegal content, as the NetzDG demands. The company appealed.

“We will not ban it,” said Italy’s Giorgia Meloni — but Spain threatened to block the app 🙂. Pavel Durov denied that
Russia had banned Telegram. He is its founder."""


def check_reading(document: Document, reading: Reading) -> None:
    """Hold all that a reading says against the document's text and the closed lists."""
    text, kb = document.text, load_kb()
    assert reading.document_id == document.id
    for claim in reading.claims:
        evidence = claim.evidence
        evidence.check(text)
        assert evidence.document_id == document.id
        assert text[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote.strip() == evidence.quote != ""
        for span in (evidence.trigger, evidence.actor_chain[0], evidence.target_chain[0]):
            assert evidence.start <= span.start < span.end <= evidence.end
        assert claim.action in ACTIONS
        assert claim.status in STATUSES
        assert set(claim.charges) <= CHARGES
        assert set(claim.laws) <= set(kb.laws)
        assert claim.actor != claim.target
        assert {claim.actor.type, claim.target.type} <= AGENT_TYPES
        assert claim.actor.name.strip() and claim.target.name.strip()
        assert 0 < claim.confidence <= 1
    for fact in reading.facts:
        assert text[fact.start : fact.end] == fact.quote != ""
        assert fact.document_id == document.id
        assert fact.relation in RELATIONS
        assert fact.subject.type in AGENT_TYPES
        assert fact.object is not None or fact.value
        assert 0 < fact.confidence <= 1
    ids = [one.id for one in (*reading.claims, *reading.facts)]
    assert len(ids) == len(set(ids))


def test_reader_proves_each_claim_of_a_story() -> None:
    """In a text with a headline, wrapped lines, curly quotes and an emoji every quote stands at its offsets."""
    document, reading = read_text(STORY, "2022-10-18")
    check_reading(document, reading)
    told = describe_text(STORY)
    assert ("Germany", "fine", "Telegram", "actual") in told
    assert ("Russia", "ban", "Telegram", "negated") in told
    assert not {one for one in told if one[:3] == ("Russia", "ban", "Telegram") and one[3] == "actual"}


def find_claim(text: str, action: str, published: str = "2022-10-18") -> Claim:
    """Read the only claim of an action in a text."""
    (claim,) = [claim for claim in read_text(text, published)[1].claims if claim.action == action]
    return claim


def test_reader_fills_in_what_belongs_to_the_claim() -> None:
    """Amount, date and law of the sentence are the claim's, and its rule names frame and ties."""
    text = "Germany fined Telegram €5.1 million under the NetzDG in October 2022."
    claim = find_claim(text, "fine")
    assert claim.money is not None and claim.date is not None
    assert (str(claim.money.amount), claim.money.currency) == ("5100000", "EUR")
    assert claim.date.is_compatible(PartialDate("2022-10"))
    assert claim.laws == ("netzdg",)
    assert claim.rule == "verb:fine::active|subject|object"
    assert claim.document_id == "d1"


def test_reader_quotes_the_mention_and_keeps_the_way_to_the_name() -> None:
    """A party that a description stands for is in the quote as such; its chain ends with the name."""
    claim = find_claim("Telegram broke a law. Germany fined the company in 2022.", "fine")
    assert [span.text for span in claim.evidence.target_chain] == ["company", "Telegram"]
    assert claim.evidence.quote.endswith("Germany fined the company in 2022.")
    assert claim.target.id == "telegram"


def test_reader_takes_a_pronoun_for_another_than_the_subject() -> None:
    """Who fines *it* does not fine itself: the object pronoun is somebody named before."""
    assert find_claim("Telegram broke a law. Germany fined it in 2022.", "fine").target.id == "telegram"


def test_reader_tells_an_action_once() -> None:
    """However often a text repeats an action, it is one claim."""
    text = (
        "Germany fined Telegram. The fine came late. Germany fined Telegram, the ministry said. Germany fined Telegram."
    )
    assert [claim.action for claim in read_text(text)[1].claims].count("fine") == 1


def test_reader_claims_have_ids_of_their_content() -> None:
    """The same text under the same id has the same ids, under another id others."""
    text = "Germany fined Telegram. Russia banned Signal."
    one, same, other = (read_documents([make_document(text, id=id)])[0] for id in ("a", "a", "b"))
    assert one == same
    assert not {claim.id for claim in one.claims} & {claim.id for claim in other.claims}
    assert len(one.claims) == len(other.claims) == 2


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "X", "€", "\u200b", "fined", "fined fined fined", "(((", "🙂"])
def test_reader_survives_texts_that_say_nothing(text: str) -> None:
    """A text without words, or of odd ones, gives an empty reading."""
    document, reading = read_text(text)
    check_reading(document, reading)
    assert reading.claims == ()


PIECES = (
    "Germany |fined |Telegram |was |by |the company |It |has not |threatened to |ban |and |, |. |.\n\n|\n|€5 million |"
    "X |in 2022 |“|”|'s |the fine on |Meta Platforms |imposed |Durov |arrested |said that |\u200b|🙂|fines |(|) |"
    "its CEO |<img src=x onerror=alert(1)> |which |a court in Paris |no plans to "
).split("|")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_reader_proves_whatever_it_reads(text: str) -> None:
    """Whatever words stand in whatever order, what comes out holds against the text."""
    document = make_document(text)
    check_reading(document, read_documents([document])[0])


def select_corpus() -> list[tuple[Document, Reading]]:
    """Select the documents of the sample corpus with what they say."""
    return [pair for pair in read_gold_texts() if Path(pair[0].source).parent == find_data() / "corpus"]


def test_reader_proves_each_claim_of_the_corpus() -> None:
    """Every claim and fact of the sample corpus holds against its document."""
    for document, reading in select_corpus():
        check_reading(document, reading)


def test_reader_proves_each_claim_of_the_shared_texts(shared: Path) -> None:
    """Every claim and fact of the real texts with gold holds against its document."""
    real = [pair for pair in read_gold_texts() if Path(pair[0].source).resolve().is_relative_to(shared.resolve())]
    assert len(real) == 125
    for document, reading in real:
        check_reading(document, reading)


def test_reader_finds_claims_in_nearly_all_of_the_corpus() -> None:
    """Every document of the corpus tells an action; of nine in ten the reader finds one, and no id occurs twice."""
    readings = [reading for _, reading in select_corpus()]
    assert len(readings) > 50
    assert sum(bool(reading.claims) for reading in readings) >= 0.9 * len(readings)
    ids = [one.id for reading in readings for one in (*reading.claims, *reading.facts)]
    assert len(ids) == len(set(ids))


def test_reader_reads_alike_in_any_batch_and_order() -> None:
    """Read one by one and backwards, a document says what it says in a batch."""
    some = select_corpus()[::8]
    backwards = read_documents((document for document, _ in reversed(some)), batch_size=1)
    assert list(reversed(backwards)) == [reading for _, reading in some]


def test_reader_gives_what_is_told_in_one_breath_one_date() -> None:
    """What a body did to somebody in one sentence has the date that the sentence tells of one of the actions."""
    text = (
        "Privacy fines grow. The largest is that of May 2023, when Ireland's Data Protection Commission "
        "fined Meta 1.2 billion euros and ordered it to stop sending data to America. Users noticed little."
    )
    _, reading = read_text(text, published="2025-05-03")
    dates = {claim.action: claim.date.iso if claim.date else None for claim in reading.claims}
    assert dates == {"fine": "2023-05", "order": "2023-05"}


def test_refusal_is_as_sure_as_the_request_that_it_refuses() -> None:
    """Who is said to have turned down a request has been asked, and has refused."""
    claims = read_text("Meta rejected a request by Norway.")[1].claims
    confidences = {claim.action: claim.confidence for claim in claims}
    assert confidences["request"] > 0
    assert confidences["refuse"] >= confidences["request"]
