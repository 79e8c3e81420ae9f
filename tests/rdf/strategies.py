"""Hypothesis strategies for documents, readings and actions whose evidence holds, hostile characters and all."""

from decimal import Decimal

from hypothesis import strategies as st

from kg.model import Action, AgentRef, Claim, Document, Evidence, Fact, Money, PartialDate, Reading, Span
from kg.model.vocabulary import ACTIONS, AGENT_TYPES, CHARGES, RELATIONS, STATUSES

HOSTILE = "\x00\t\n\r\"'\\<>{}|^`%# .?/&;=é\u0301\u202e\u2028\x85\ufffe\U0001f600"
characters = st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"]))
texts = st.text(characters, max_size=12)
ids = st.one_of(st.sampled_from(["a", "..", ".", "", "a/b", "a b", "%41", "doc#char=0,1"]), texts)
optional_texts = st.none() | texts
dates = st.sampled_from(["2022", "2022-10", "2022-10-17", "0001", "9999-12-31"]).map(PartialDate)
amounts = st.decimals(min_value=0, max_value=Decimal(10) ** 36, allow_nan=False, allow_infinity=False, places=2)
money = st.builds(Money, amounts, st.sampled_from(["EUR", "USD", "RUB"]))
confidences = st.integers(0, 10_000).map(lambda n: n / 10_000)
parties = st.builds(
    AgentRef,
    st.sampled_from(["germany", "telegram", "durov.person"]) | ids,
    texts,
    st.sampled_from(sorted(AGENT_TYPES)),
    st.none() | st.sampled_from(["de", "eu"]) | texts,
)


def lists(elements, size=3):
    """Tuples in any order, with repetitions."""
    return st.lists(elements, max_size=size).map(tuple)


charges = lists(st.sampled_from(sorted(CHARGES)))
laws = lists(st.sampled_from(["gdpr", "GDPR (Art. 5)"]) | texts)


@st.composite
def spans(draw, text, start, end):
    """Draw a span within a part of a text."""
    first = draw(st.integers(start, end))
    last = draw(st.integers(first, end))
    return Span(first, last, text[first:last])


@st.composite
def claims(draw, document, identifier):
    """Draw a claim of a document, with a quote and mentions that stand there."""
    text = document.text
    quote = draw(spans(text, 0, len(text)))
    inside, anywhere = spans(text, quote.start, quote.end), spans(text, 0, len(text))
    chains = [draw(st.lists(inside, max_size=1)) for _ in range(2)]
    actor_chain, target_chain = (
        tuple(chain + draw(st.lists(anywhere, max_size=2))) if chain else () for chain in chains
    )
    return Claim(
        id=identifier,
        action=draw(st.sampled_from(sorted(ACTIONS))),
        actor=draw(parties),
        target=draw(parties),
        status=draw(st.sampled_from(STATUSES)),
        evidence=Evidence(document.id, quote.start, quote.end, quote.text, draw(inside), actor_chain, target_chain),
        confidence=draw(confidences),
        rule=draw(texts),
        charges=draw(charges),
        laws=draw(laws),
        money=draw(st.none() | money),
        date=draw(st.none() | dates),
        speaker=draw(st.none() | parties),
        published=document.published,
    )


@st.composite
def facts(draw, document, identifier):
    """Draw a fact of a document."""
    quote = draw(spans(document.text, 0, len(document.text)))
    return Fact(
        id=identifier,
        relation=draw(st.sampled_from(RELATIONS)),
        subject=draw(parties),
        object=draw(st.none() | parties),
        value=draw(optional_texts),
        document_id=document.id,
        start=quote.start,
        end=quote.end,
        quote=quote.text,
        confidence=draw(confidences),
    )


documents = st.builds(
    Document,
    id=ids,
    text=st.text(characters, max_size=60),
    title=optional_texts,
    url=optional_texts,
    published=st.none() | dates,
    publisher=optional_texts,
    author=optional_texts,
    language=st.sampled_from(["en", "fr"]),
    licence=optional_texts,
    retrieved=optional_texts,
    group=st.none() | ids,
)


@st.composite
def read_documents(draw):
    """Draw a document and its reading."""
    document = draw(documents)
    claim_ids = draw(st.lists(ids, max_size=3, unique=True))
    fact_ids = draw(st.lists(ids.map(lambda text: f"f{text}"), max_size=2, unique=True))
    return document, Reading(
        document.id,
        tuple(draw(claims(document, f"c{identifier}")) for identifier in claim_ids),
        tuple(draw(facts(document, identifier)) for identifier in fact_ids),
    )


actions = st.builds(
    Action,
    id=ids,
    type=st.sampled_from(sorted(ACTIONS)),
    actor=parties,
    target=parties,
    status=st.sampled_from(STATUSES),
    claim_ids=lists(ids),
    source_count=st.integers(1, 10**6),
    confidence=confidences,
    case_id=ids,
    charges=charges,
    laws=laws,
    amounts=lists(money),
    dates=lists(dates),
)
