"""Which actions are of one matter, and how it stands."""

from __future__ import annotations

import pytest

from kg.kb import load_knowledge_base
from kg.model import Action, Claim
from kg.model.case import STAGES, STANDINGS
from kg.resolve import resolve_cases, resolve_claims
from kg.resolve.stages import find_stage, load_stage_rules
from kg.resolve.standings import find_standing
from tests.resolve.strategies import tell

KB = load_knowledge_base()
DPC, COMMISSION, COURT = (KB.refer_to(id) for id in ("ie-dpc", "european-commission", "cjeu"))
TIKTOK, BYTEDANCE, GOOGLE = (KB.refer_to(id) for id in ("tiktok", "bytedance", "google"))
FRANCE, TELEGRAM, DUROV = (KB.refer_to(id) for id in ("france", "telegram", "pavel-durov"))


def act(actor, action: str, target, date: str, trigger: str = "fined", **fields) -> Claim:  # type: ignore[no-untyped-def]
    """Make the claim of a document of its own; its trigger is any word."""
    claim = tell(f"d-{action}-{date}", actor=actor, action=action, target=target, date=date, **fields)
    object.__setattr__(claim.evidence.trigger, "text", trigger)
    return claim


def resolve(*claims: Claim) -> tuple[tuple[str, ...], list[Action]]:
    """Resolve claims: the standings of their cases, and the actions."""
    actions = resolve_claims(claims)
    return tuple(sorted(case.standing for case in resolve_cases(actions))), list(actions)


INQUIRY = act(COMMISSION, "investigate", GOOGLE, "2015-04-15", charges=("antitrust",))
CHARGE = act(COMMISSION, "charge", GOOGLE, "2016-04-20", charges=("antitrust",))
FINE = act(COMMISSION, "fine", GOOGLE, "2018-07-18", money="4340000000 EUR", charges=("antitrust",))
APPEAL = act(GOOGLE, "appeal", COMMISSION, "2018-10-09")
CUT = act(COURT, "release", GOOGLE, "2022-09-14", "reduced")
UPHELD = act(COURT, "convict", GOOGLE, "2024-09-10", "upheld")
ANNULLED = act(COURT, "release", GOOGLE, "2024-09-18", "annulled")
PAID = act(GOOGLE, "comply", COMMISSION, "2025-01-05", "paid")


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        ((act(COMMISSION, "accuse", GOOGLE, "2014-01-05"),), "voiced"),
        ((act(COMMISSION, "fine", GOOGLE, "2014-01-05", status="planned"),), "announced"),
        ((act(COMMISSION, "fine", GOOGLE, "2014-01-05", status="negated"),), "voiced"),
        ((INQUIRY,), "open"),
        ((INQUIRY, CHARGE), "open"),
        ((INQUIRY, act(COMMISSION, "release", GOOGLE, "2016-01-05", "dropped")), "dropped"),
        ((INQUIRY, act(COMMISSION, "release", GOOGLE, "2016-01-05", "lifted")), "dropped"),
        ((INQUIRY, CHARGE, FINE), "decided"),
        ((INQUIRY, CHARGE, FINE, APPEAL), "appealed"),
        ((INQUIRY, CHARGE, FINE, APPEAL, CUT), "reduced"),
        ((FINE, APPEAL, UPHELD), "upheld"),
        ((FINE, APPEAL, UPHELD, PAID), "paid"),
        ((FINE, APPEAL, ANNULLED), "annulled"),
        ((CHARGE, act(COMMISSION, "settle", GOOGLE, "2017-04-20")), "settled"),
        ((act(FRANCE, "ban", TIKTOK, "2024-05-15"), act(FRANCE, "release", TIKTOK, "2024-05-29", "lifted")), "lifted"),
        ((act(FRANCE, "arrest", DUROV, "2024-08-24"), act(FRANCE, "release", DUROV, "2024-08-28", "freed")), "open"),
    ],
)
def test_cases_stand_as_their_last_action_leaves_them(claims: tuple[Claim, ...], standing: str) -> None:
    """The life of a case, step by step: each step is of the one case, and leaves its standing behind."""
    assert resolve(*claims)[0] == (standing,)


