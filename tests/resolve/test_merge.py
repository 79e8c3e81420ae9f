"""Claims of several documents become actions: which are one, how many sources, how sure."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.kb import load_knowledge_base
from kg.model import Claim
from kg.resolve import resolve_claims
from tests.factories import GERMANY, TELEGRAM, make_agent
from tests.resolve.strategies import CLAIM_SETS, FRANCE, tell

KB = load_knowledge_base()


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
        assert {claim.action for claim in told} == {action.type}
        assert action.actor in {claim.actor for claim in told}
        assert action.target in {claim.target for claim in told}
        statuses = {claim.status for claim in told}
        assert statuses == {action.status} or (statuses == {"planned", "actual"} and action.status == "actual")
        assert action.source_count == len({claim.document_id for claim in told})
        assert set(action.amounts) == {claim.money for claim in told if claim.money}
        assert set(action.dates) == {claim.date for claim in told if claim.date}
        assert max(claim.confidence for claim in told) <= action.confidence <= 0.99


@pytest.mark.parametrize(
    ("one", "other", "actions"),
    [
        ({}, {}, 1),
        ({"money": "5 EUR"}, {}, 1),
        ({"money": "5 EUR"}, {"money": "5.00 EUR"}, 1),
        ({"money": "5 EUR"}, {"money": "6 EUR"}, 2),
        ({"money": "5 EUR"}, {"money": "6 USD"}, 2),
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
        ({"published": "2022-10-17"}, {"published": "2022-11-20"}, 1),
        ({"published": "2022-10-17"}, {"published": "2023-10-17"}, 2),
        ({"date": "2022-10-17"}, {"published": "2022-11-20"}, 1),
        ({"date": "2022-10-17"}, {"published": "2022-09-01"}, 2),
        ({"date": "2022-10-17"}, {"published": "2024-11-20"}, 2),
        ({"action": "accuse", "published": "2022-10-17"}, {"action": "accuse", "published": "2022-11-20"}, 2),
    ],
)
def test_merge_joins_what_does_not_contradict(one: dict[str, str], other: dict[str, str], actions: int) -> None:
    """Same actor, action, target and status with compatible amount and date are one action; else two."""
    assert len(resolve_claims([tell("a", **one), tell("b", **other)])) == actions


def test_merge_leaves_the_vague_claim_apart_where_several_actions_fit() -> None:
    """Two fines of two sums stay two; a report without a sum is of neither, unless it is dated like one alone."""
    fines = [tell("a", money="5 EUR", date="2022-10-17"), tell("b", money="9 EUR", date="2022-12-05")]
    assert sorted(len(action.claim_ids) for action in resolve_claims([*fines, tell("c")])) == [1, 1, 1]
    actions = resolve_claims([*fines, tell("c", date="2022-12")])
    assert sorted(tuple(amount.amount for amount in action.amounts) for action in actions) == [(5,), (9,)]
    assert sorted(action.source_count for action in actions) == [1, 2]


@pytest.mark.parametrize(
    ("one", "other", "fields", "actions"),
    [
        ("ie-dpc", "ireland", {"published": "2022-10-17"}, 1),
        ("european-commission", "european-union", {"published": "2022-10-17"}, 1),
        ("ie-dpc", "ireland", {}, 2),
        ("ie-dpc", "ie-ccpc", {"published": "2022-10-17"}, 2),
        ("ie-dpc", "ie-ccpc", {"money": "5 EUR", "date": "2022-10-17"}, 1),
        ("ie-dpc", "european-union", {}, 2),
        ("ie-dpc", "european-union", {"date": "2022-10-17"}, 2),
        ("ie-dpc", "european-union", {"money": "5 EUR"}, 1),
        ("ie-dpc", "fr-cnil", {"money": "5 EUR", "date": "2022-10-17"}, 2),
        ("european-union", "united-states", {"money": "5 EUR", "date": "2022-10-17"}, 2),
    ],
)
def test_merge_of_actors_wants_the_more_the_less_alike_they_are(
    one: str, other: str, fields: dict[str, str], actions: int
) -> None:
    """An organ and its state act as one where time is known, a union's with the sum, two organs with sum and day."""
    claims = [tell(id, actor=KB.refer_to(actor), **fields) for id, actor in (("a", one), ("b", other))]  # type: ignore[arg-type]
    assert len(resolve_claims(claims)) == actions


