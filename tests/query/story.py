"""A small graph whose answers can be told by hand: sixteen documents of one sentence, through the real encoders."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pyoxigraph import Quad

from kg.kb import KnowledgeBase
from kg.kb.agents import Law
from kg.model import Agent, AgentRef, Claim, Document, Fact, Money, PartialDate, Reading
from kg.rdf import (
    DATA_BASE,
    encode_actions,
    encode_agents,
    encode_cases,
    encode_document,
    encode_knowledge_base,
    encode_ontology,
)
from kg.resolve import resolve_cases, resolve_claims
from tests.factories import make_agent, make_claim, make_document

_AGENTS = (
    Agent("germany", "Government", "Germany", ("Deutschland",), country="de"),
    Agent("bfj", "Regulator", "Federal Office of Justice", ("BfJ",), country="de"),
    Agent("france", "Government", "France", country="fr"),
    Agent("paris-prosecutor", "LawEnforcement", "Paris Prosecutor", country="fr"),
    Agent("ireland", "Government", "Ireland", country="ie"),
    Agent("ie-dpc", "Regulator", "Data Protection Commission", ("DPC",), country="ie"),
    Agent("russia", "Government", "Russia", country="ru"),
    Agent("georgia", "Government", "Georgia", country="ge"),
    Agent("united-states", "Government", "United States", country="us"),
    Agent("georgia-us", "Government", "Georgia", country="us", part_of="united-states"),
    Agent("telegram", "Platform", "Telegram", ("Telegram Messenger",), owner="durov"),
    Agent("durov", "Person", "Pavel Durov", ("Durov",), part_of="telegram"),
    Agent("meta", "Company", "Meta", ("Facebook Inc.",)),
    Agent("whatsapp", "Platform", "WhatsApp", owner="meta"),
)
_LAW = Law("netzdg", "Network Enforcement Act", ("NetzDG",), "de", "2017", (), None, "own")
KB = KnowledgeBase({agent.id: agent for agent in _AGENTS}, {_LAW.id: _LAW})
# An agent that the knowledge base has not, whose name tries what a name can.
HOSTILE = make_agent('Evil" } UNION { ?s ?p ?o } #\\')


class Story:
    """Documents with the claims that they make."""

    def __init__(self) -> None:
        self.readings: list[tuple[Document, Reading]] = []

    def tell(
        self,
        id: str,
        text: str,
        actor: str | AgentRef,
        action: str,
        target: str | AgentRef,
        trigger: str,
        *,
        published: str | None = "2024-12-01",
        money: str | None = None,
        date: str | None = None,
        confidence: float = 0.9,
        facts: tuple[tuple[str, str, str, str], ...] = (),
        **fields: object,
    ) -> None:
        """Tell one sentence with one claim, and what it says besides."""
        document = make_document(text, id=id, published=published, title=f"Title of {id}")
        amount, _, currency = (money or "").partition(" ")
        claim = make_claim(
            document,
            _refer(actor),
            action,
            _refer(target),
            trigger=trigger,
            money=Money(Decimal(amount), currency) if money else None,
            date=PartialDate(date) if date else None,
            **fields,
        )
        claim = Claim(**{name: getattr(claim, name) for name in Claim.__slots__} | {"confidence": confidence})
        stated = tuple(
            Fact(f"{id}-{number}", relation, _refer(subject), _refer(object), value, id, 0, len(text), text, 0.9)
            for number, (relation, subject, object, value) in enumerate(facts)
        )
        self.readings.append((document, Reading(id, (claim,), stated)))


def _refer(agent: str | AgentRef) -> AgentRef:
    return agent if isinstance(agent, AgentRef) else KB.refer_to(agent)


def make_story() -> Story:
    """Tell the story that the tests ask about."""
    story = Story()
    told = {"published": "2021-06-01", "date": "2021"}
    inquiry = "The Federal Office of Justice investigated Telegram."
    story.tell("inquiry", inquiry, "bfj", "investigate", "telegram", "investigated", **told)  # type: ignore[arg-type]
    fine = {"charges": ("hate-speech", "missing-complaint-channel"), "laws": ("netzdg",)}
    fine |= {"money": "5125000 EUR", "date": "2022-10-17"}  # type: ignore[dict-item]
    story.tell("fine-1", "Germany fined Telegram.", "germany", "fine", "telegram", "fined", confidence=0.8, **fine)
    surest = "Germany, sure enough, fined Telegram."
    story.tell("fine-2", surest, "germany", "fine", "telegram", "fined", confidence=0.95, **fine)
    story.tell("threat", "Germany may ban Telegram.", "germany", "ban", "telegram", "ban", status="planned")
    story.tell(
        "plan",
        "France may charge Pavel Durov.",
        "france",
        "charge",
        "durov",
        "charge",
        status="planned",
        date="2024-08-24",
    )
    story.tell(
        "charge",
        "The Paris Prosecutor charged Pavel Durov.",
        "paris-prosecutor",
        "charge",
        "durov",
        "charged",
        date="2024-08",
    )
    story.tell("appeal", "Telegram appealed to Germany.", "telegram", "appeal", "germany", "appealed", published=None)
    story.tell(
        "denial",
        "Pavel Durov, its founder, denied what France says of Telegram.",
        "durov",
        "deny",
        "france",
        "denied",
        facts=(("role", "durov", "telegram", "founder"),),
    )
    story.tell("ban", "Russia banned Telegram.", "russia", "ban", "telegram", "banned")
    story.tell("no-ban", "Russia has not banned Telegram.", "russia", "ban", "telegram", "banned", status="negated")
    dublin = "The Data Protection Commission fined Meta"
    story.tell("meta-1", f"{dublin} 390.", "ie-dpc", "fine", "meta", "fined", money="390000000 EUR", date="2023-01-04")
    story.tell("meta-2", f"{dublin} 310.", "ie-dpc", "fine", "meta", "fined", money="310000000 EUR", date="2023-01-04")
    story.tell("meta-4", f"{dublin} 300.", "ie-dpc", "fine", "meta", "fined", money="300000000 EUR", date="2023-01-04")
    story.tell(
        "meta-3", "Ireland fined Meta 390.", "ireland", "fine", "meta", "fined", money="390000000 EUR", date="2023-01"
    )
    story.tell("open", f"{dublin[:-10]} investigated WhatsApp.", "ie-dpc", "investigate", "whatsapp", "investigated")
    story.tell("evil", f"Georgia warned {HOSTILE.name}.", "georgia", "warn", HOSTILE, "warned")
    return story


def encode_story(story: Story, base: str = DATA_BASE) -> Iterator[Quad]:
    """Encode the story as a build does."""
    claims = [claim for _, reading in story.readings for claim in reading.claims]
    actions = resolve_claims(claims)
    action_of = {claim: action.id for action in actions for claim in action.claim_ids}
    yield from encode_ontology(base=base)
    yield from encode_knowledge_base(KB, base=base)
    yield from encode_actions(actions, base=base)
    yield from encode_cases(resolve_cases(actions), base=base)
    yield from encode_agents([HOSTILE], known=KB.agents, government_of=KB.government_of, base=base)
    for document, reading in story.readings:
        yield from encode_document(document, reading, action_of, base=base)
