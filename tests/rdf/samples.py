"""A small world that the tests of the graph share: two documents, one fine, one threat."""

from decimal import Decimal

import pyoxigraph as ox

from kg.model import Action, AgentRef, Claim, Document, Evidence, Fact, Money, PartialDate, Reading, Span
from kg.rdf import (
    DATA_BASE,
    LocalStore,
    encode_actions,
    encode_agents,
    encode_document,
    encode_ontology,
    encode_run,
)

GERMANY = AgentRef("germany", "Germany", "Government", "de")
TELEGRAM = AgentRef("telegram", "Telegram", "Platform", "ae")
DUROV = AgentRef("pavel-durov.person", "Pavel Durov", "Person")
TEXT = "Germany fined Telegram 5.1 million euros in 2022. Pavel Durov, its chief, may be charged by Germany next."
FINE = Money(Decimal("5100000"), "EUR")


def find_span(text: str, words: str) -> Span:
    """Find the first place where words stand."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def make_claim(identifier: str, document: Document, action: str, status: str, trigger: str, **more) -> Claim:
    """Make a claim whose quote is the whole text."""
    text = document.text
    target = more.pop("target", TELEGRAM)
    evidence = Evidence(
        document.id,
        0,
        len(text),
        text,
        find_span(text, trigger),
        (find_span(text, "Germany"),),
        (find_span(text, target.name),),
    )
    return Claim(identifier, action, GERMANY, target, status, evidence, 0.93, "active-verb", **more)


def make_reading(number: int = 1) -> tuple[Document, Reading]:
    """Make a document with a fine, a planned charge and a fact."""
    document = Document(f"doc-{number}", TEXT, title="Fined", url="https://news.example/1", group="doc-1")
    quote = find_span(TEXT, "Pavel Durov, its chief")
    fine = make_claim(
        f"c{number}-fine",
        document,
        "fine",
        "actual",
        "fined",
        charges=("missing-complaint-channel",),
        laws=("NetzDG, § 3",),
        money=FINE,
        date=PartialDate("2022"),
    )
    threat = make_claim(f"c{number}-charge", document, "charge", "planned", "charged", target=DUROV, speaker=GERMANY)
    role = Fact(f"f{number}", "role", DUROV, TELEGRAM, "chief", document.id, quote.start, quote.end, quote.text, 0.8)
    return document, Reading(document.id, (fine, threat), (role,))


def make_actions(documents: int = 1) -> tuple[Action, ...]:
    """Make the two actions that the claims of that many documents tell of."""
    numbers = range(1, documents + 1)
    return (
        Action(
            "a-fine",
            "fine",
            GERMANY,
            TELEGRAM,
            "actual",
            tuple(f"c{number}-fine" for number in numbers),
            documents,
            0.95,
            "case-1",
            ("missing-complaint-channel",),
            ("NetzDG, § 3",),
            (FINE,),
            (PartialDate("2022"),),
        ),
        Action(
            "a-charge",
            "charge",
            GERMANY,
            DUROV,
            "planned",
            tuple(f"c{number}-charge" for number in numbers),
            documents,
            0.5,
            "case-1",
        ),
    )


def make_quads(documents: int = 2, base: str = DATA_BASE) -> list[ox.Quad]:
    """Encode the whole world; no knowledge base knows its agents."""
    quads = [*encode_ontology(base=base), *encode_run(base=base, components=("en_core_web_md 3.7.1",))]
    for number in range(1, documents + 1):
        document, reading = make_reading(number)
        action_of = {f"c{number}-fine": "a-fine", f"c{number}-charge": "a-charge"}
        quads += encode_document(document, reading, action_of, base=base)
    quads += encode_actions(make_actions(documents), base=base)
    quads += encode_agents([GERMANY, TELEGRAM, DUROV], known=(), government_of={"de": "germany"}, base=base)
    return quads


def fill_store(quads, base: str = DATA_BASE) -> LocalStore:
    """Put quads into a store in memory."""
    store = LocalStore(ox.Store(), base=base)
    store.load(quads)
    return store
