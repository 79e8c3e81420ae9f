"""Claims for the tests of resolution: made by hand, or drawn at random from few values, so that they often meet."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from kg.kb import load_knowledge_base
from kg.model import Claim, Money, PartialDate
from tests.factories import GERMANY, TELEGRAM, make_agent, make_claim, make_document

KB = load_knowledge_base()
FRANCE = make_agent("France", "Government", "fr")
SENTENCE = "{actor} fined {target}."


def tell(source: str, *, money: str | None = None, date: str | None = None, **fields: object) -> Claim:
    """Make the claim of one document that Germany fined Telegram; ``money`` as ``5 EUR``."""
    actor, target = fields.pop("actor", GERMANY), fields.pop("target", TELEGRAM)
    action, status = fields.pop("action", "fine"), fields.pop("status", "actual")
    document = make_document(SENTENCE.format(actor=actor.name, target=target.name), id=source)  # type: ignore[attr-defined]
    published = fields.pop("published", None)
    amount = Money(Decimal(money.split()[0]), money.split()[1]) if money else None
    claim = make_claim(
        document, actor, action, target, trigger="fined", status=status, money=amount,  # type: ignore[arg-type]
        date=PartialDate(date) if date else None, published=PartialDate(published) if published else None,
    )  # fmt: skip
    return replace(claim, **fields)  # type: ignore[arg-type]


PARTIES = [KB.refer_to(id) for id in ("ie-dpc", "ireland", "european-commission", "european-union", "germany")]
PLATFORMS = [KB.refer_to(id) for id in ("whatsapp", "meta", "instagram", "mark-zuckerberg")]


@st.composite
def draw_claim(draw: st.DrawFn) -> Claim:
    """Draw a claim between the authorities and the services, now one way and now the other."""
    actor, target = draw(st.sampled_from(PARTIES)), draw(st.sampled_from(PLATFORMS))
    action = draw(st.sampled_from(["fine", "fine", "investigate", "appeal"]))
    if action == "appeal":
        actor, target = target, actor
    number = draw(st.integers(0, 6))
    money = draw(st.sampled_from([None, "5 EUR", "6 EUR", "5 USD"])) if action == "fine" else None
    date = draw(st.sampled_from([None, "2022", "2022-10", "2022-10-17", "2022-10-20", "2022-10-26", "2023-01-05"]))
    status = draw(st.sampled_from(["actual", "actual", "planned", "negated"]))
    published = draw(st.sampled_from([None, "2022-10-18", "2022-10-30", "2024-05-01"]))
    rule = draw(st.sampled_from(["text", "text", "tracker:etid/fine", "tracker:etid/fine/cork"]))
    parts = (number, money, date, actor.id, target.id, action, status, published, rule.replace("/", "-"))
    return tell(
        f"d{number}", money=money, date=date, actor=actor, target=target, action=action, status=status,
        published=published, rule=rule, confidence=draw(st.sampled_from([0.55, 0.7, 0.9])),
        id="c" + "-".join(map(str, parts)),
    )  # fmt: skip


CLAIM_SETS = st.lists(draw_claim(), max_size=12, unique_by=lambda claim: claim.id)
