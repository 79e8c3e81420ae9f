"""Values of cells: where they come from, and in which part of the cell they stand."""

from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.trackers.amounts import read_amount, read_date
from kg.trackers.mapping import Amount, Date, Value
from kg.trackers.values import find_values, hold_conditions

CELLS = {"apps": 'TikTok, WeChat and "QQ Zone" (Tencent), ', "state": "Ended", "day": "3 March 2021", "note": "A; B"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ({"column": "state"}, ["Ended"]),
        ({"column": "missing"}, []),
        ({"value": "x"}, ["x"]),
        ({"column": "missing", "value": "x"}, []),
        ({"column": "state", "value": ["x", "y"]}, ["x", "y"]),
        ({"column": "apps", "split": r"\s*(?:,|\band\b)\s*"}, ["TikTok", "WeChat", 'QQ Zone" (Tencent)']),
        ({"column": "apps", "split": r"\s*(?:,|\band\b)\s*", "strip": r" \(.*\)$"}, ["TikTok", "WeChat", "QQ Zone"]),
        ({"column": "apps", "split": ",", "like": "^T"}, ["TikTok"]),
        ({"column": "state", "none": "ENDED"}, []),
        ({"column": "state", "map": {"ended": ["over", "past"]}}, ["over", "past"]),
        ({"column": "state", "map": {"open": "x"}, "default": "y"}, ["y"]),
        ({"column": "state", "map": {"open": "x"}, "keep": True}, ["Ended"]),
        (
            {"column": "state", "patterns": [{"matches": "^end", "gives": "x"}, {"matches": "d$", "gives": "y"}]},
            ["x", "y"],
        ),
        ({"column": "state", "patterns": [{"matches": "^open", "gives": "x"}]}, []),
        ({"column": "state", "when": {"day": "3 march 2021"}}, ["Ended"]),
        ({"column": "state", "when": {"day": "4 March 2021"}}, []),
        ({"first_of": [{"column": "missing"}, {"column": "state"}, {"column": "day"}]}, ["Ended"]),
        ({"all_of": [{"column": "state"}, {"column": "note", "split": "; "}]}, ["Ended", "A", "B"]),
    ],
)
def test_find_values(source: dict[str, object], expected: list[str]) -> None:
    """A source gives the values that it says, in the order of the cell."""
    assert [found.text for found in find_values(Value.model_validate(source), CELLS)] == expected


def test_find_values_knows_where_they_stand() -> None:
    """A value that stands in the cell has the part of the cell where it stands; a constant has the whole line."""
    found = find_values(Value(column="apps", split=",| and ", strip=r" \(.*\)$"), CELLS)
    assert [CELLS["apps"][slice(*one.part)] for one in found if one.part] == ["TikTok", "WeChat", "QQ Zone"]
    assert find_values(Value(column="state", value=("x",)), CELLS)[0].part is None


def test_find_values_refuses_what_a_map_does_not_know() -> None:
    """A text that a map without default lacks makes the row a bad one, by the column's name and the text."""
    with pytest.raises(SourceError, match="state: the mapping does not know 'Ended'"):
        find_values(Value.model_validate({"column": "state", "map": {"open": "x"}}), CELLS)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"state": {"is": ["Ended", "Open"]}}, True),
        ({"state": {"not": ["ended"]}}, False),
        ({"state": {"matches": "^en"}}, True),
        ({"state": {"matches": "^o"}}, False),
        ({"missing": {"empty": "true"}}, True),
        ({"state": {"empty": "true"}}, False),
        ({"state": {"empty": "false"}, "missing": {"is": [""]}}, True),
        ({"state": {"is": "Ended"}, "note": {"is": "C"}}, False),
    ],
)
def test_conditions(condition: dict[str, object], holds: bool) -> None:
    """A condition holds when all of its columns pass; case does not count, and an absent cell is an empty one."""
    value = Value.model_validate({"value": "x", "when": condition})
    assert hold_conditions(value.when, CELLS) is holds


@pytest.mark.parametrize(
    ("cell", "options", "expected"),
    [
        ("2021", {}, "2021"),
        ("2021-03", {}, "2021-03"),
        ("2021-03-04", {}, "2021-03-04"),
        ("2021-03-04T12:30:00Z", {}, "2021-03-04"),
        ("04.03.2021", {}, "2021-03-04"),
        ("04/03/2021", {"day_first": "false"}, "2021-04-03"),
        ("4 March 2021", {}, "2021-03-04"),
        ("March 2021", {}, "2021-03"),
        ("Mar 4, 2021", {}, "2021-03-04"),
        ("2021-03-04", {"precision": "month"}, "2021-03"),
        ("2021-03-04", {"precision": "year"}, "2021"),
        ("2021", {"precision": "day"}, "2021"),
        ("Unknown", {"none": "unknown"}, None),
        ("", {}, None),
    ],
)
def test_read_date(cell: str, options: dict[str, str], expected: str | None) -> None:
    """Days are read in every usual writing, and come out no more precise than they stand."""
    date = read_date(Date.model_validate({"column": "day", **options}), {"day": cell} if cell else {})
    assert (date.iso if date else None) == expected


@pytest.mark.parametrize("cell", ["2021-02-30", "2021-13", "31 juin 2019", "soon", "5", "4 March"])
def test_read_date_refuses(cell: str) -> None:
    """A day that there is not, or without a year, makes a bad row."""
    with pytest.raises(SourceError, match="day: '.*' is no date"):
        read_date(Date(column="day"), {"day": cell})


@pytest.mark.parametrize(
    ("cell", "options", "expected"),
    [
        ("50000000", {"currency": "EUR"}, ("50000000", "EUR")),
        ("1,234.50", {"currency": "GBP"}, ("1234.5", "GBP")),
        ("2.424,495", {"currency": "EUR", "decimal": ",", "unit": "1000000"}, ("2424495000", "EUR")),
        ("1 000 000", {"currency": "EUR"}, ("1000000", "EUR")),
        ("12.5", {"currency_column": "code", "unit": "1000"}, ("12500", "GBP")),
        ("Unknown", {"currency": "EUR", "like": r"^\d"}, None),
        ("", {"currency_column": "code"}, None),
    ],
)
def test_read_amount(cell: str, options: dict[str, str], expected: tuple[str, str] | None) -> None:
    """Sums are read by the mapping's decimal sign, unit and currency, exactly."""
    cells = {"code": "£", **({"sum": cell} if cell else {})}
    money = read_amount(Amount.model_validate({"column": "sum", **options}), cells)
    assert ((f"{money.amount:f}", money.currency) if money else None) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"sum": "two hundred", "code": "EUR"}, "sum: 'two hundred' is no amount"),
        ({"sum": "-5", "code": "EUR"}, "sum: '-5' is no amount"),
        ({"sum": "NaN", "code": "EUR"}, "sum: 'NaN' is no amount"),
        ({"sum": "9e99", "code": "EUR"}, "sum: '9e99' is no amount"),
        ({"sum": "5", "code": "gold"}, "code: 'gold' is no currency"),
        ({"sum": "5"}, "code: '' is no currency"),
    ],
)
def test_read_amount_refuses(cells: dict[str, str], expected: str) -> None:
    """A cell that is no sum, or a currency that there is not, makes a bad row, by the column's name and the text."""
    with pytest.raises(SourceError, match=expected):
        read_amount(Amount.model_validate({"column": "sum", "currency_column": "code"}), cells)