def test_cases_list_their_actions_in_order() -> None:
    """A case names its actions in the order of its life, whom it concerns, who pursues it, and since when."""
    actions = resolve_claims([CUT, APPEAL, FINE, INQUIRY])
    (case,) = resolve_cases(actions)
    types = {action.id: action.type for action in actions}
    assert [types[id] for id in case.action_ids] == ["investigate", "fine", "appeal", "release"]
    assert case.target == GOOGLE and case.actor in (COMMISSION, COURT)
    assert (str(case.opened), str(case.latest)) == ("2015-04-15", "2022-09-14")
    assert {action.case_id for action in actions} == {case.id}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FINE, act(COMMISSION, "fine", GOOGLE, "2019-03-20", money="1490000000 EUR", charges=("antitrust",))),
        (FINE, act(COMMISSION, "fine", TIKTOK, "2018-07-18", money="4340000000 EUR")),
        (FINE, act(DPC, "fine", GOOGLE, "2018-07-18", money="4340000000 EUR")),
        (INQUIRY, act(COMMISSION, "investigate", GOOGLE, "2015-09-15", charges=("privacy",))),
        (act(FRANCE, "arrest", DUROV, "2024-08-24"), act(FRANCE, "ban", TELEGRAM, "2024-08-26")),
        (act(FRANCE, "ban", TELEGRAM, "2018-04-16"), act(FRANCE, "ban", TELEGRAM, "2022-04-16")),
    ],
)
def test_cases_keep_matters_apart(one: Claim, other: Claim) -> None:
    """Another fine, company, country or topic is another matter; the founder's is not the company's."""
    assert len(resolve(one, other)[0]) == 2


def test_cases_join_what_one_decision_brings() -> None:
    """A fine and the order of the same day are one matter, of the parent and its service too."""
    order = act(DPC, "order", TIKTOK, "2023-09-01")
    fine = act(DPC, "fine", BYTEDANCE, "2023-09-01", money="345000000 EUR")
    denial = act(TIKTOK, "deny", DPC, "2023-09-02")
    standings, actions = resolve(order, fine, denial)
    assert (standings, len(actions)) == (("decided",), 3)


def test_cases_join_what_is_told_from_both_sides() -> None:
    """Who is sued sues back: one case of two private parties. Two states that accuse one another have two."""
    epic, apple, germany = (KB.refer_to(id) for id in ("epic-games", "apple", "germany"))
    suit = act(epic, "sue", apple, "2020-08-13", charges=("antitrust",))
    assert resolve(suit, act(apple, "sue", epic, "2020-09-08"))[0] == ("open",)
    assert resolve(suit, act(apple, "accuse", epic, "2020-08-14"))[0] == ("open",)
    words = act(FRANCE, "accuse", germany, "2020-08-13"), act(germany, "accuse", FRANCE, "2020-08-14")
    assert len(resolve(*words)[0]) == 2


def test_cases_keep_rows_of_a_tracker_apart() -> None:
    """Two fines of one sum within weeks are two cases if a tracker counts both; a planned one belongs to the fine."""
    rows = [tell(day, money="40000 EUR", date=day, rule="tracker:etid/fine") for day in ("2021-10-13", "2021-10-19")]
    assert resolve(*rows)[0] == ("decided", "decided")
    plan = tell("plan", date="2021-10-01", status="planned", rule="tracker:etid/fine")
    assert resolve(rows[0], plan)[0] == ("decided",)


def test_cases_tell_what_is_disputed() -> None:
    """Two sums or two days of one action, and a deed that is denied elsewhere, are disputed."""
    sums = [tell("a", money="100 EUR", date="2022-10-17"), tell("b", money="93 EUR", date="2022-10-17")]
    days = [tell("a", date="2022-10-17"), tell("b", date="2022-10-19"), tell("c", date="2022")]
    outcomes = [tell("a", date="2022-10-17"), tell("b", date="2022-10-17", status="negated")]
    for claims, disputed in ((sums, ("amount",)), (days, ("date",)), (outcomes, ("outcome",)), (sums[:1], ())):
        (case,) = resolve_cases(resolve_claims(claims))
        assert case.disputed == disputed


def test_cases_know_every_stage_and_standing() -> None:
    """Each stage of the table leaves a standing of the list, and no standing is out of reach."""
    told = {rule.stage for rule in load_stage_rules()} - {""}
    assert told == set(STAGES)
    reached = {find_standing([]), "announced", "voiced", "open"}
    for stage in STAGES:
        (action,) = resolve_claims([FINE])
        object.__setattr__(action, "stage", stage)
        reached.add(find_standing([action]))
    assert reached | {"lifted"} == set(STANDINGS)


@pytest.mark.parametrize(
    ("action", "actor", "target", "trigger", "stage"),
    [
        ("sue", TIKTOK, FRANCE, "sued", "appeal"),
        ("sue", FRANCE, TIKTOK, "sued", "proceedings"),
        ("convict", COURT, GOOGLE, "upheld", "upholding"),
        ("convict", COMMISSION, GOOGLE, "found", "decision"),
        ("release", COURT, GOOGLE, "struck down", "annulment"),
        ("release", FRANCE, TELEGRAM, "unblocked", "lifting"),
        ("accuse", FRANCE, TELEGRAM, "accused", None),
    ],
)
def test_stages_follow_the_table(action: str, actor, target, trigger: str, stage: str | None) -> None:  # type: ignore[no-untyped-def]
    """What an action is in a case depends on who does it to whom, and on the word that tells it."""
    assert find_stage(action, actor, target, [trigger]) == stage
