from __future__ import annotations

import pytest

from kg.analysis import find_measure
from kg.analysis.measures.dyads import find_dyads
from kg.analysis.measures.ladders import find_ladders, find_rung, list_steps, load_rungs
from kg.analysis.measures.transitions import count_transitions
from kg.analysis.records import TOWARDS
from kg.model.vocabulary import ACTION_GROUPS
from tests.analysis.samples import make_action, make_data

STORY = make_data(
    make_action("a", "france", "accuse", "telegram", "2024-01-10"),
    make_action("b", "france", "investigate", "telegram", "2024-02-09"),
    make_action("c", "france", "fine", "telegram", "2024-06-08"),
    make_action("d", "france", "ban", "telegram", "2024-06"),
    make_action("e", "telegram", "deny", "france", "2024-01-15"),
    make_action("f", "telegram", "appeal", "france", "2024-06-18"),
    make_action("g", "telegram", "comply", "france"),
    make_action("h", "telegram", "moderate", "france", "2023"),
    make_action("i", "germany", "accuse", "tiktok", "2023", reported="2024-01-01"),
    make_action("j", "germany", "fine", "tiktok", None, reported="2024-01-01"),
)


def test_dyads_pair_actions_with_what_came_back() -> None:
    """What the target did towards the actor answers, save what was surely before; delays count from the last action."""
    dyads = {(dyad.actor, dyad.target): dyad for dyad in find_dyads(STORY)}
    dyad = dyads["france", "telegram"]
    assert [action.id for action in dyad.actions] == ["a", "b", "d", "c"]  # 2024-06 may be before 2024-06-08
    assert [answer.id for answer in dyad.answers] == ["e", "f", "g"]
    assert dyad.delays == (5, 10)
    assert dyads["germany", "tiktok"].answers == ()


def test_dyads_table_counts_kinds() -> None:
    """A row says how often, by which actions, and the median delay."""
    rows = {row[:2]: row[2:] for row in find_measure("dyads").make_table(STORY).rows}
    assert rows["France", "Telegram"] == (4, "accuse, ban, fine, investigate", 3, "appeal, comply, deny", 7.5)


def test_rungs_cover_what_is_against() -> None:
    """Each action of words, scrutiny and coercion that is against its target stands on a rung, and no other does."""
    names, rungs = load_rungs()
    wanted = {kind for group in ("words", "scrutiny", "coercion") for kind in ACTION_GROUPS[group]} - TOWARDS
    assert set(rungs) == wanted
    assert sorted(names) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("kind", "status", "rung"),
    [
        ("accuse", "actual", 1),
        ("accuse", "planned", 1),
        ("ban", "planned", 2),
        ("ban", "actual", 7),
        ("ban", "negated", None),
        ("comply", "actual", None),
    ],
)
def test_rung_of_a_plan_is_a_threat(kind: str, status: str, rung: int | None) -> None:
    """A planned measure is a threat; what did not happen, and what answers, stands on no rung."""
    assert find_rung(make_action("a", "france", kind, "telegram", status=status)) == rung


def test_ladders_are_in_order_of_time() -> None:
    """Of France's dated actions the ban, told to the month, stands at its first day; a first report is no date."""
    ladders = find_ladders(STORY)
    assert list(ladders) == [("france", "telegram")]
    assert [action.id for action in ladders["france", "telegram"]] == ["a", "b", "d", "c"]
    assert [step.days for step in list_steps(ladders["france", "telegram"])] == [30, None, None]
    (row,) = find_measure("ladders").make_table(STORY).rows
    assert row == (
        "France",
        "Telegram",
        4,
        6,
        "words > scrutiny > exclusion > penalty",
        "2024-01-10",
        "2024-06-08",
        150,
    )


def test_transitions_sum_to_one() -> None:
    """The shares of what follows a rung sum to 1, and the counts are those of the steps."""
    data = make_data(
        *STORY.actions,
        make_action("k", "dpc", "accuse", "tiktok", "2023-01-01"),
        make_action("l", "dpc", "accuse", "tiktok", "2023-01-03"),
        make_action("m", "dpc", "fine", "tiktok", "2023-01-13"),
    )
    assert count_transitions(data) == {(1, 3): [30], (3, 7): [None], (7, 6): [None], (1, 1): [2], (1, 6): [10]}
    rows = find_measure("transitions").make_table(data).rows
    assert rows[0] == ("words", "words", 1, pytest.approx(1 / 3, abs=1e-6), 2, 1)
    assert sum(row[3] for row in rows if row[0] == "words") == pytest.approx(1, abs=1e-5)  # type: ignore[misc]
