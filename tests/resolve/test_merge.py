"""Claims of several documents become actions: which are one, how many sources, how sure."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Claim, Money, PartialDate
from kg.resolve import resolve_claims
from tests.factories import GERMANY, TELEGRAM, make_agent, make_claim, make_document

FRANCE = make_agent("France", "Government", "fr")
SENTENCE = "{actor} fined {target}."


def tell(source: str, *, money: str | None = None, date: str | None = None, **fields: object) -> Claim:
    """Make the claim of one document that Germany fined Telegram; ``money`` as ``5 EUR``."""
    actor, target = fields.pop("actor", GERMANY), fields.pop("target", TELEGRAM)
    action, status = fields.pop("action", "fine"), fields.pop("status", "actual")
    document = make_document(SENTENCE.format(actor=actor.name, target=target.name), id=source)  # type: ignore[attr-defined]
    amount = Money(Decimal(money.split()[0]), money.split()[1]) if money else None
    claim = make_claim(
        document, actor, action, target, trigger="fined", status=status, money=amount,  # type: ignore[arg-type]
        date=PartialDate(date) if date else None,
    )  # fmt: skip
    return replace(claim, **fields)  # type: ignore[arg-type]


CLAIMS = st.builds(
    lambda number, money, date, actor, action, status, confidence: tell(
        f"d{number}", money=money, date=date, actor=actor, action=action, status=status, confidence=confidence,
        id=f"c{number}-{money}-{date}-{actor.id}-{action}-{status}",
    ),
    st.integers(0, 6),
    st.sampled_from([None, "5 EUR", "6 EUR", "5 USD"]),
    st.sampled_from([None, "2022", "2022-10", "2022-10-17", "2022-10-20", "2022-10-26", "2023-01-05"]),
    st.sampled_from([GERMANY, FRANCE]),
    st.sampled_from(["fine", "sue"]),
    st.sampled_from(["actual", "planned", "negated"]),
    st.sampled_from([0.55, 0.7, 0.9]),
)  # fmt: skip
CLAIM_SETS = st.lists(CLAIMS, max_size=12, unique_by=lambda claim: claim.id)


@settings(max_examples=150, deadline=None)
@given(CLAIM_SETS, st.randoms(use_true_random=False))
def test_merge_does_not_mind_the_order(claims: list[Claim], shuffler: random.Random) -> None:
    """The actions depend on the set of claims alone, ids, confidences and all."""
    shuffled = claims.copy()
    shuffler.shuffle(shuffled)
    assert resolve_claims(claims) == resolve_claims(shuffled) == resolve_claims(iter(reversed(claims)))


@settings(max_examples=150, deadline=None)
@given(CLAIM_SETS)
def test_merge_places_each_claim_in_one_action(claims: list[Claim]) -> None:
    """No claim is lost or counted twice; ids are unique and sorted; an action is what its claims say."""
    actions = resolve_claims(claims)
    assert sorted(id for action in actions for id in action.claim_ids) == sorted(claim.id for claim in claims)
    assert [action.id for action in actions] == sorted({action.id for action in actions})
    by_id = {claim.id: claim for claim in claims}
    for action in actions:
        told = [by_id[id] for id in action.claim_ids]
        assert {(c.action, c.actor, c.target, c.status) for c in told} == {
            (action.type, action.actor, action.target, action.status)
        }
        assert action.source_count == len({claim.document_id for claim in told})
        assert set(action.amounts) == {claim.money for claim in told if claim.money}
        assert set(action.dates) == {claim.date for claim in told if claim.date}
        assert max(claim.confidence for claim in told) <= action.confidence <= 0.99
        assert len({(amount.currency) for amount in action.amounts}) == len(action.amounts)


@pytest.mark.parametrize(
    ("one", "other", "actions"),
    [
        ({}, {}, 1),
        ({"money": "5 EUR"}, {}, 1),
        ({"money": "5 EUR"}, {"money": "5.00 EUR"}, 1),
        ({"money": "5 EUR"}, {"money": "6 EUR"}, 2),
        ({"money": "5 EUR"}, {"money": "6 USD"}, 1),
        ({"date": "2022"}, {"date": "2022-10-17"}, 1),
        ({"date": "2022-10-17"}, {"date": "2022-10-20"}, 1),
        ({"date": "2022-10-17"}, {"date": "2022-11-20"}, 2),
        ({"date": "2022"}, {"date": "2023"}, 2),
        ({"date": "2022-10"}, {"date": "2022-11"}, 2),
        ({"money": "5 EUR", "date": "2022"}, {"money": "5 EUR", "date": "2024"}, 2),
        ({}, {"status": "planned"}, 2),
        ({}, {"status": "negated"}, 2),
        ({}, {"action": "sue"}, 2),
        ({}, {"actor": FRANCE}, 2),
        ({}, {"target": make_agent("Telegram", "Company")}, 2),
    ],
)
def test_merge_joins_what_does_not_contradict(one: dict[str, str], other: dict[str, str], actions: int) -> None:
    """Same actor, action, target and status with compatible amount and date are one action; else two."""
    assert len(resolve_claims([tell("a", **one), tell("b", **other)])) == actions


def test_merge_splits_amounts_and_keeps_the_vague_claim_once() -> None:
    """Two fines of two amounts stay two, and a report without an amount counts for one of them only."""
    actions = resolve_claims([tell("a", money="5 EUR"), tell("b", money="6 EUR"), tell("c")])
    assert sorted(action.source_count for action in actions) == [1, 2]
    assert sorted(amount.amount for action in actions for amount in action.amounts) == [5, 6]


def test_merge_counts_copies_as_one_source() -> None:
    """Copies of one wire story are one source: they count once, and add no belief."""
    claims = [tell(id, confidence=0.6) for id in ("a", "b", "c")]
    (alone,) = resolve_claims(claims[:1])
    (copied,) = resolve_claims(claims, {"a": "a", "b": "a", "c": "a"})
    (independent,) = resolve_claims(claims)
    (mixed,) = resolve_claims(claims, {"a": "a", "b": "a"})
    assert (alone.source_count, copied.source_count, mixed.source_count, independent.source_count) == (1, 1, 2, 3)
    assert alone.confidence == copied.confidence == 0.6
    assert (mixed.confidence, independent.confidence) == (0.84, 0.936)
    assert len(copied.claim_ids) == 3


def test_merge_counts_a_document_once() -> None:
    """A document that says the same twice is one source, as sure as the surer telling."""
    (action,) = resolve_claims([tell("a", confidence=0.6), tell("a", id="again", confidence=0.7)])
    assert (action.source_count, action.confidence) == (1, 0.7)


def test_merge_unites_charges_and_laws_and_ranks_values() -> None:
    """Charges and laws are pooled and sorted; of several amounts and dates the best supported comes first."""
    (action,) = resolve_claims(
        [
            tell("a", charges=("privacy",), laws=("netzdg",), money="5 EUR", date="2022"),
            tell("b", charges=("hate-speech", "privacy"), laws=("gdpr",), money="5 EUR", date="2022"),
            tell("c", money="6 USD", date="2022-10-17"),
        ]
    )
    assert action.charges == ("hate-speech", "privacy")
    assert action.laws == ("gdpr", "netzdg")
    assert [amount.currency for amount in action.amounts] == ["EUR", "USD"]
    assert [date.iso for date in action.dates] == ["2022", "2022-10-17"]


def test_merge_groups_one_matter() -> None:
    """The fine and the answer to it are two actions of one case."""
    fine, appeal = tell("a"), tell("b", action="appeal", actor=TELEGRAM, target=GERMANY)
    actions = resolve_claims([fine, appeal])
    assert len(actions) == 2
    assert len({action.case_id for action in actions}) == 1


def test_merge_of_nothing_is_nothing() -> None:
    """No claims, no actions."""
    assert resolve_claims([]) == ()
