from __future__ import annotations

import datetime

import pytest

from kg.analysis import Selection, parse_window, select_actions
from kg.errors import QueryError
from tests.analysis.samples import make_action, make_data


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022..2024", "2022-01-01", "2024-12-31"),
        ("2024-03..", "2024-03-01", None),
        ("..2023-06-15", None, "2023-06-15"),
    ],
)
def test_window_reads_what_people_type(text: str, first: str | None, last: str | None) -> None:
    """A window is a date, or two with dots between them of which one may be missing; both ends are included."""
    window = parse_window(text)
    assert window.first == (datetime.date.fromisoformat(first) if first else None)
    assert window.last == (datetime.date.fromisoformat(last) if last else None)


@pytest.mark.parametrize("text", ["", "..", "24", "2024-13", "2024-1", "2024..2022", "yesterday", "0000..", "٢٠٢٤"])
def test_window_refuses_what_is_none(text: str) -> None:
    """What is no window is refused in one line that names it."""
    with pytest.raises(QueryError, match="window") as refusal:
        parse_window(text)
    assert repr(text) in str(refusal.value)


def test_window_holds_a_date_only_whole() -> None:
    """A year lies in a window of that year, not in one of half of it; what has no date lies in none."""
    assert parse_window("2024").holds("2024")
    assert parse_window("2024").holds("2024-12-31")
    assert not parse_window("2024-01..2024-06").holds("2024")
    assert parse_window("2024-01..2024-06").holds("2024-06")
    assert not parse_window("2024..").holds("2023-12-31")
    assert not parse_window("2024..").holds(None)


def test_selection_counts_by_default_what_happened() -> None:
    """By default every actual action counts, and no planned or negated one."""
    data = make_data(
        make_action("a", "france", "fine", "tiktok"),
        make_action("b", "france", "fine", "tiktok", status="planned"),
        make_action("c", "france", "fine", "tiktok", status="negated"),
    )
    assert [action.id for action in select_actions(data, Selection()).actions] == ["a"]
    everything = Selection(statuses=("actual", "planned", "negated"))
    assert [action.id for action in select_actions(data, everything).actions] == ["a", "b", "c"]


def test_selection_narrows_by_each_condition() -> None:
    """Confidence, sources, kind or group, and window each leave out what does not meet them."""
    data = make_data(
        make_action("a", "france", "fine", "tiktok", "2023-05", confidence=0.9, sources=2),
        make_action("b", "france", "accuse", "tiktok", "2024", confidence=0.4, sources=1),
        make_action("c", "france", "ban", "tiktok", None, reported="2024-02-01", confidence=0.6, sources=3),
    )

    def choose(**conditions: object) -> list[str]:
        return [one.id for one in select_actions(data, Selection(**conditions)).actions]  # type: ignore[arg-type]

    assert choose(min_confidence=0.6) == ["a", "c"]
    assert choose(min_sources=2) == ["a", "c"]
    assert choose(kinds=("coercion",)) == ["a", "c"]
    assert choose(kinds=("accuse", "ban")) == ["b", "c"]
    assert choose(window=parse_window("2024")) == ["b", "c"]
    assert choose(window=parse_window("2023"), min_confidence=0.95) == []


@pytest.mark.parametrize(
    "conditions", [{"statuses": ("maybe",)}, {"min_confidence": 1.5}, {"min_sources": 0}, {"kinds": ("fnie",)}]
)
def test_selection_refuses_what_is_out_of_range(conditions: dict[str, object]) -> None:
    """An unknown status or action, or a number out of range, is refused."""
    with pytest.raises(QueryError, match="want"):
        Selection(**conditions)  # type: ignore[arg-type]