@pytest.mark.parametrize(
    ("one", "other", "fields", "actions"),
    [
        ("whatsapp", "meta", {}, 2),
        ("whatsapp", "meta", {"date": "2022-10-17"}, 1),
        ("whatsapp", "meta", {"money": "5 EUR"}, 1),
        ("whatsapp", "instagram", {"money": "5 EUR", "date": "2022-10-17"}, 2),
        ("pavel-durov", "telegram", {"money": "5 EUR", "date": "2022-10-17"}, 2),
    ],
)
def test_merge_of_targets_keeps_founder_and_sister_apart(
    one: str, other: str, fields: dict[str, str], actions: int
) -> None:
    """A service and its parent are one target where a day or a sum agrees; a founder and a sister service never are."""
    claims = [tell(id, target=KB.refer_to(target), **fields) for id, target in (("a", one), ("b", other))]  # type: ignore[arg-type]
    assert len(resolve_claims(claims)) == actions


def test_merge_names_the_organ_and_the_service() -> None:
    """The merged action has the organ, not its state or its spokesperson, and the service, not its parent."""
    parties = [("ireland", "meta"), ("helen-dixon", "whatsapp"), ("ie-dpc", "meta"), ("ie-dpc", "whatsapp")]
    claims = [
        tell(f"d{number}", actor=KB.refer_to(actor), target=KB.refer_to(target), money="5 EUR", date="2022-10-17")
        for number, (actor, target) in enumerate(parties)
    ]
    (action,) = resolve_claims(claims)
    assert (action.actor.id, action.target.id, action.source_count) == ("ie-dpc", "whatsapp", 4)
    (action,) = resolve_claims(claims[:2])
    assert action.actor.id == "helen-dixon"


def test_merge_tells_a_plan_from_the_deed() -> None:
    """What was planned before is an action of its own; who calls the same sum planned after the deed tells of it."""
    deed = tell("a", money="5 EUR", date="2022-10-17", published="2022-10-18")
    before = tell("b", money="5 EUR", status="planned", published="2022-09-01")
    after = tell("c", money="5 EUR", status="planned", published="2022-10-19")
    assert sorted(action.status for action in resolve_claims([deed, before])) == ["actual", "planned"]
    (action,) = resolve_claims([deed, after])
    assert (action.status, action.source_count) == ("actual", 2)


def test_merge_leaves_apart_what_one_document_tells_as_planned_and_as_done() -> None:
    """Of one sum told twice in one document, as planned and as done, the document means two things."""
    deed = tell("a", money="5 EUR", date="2022-10-17", published="2022-10-18")
    plan = tell("a", money="5 EUR", status="planned", published="2022-10-18", id="plan")
    assert len(resolve_claims([deed, plan])) == 2


def test_merge_joins_a_decision_and_its_announcement() -> None:
    """One sum of days up to 45 apart is one fine, but not without the sum, nor where a tracker gives the day."""
    decided = tell("a", money="345 EUR", date="2023-09-01")
    told = tell("b", money="368 USD", date="2023-09-15")
    assert len(resolve_claims([decided, told])) == 1
    assert len(resolve_claims([decided, tell("b", money="345 EUR", date="2023-11-01")])) == 2
    assert len(resolve_claims([decided, tell("b", date="2023-09-15")])) == 2
    assert len(resolve_claims([decided, tell("b", money="345 EUR", date="2023-09-15", rule="tracker:etid/fine")])) == 2


