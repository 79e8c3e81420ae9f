"""Make model objects for tests: short to write, with evidence that holds."""

from __future__ import annotations

from decimal import Decimal

from kg.model import Action, AgentRef, Claim, Document, Evidence, Money, PartialDate, Reading, Span
from kg.model.ids import make_agent_id, make_digest

GERMANY = AgentRef("germany", "Germany", "Government", "de")
TELEGRAM = AgentRef("telegram", "Telegram", "Platform", "ae")


def make_document(text: str, *, id: str = "d1", published: str | None = "2024-08-24", **fields: object) -> Document:
    """Make a document of this text."""
    date = PartialDate(published) if published else None
    return Document(id=id, text=text, published=date, **fields)  # type: ignore[arg-type]


def make_agent(name: str, type: str = "Company", country: str | None = None) -> AgentRef:
    """Make an agent that the knowledge base has not."""
    return AgentRef(make_agent_id(name, type), name, type, country)


def find_span(text: str, words: str) -> Span:
    """Locate the first place where the text says the words."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def make_claim(
    document: Document,
    actor: AgentRef,
    action: str,
    target: AgentRef,
    *,
    trigger: str,
    status: str = "actual",
    **fields: object,
) -> Claim:
    """Make a claim whose quote is the whole text, which names both parties and the trigger."""
    text = document.text
    evidence = Evidence(
        document_id=document.id,
        start=0,
        end=len(text),
        quote=text,
        trigger=find_span(text, trigger),
        actor_chain=(find_span(text, actor.name),),
        target_chain=(find_span(text, target.name),),
    )
    evidence.check(text)
    id = make_digest(document.id, actor.id, action, target.id, status)
    return Claim(id, action, actor, target, status, evidence, 0.9, "test", **fields)  # type: ignore[arg-type]


def make_fine(amount: str = "5100000", currency: str = "EUR") -> tuple[Document, Reading, Action]:
    """Make the smallest whole story: a document, its reading with one claim, and the action it tells of."""
    document = make_document("Germany fined Telegram in 2022.", id="fine", published="2022-10-17")
    claim = make_claim(
        document,
        GERMANY,
        "fine",
        TELEGRAM,
        trigger="fined",
        charges=("missing-complaint-channel",),
        laws=("netzdg",),
        money=Money(Decimal(amount), currency),
        date=PartialDate("2022"),
    )
    action = Action(
        id=make_digest("fine", "germany", "telegram"),
        type="fine",
        actor=GERMANY,
        target=TELEGRAM,
        status="actual",
        claim_ids=(claim.id,),
        source_count=1,
        confidence=0.9,
        case_id=make_digest("case", "germany", "telegram"),
        charges=claim.charges,
        laws=claim.laws,
        amounts=(claim.money,) if claim.money else (),
        dates=(claim.date,) if claim.date else (),
    )
    return document, Reading(document.id, (claim,), ()), action
