from __future__ import annotations

import random
from dataclasses import replace

import pytest
from scipy.stats import spearmanr

from kg.analysis import Options, Selection, find_measure, measure_sensitivity, parse_window
from kg.analysis.measures.changes import compare_builds
from kg.analysis.measures.similarity import compute_cosine, compute_jaccard
from kg.analysis.sensitivity import correlate_ranks, rank_scores
from kg.errors import QueryError
from tests.analysis.samples import make_action, make_data


def test_similarity_by_hand() -> None:
    """Profiles (1, 2) and (2, 4) point one way, (1, 0) and (0, 1) at right angles; of three targets one is shared."""
    assert compute_cosine({"tax": 1, "privacy": 2}, {"tax": 2, "privacy": 4}) == pytest.approx(1)
    assert compute_cosine({"tax": 1}, {"privacy": 1}) == 0
    assert compute_cosine({"tax": 1, "privacy": 1}, {"tax": 1}) == pytest.approx(2**-0.5)
    assert compute_cosine({}, {"tax": 1}) == 0
    assert compute_jaccard({"a", "b"}, {"b", "c"}) == pytest.approx(1 / 3)


def test_similarity_compares_countries_by_their_authorities() -> None:
    """France's regulator counts for France; a country with a single action is left out."""
    data = make_data(
        make_action("a", "cnil", "fine", "tiktok", charges=("privacy",)),
        make_action("b", "france", "ban", "telegram", charges=("privacy",)),
        make_action("c", "dpc", "fine", "tiktok", charges=("privacy",)),
        make_action("d", "dpc", "fine", "tiktok", charges=("childrens-privacy",)),
        make_action("e", "germany", "fine", "tiktok", charges=("privacy",)),
    )
    (row,) = find_measure("similarity").make_table(data).rows
    assert row == ("France", "Ireland", pytest.approx(2**-0.5, abs=1e-6), 0.5, "privacy", "TikTok", 2, 2)


def test_changes_pair_actions_by_id_then_by_parties() -> None:
    """An action with another id but the same actor, kind and target changed; what has no counterpart came or went."""
    former = make_data(
        make_action("a", "dpc", "fine", "tiktok", "2023", sources=1),
        make_action("b", "dpc", "investigate", "tiktok", "2021"),
        make_action("c", "cnil", "fine", "tiktok", "2022"),
        make_action("d", "france", "ban", "telegram"),
    )
    latter = make_data(
        make_action("a", "dpc", "fine", "tiktok", "2023", sources=3),
        make_action("x", "dpc", "investigate", "tiktok", "2021"),
        make_action("y", "cnil", "fine", "tiktok", "2022-12-29"),
        make_action("z", "germany", "fine", "telegram"),
    )
    changes = compare_builds(former, latter)
    assert [(change.kind, change.action.id) for change in changes] == [
        ("added", "z"),
        ("changed", "a"),
        ("changed", "y"),
        ("removed", "d"),
    ]
    assert changes[1].differences == {"sources": (1, 3)}
    assert changes[2].differences == {"date": ("2022", "2022-12-29")}
    assert compare_builds(latter, latter) == []
    rows = find_measure("changes").make_table(latter, Options(former=former)).rows
    assert rows[1][0] == "changed" and rows[1][6] == "sources: 1 > 3"


def test_changes_want_a_former_build() -> None:
    """Without a store to compare with there is nothing to say, and the refusal says what is wanted."""
    with pytest.raises(QueryError, match="--former"):
        find_measure("changes").make_table(make_data())


def test_ranks_share_their_mean_and_correlate_as_in_scipy() -> None:
    """Ranks with ties, and their correlation, are those of scipy's spearmanr."""
    assert rank_scores({"a": 5, "b": 3, "c": 3, "d": 1}) == {"a": 1, "b": 2.5, "c": 2.5, "d": 4}
    chance = random.Random(4)
    one, other = ({name: chance.randint(0, 9) for name in "abcdefghijkl"} for _ in range(2))
    mine = correlate_ranks([rank_scores(one)[name] for name in one], [rank_scores(other)[name] for name in one])
    assert mine == pytest.approx(spearmanr(list(one.values()), list(other.values())).statistic, abs=1e-6)
    assert correlate_ranks([1, 1], [1, 2]) is None and correlate_ranks([1], [1]) is None


def test_sensitivity_says_how_much_moves() -> None:
    """Without single sources only the sure fine stays, and it is said who leaves."""
    data = make_data(
        make_action("a", "dpc", "fine", "tiktok", confidence=0.95, sources=2),
        make_action("b", "france", "accuse", "telegram", confidence=0.3),
        make_action("c", "germany", "accuse", "telegram", confidence=0.6),
    )
    table = measure_sensitivity(data, find_measure("strength"))
    rows = {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}
    assert list(rows) == ["confidence below 0.5", "confidence below 0.7", "confidence below 0.9", "single sources"]
    assert rows["confidence below 0.5"]["actions"] == 2
    assert rows["single sources"]["actions"] == 1
    assert rows["single sources"]["share"] == pytest.approx(1 / 3, abs=1e-6)
    assert rows["single sources"]["falls"] == "Telegram leaves"
    # Dropping nothing moves nobody.
    sure = measure_sensitivity(make_data(data.actions[0]), find_measure("strength")).rows
    assert all(row[4] == 1 and row[6] is None for row in sure)


def test_sensitivity_keeps_to_the_selection() -> None:
    """What a selection leaves out stays out, and thresholds that it has already are not tried again."""
    data = make_data(make_action("a", "dpc", "fine", "tiktok", "2023"), make_action("b", "dpc", "fine", "x", "2024"))
    data = replace(data, agents=dict(data.agents) | {"x": data.agents["tiktok"]})
    chosen = Selection(window=parse_window("2023"), min_confidence=0.7, min_sources=2)
    table = measure_sensitivity(data, find_measure("strength"), chosen)
    assert [row[0] for row in table.rows] == ["confidence below 0.9"]
    with pytest.raises(QueryError, match="ranks no agents"):
        measure_sensitivity(data, find_measure("fines"))
