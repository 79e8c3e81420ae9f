from __future__ import annotations

import math
from datetime import date
from itertools import groupby, pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import find_measure
from kg.analysis.measures.leads import count_leads
from kg.analysis.measures.waves import cut_bursts, find_bursts, find_waves
from tests.analysis.samples import make_action, make_data


def compute_cost(days: list[int], states: tuple[int, ...]) -> float:
    """The cost of a sequence of states, straight from Kleinberg's paper (s = 2, gamma = 1)."""
    gaps = [after - before for before, after in pairwise(days)]
    usual = len(gaps) / max(1, sum(gaps))
    enter = math.log(len(gaps)) if len(gaps) > 1 else 1.0
    cost, before = 0.0, 0
    for gap, state in zip(gaps, states, strict=True):
        rate = usual * 2**state
        cost += (enter if state > before else 0) + rate * gap - math.log(rate)
        before = state
    return cost


@settings(deadline=None, max_examples=150)
@given(st.lists(st.integers(0, 400), min_size=2, max_size=9))
def test_bursts_are_the_cheapest_of_all_sequences(days: list[int]) -> None:
    """No sequence of states, of all there are, is cheaper than the one that the bursts stand for."""
    days.sort()
    states = [0] * (len(days) - 1)
    for start, end in find_bursts(days):
        states[start:end] = [1] * (end - start)
    best = min(compute_cost(days, other) for other in product((0, 1), repeat=len(states)))
    assert compute_cost(days, tuple(states)) <= best + 1e-9


def test_bursts_are_where_events_crowd() -> None:
    """Six events in as many days among rare ones are one burst; evenly spread events are none; one event is none."""
    assert find_bursts([0, 200, 400, 600, 601, 602, 603, 604, 605, 800, 1000]) == [(3, 8)]
    assert find_bursts(list(range(0, 1000, 100))) == []
    assert find_bursts([5]) == [] and find_bursts([]) == []


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 3000), min_size=2, max_size=40))
def test_bursts_don_t_overlap(days: list[int]) -> None:
    """Bursts come in order, each of two events at least, none within another."""
    found = find_bursts(sorted(days))
    assert all(start < end for start, end in found)
    assert all(one[1] < other[0] or one[1] == other[0] for one, other in pairwise(found))


def test_bursts_are_cut_where_it_is_quiet() -> None:
    """A gap of 61 days ends a part, one of 60 does not; a lone event is no part."""
    days = [0, 60, 121, 122, 300]
    assert cut_bursts(days, [(0, 4)]) == [(0, 1), (2, 3)]
    assert cut_bursts(days, [(1, 2)]) == []


def make_wave() -> list[object]:
    """Four actions of three countries in a week, and lone ones years apart."""
    days = ["2018-01-01", "2020-01-01", "2024-08-24", "2024-08-26", "2024-08-26", "2024-08-30"]
    actors = ["france", "france", "france", "dpc", "cnil", "germany"]
    kinds = ["fine", "fine", "investigate", "investigate", "fine", "ban"]
    return [
        make_action(f"a{number}", actor, kind, "telegram", day)
        for number, (day, actor, kind) in enumerate(zip(days, actors, kinds, strict=True))
    ]


def test_waves_say_who_moved_first() -> None:
    """The burst of August is a wave of three countries: France first, Ireland after two days, Germany after six."""
    (wave,) = find_waves(make_data(*make_wave()))  # type: ignore[arg-type]
    assert (wave.target, wave.actions) == ("telegram", 4)
    assert wave.movers == (
        ("france", date(2024, 8, 24)),
        ("ireland", date(2024, 8, 26)),
        ("germany", date(2024, 8, 30)),
    )
    assert count_leads([wave, wave]) == {
        ("france", "ireland"): [2, 2],
        ("france", "germany"): [6, 6],
        ("ireland", "germany"): [4, 4],
    }


def test_waves_want_days_deeds_and_several_countries() -> None:
    """Words, what private agents do, months without a day and first reports make no wave, nor do too few countries."""
    base = make_data(*make_wave())  # type: ignore[arg-type]
    assert find_waves(base, min_jurisdictions=4) == []
    for change in (
        {"type": "accuse"},
        {"actor": "users"},
        {"date": "2024-08"},
        {"date": None, "reported": "2024-08-30"},
    ):
        fields = {"id": "a5", "actor": "germany", "type": "ban", "target": "telegram", "date": "2024-08-30"} | change
        changed = make_data(*base.actions[:5], make_action(**fields))  # type: ignore[arg-type]
        assert find_waves(changed) == []


def test_leads_table_counts_the_reverse() -> None:
    """Each row says how often the pair moved in the other order."""
    rows = find_measure("leads").make_table(make_data(*make_wave())).rows  # type: ignore[arg-type]
    assert ("France", "Germany", 1, 0, 6) in rows
    assert [key for key, _ in groupby(row[3] for row in rows)] == [0]
