from __future__ import annotations

import csv
from functools import cache

import pytest

from kg.model.vocabulary import GROUP_OF
from kg.resources import find_data

JUDGED = find_data() / "gold" / "judged"


@cache
def _read_rows(name: str) -> list[dict[str, str]]:
    with (JUDGED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.mark.parametrize("name", ["news.tsv", "unsure.tsv"])
def test_judged_edges_are_well_formed(name: str) -> None:
    """Actions, statuses and labels are of the closed lists, and no edge of a document is judged twice."""
    rows = _read_rows(name)
    assert {row["label"] for row in rows} == {"right", "wrong", "optional"}
    assert {row["status"] for row in rows} <= {"actual", "planned", "negated"}
    assert {row["action"] for row in rows} <= set(GROUP_OF)
    keys = [tuple(row[field] for field in row if field not in ("start", "label")) for row in rows]
    assert len(keys) == len(set(keys))
    assert all(row["start"].isdigit() and row["actor"] and row["target"] for row in rows)


def test_judged_edges_hold_no_text() -> None:
    """Of the texts, which belong to others, there are names alone: no field runs on."""
    fields = [value for name in ("news.tsv", "unsure.tsv") for row in _read_rows(name) for value in row.values()]
    assert max(map(len, fields)) < 160


def test_judged_documents_are_in_one_set_only() -> None:
    """The edges that the confidence is calibrated on come from other documents than those chosen for their doubt."""
    drawn, unsure = ({(row["source"], row["document"]) for row in _read_rows(n)} for n in ("news.tsv", "unsure.tsv"))
    assert drawn.isdisjoint(unsure)