def test_merge_takes_a_settlement_from_either_side() -> None:
    """Who settles with whom is told in either order; who sues whom is not."""
    one = tell("a", action="settle", date="2022-10-17")
    other = tell("b", action="settle", date="2022-10-17", actor=TELEGRAM, target=GERMANY)
    assert len(resolve_claims([one, other])) == 1
    suits = [replace(claim, action="sue", id=f"{claim.id}-sue") for claim in (one, other)]
    assert len(resolve_claims(suits)) == 2


def test_merge_leaves_apart_what_two_actions_fit_alike() -> None:
    """News of a month joins neither of two bans of that month by two courts; it joins the only one."""
    courts = [KB.refer_to(id) for id in ("de-bgh", "de-bverfg")]
    bans = [tell(court.id, action="ban", actor=court, date=f"2022-10-{n}5") for n, court in enumerate(courts)]
    vague = tell("vague", action="ban", date="2022-10")
    assert len(resolve_claims([bans[0], vague])) == 1
    assert len(resolve_claims([*bans, vague])) == 3


def test_merge_keeps_contradicting_sums_of_one_day() -> None:
    """Two near sums told of one day are one action with both; two far ones are two actions."""
    near = [tell("a", money="100 EUR", date="2022-10-17"), tell("b", money="93 EUR", date="2022-10-17")]
    (action,) = resolve_claims(near)
    assert {amount.amount for amount in action.amounts} == {100, 93}
    far = [tell("a", money="100 EUR", date="2022-10-17"), tell("b", money="70 EUR", date="2022-10-17")]
    assert len(resolve_claims(far)) == 2


def test_merge_keeps_rows_of_a_tracker_apart_but_joins_news_to_them() -> None:
    """Two rows of one table of fines are two, alike as they are; news of a sum joins one of them."""
    rows = [tell(id, money="5 EUR", date="2022-10-17", rule="tracker:etid/fine") for id in ("row-1", "row-2")]
    assert len(resolve_claims(rows)) == 2
    news = tell("news", money="5 EUR", date="2022-10-18")
    assert sorted(action.source_count for action in resolve_claims([*rows, news])) == [1, 2]


@pytest.mark.parametrize(
    ("one", "other", "actions"),
    [
        ({"date": "2022-10-17"}, {"date": "2022-10-17"}, 1),
        ({"date": "2022-10-17"}, {"date": "2022-10"}, 1),
        ({"date": "2022-10-17"}, {"date": "2022-10-19"}, 2),
        ({"date": "2022-10-17"}, {}, 2),
        ({"date": "2022-10-17", "rule": "tracker:keepiton/ban/cork"}, {"date": "2022-10-17"}, 2),
        ({"date": "2022-10-17", "rule": "tracker:other/ban"}, {"date": "2022-10-19"}, 1),
        ({"date": "2022-10-17", "rule": "text"}, {"date": "2022-10-19"}, 1),
    ],
)
def test_merge_joins_rows_of_one_day_and_place(one: dict[str, str], other: dict[str, str], actions: int) -> None:
    """Rows of one table without sums are one action on one day only, and not if the table holds them apart."""
    row = {"rule": "tracker:keepiton/ban", "action": "ban"}
    assert len(resolve_claims([tell("a", **(row | one)), tell("b", **(row | other))])) == actions


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
    """A document that tells one sum twice is one source, as sure as the surer telling; else it tells of two."""
    claims = [tell("a", money="5 EUR", confidence=0.6), tell("a", money="5 EUR", id="again", confidence=0.7)]
    (action,) = resolve_claims(claims)
    assert (action.source_count, action.confidence) == (1, 0.7)
    assert len(resolve_claims([tell("a"), tell("a", id="again")])) == 2


def test_merge_unites_charges_and_laws_and_ranks_values() -> None:
    """Charges and laws are pooled and sorted; of several amounts and dates the best supported comes first."""
    (action,) = resolve_claims(
        [
            tell("a", charges=("privacy",), laws=("netzdg",), money="5 EUR", date="2022"),
            tell("b", charges=("hate-speech", "privacy"), laws=("gdpr",), money="5 EUR", date="2022"),
            tell("c", money="4.9 USD", date="2022-10-17"),
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
