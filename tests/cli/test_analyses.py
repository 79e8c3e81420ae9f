from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.analysis import MEASURES
from kg.analysis.engines import ENGINES
from kg.cli.analyze import command
from kg.cli.selecting import STATUSES
from kg.model.vocabulary import STATUSES as ALL_STATUSES


def test_analyze_lists_every_measure(run_kg, store: Path) -> None:
    """The list needs no store, and has each measure with its question."""
    result = run_kg("analyze", "--list")
    assert (result.code, result.err) == (0, "")
    assert [name for name, one in MEASURES.items() if f"{name}\n    {one.title}" not in result.out] == []
    assert "price_year" not in result.out and "price_year" in run_kg("analyze", "--list", "fines").out
    assert run_kg("analyze", store, "--list").out == run_kg("analyze", store).out == result.out
    assert "did you mean fines" in run_kg("analyze", "--list", "fine").err


def test_analyze_writes_each_format(run_kg, store: Path) -> None:
    """The fine of the store, as a table, as CSV and as JSON with numbers."""
    record = json.loads(run_kg("analyze", store, "fines", "--format", "json").out)[0]
    assert (record["actor"], record["euros"], record["counts"], record["date"]) == ("Germany", 5100000, True, "2022")
    rows = list(csv.DictReader(io.StringIO(run_kg("analyze", store, "fines", "--format", "csv").out)))
    assert rows[0]["euros"] == "5100000"
    assert "Germany" in run_kg("analyze", store, "fines").out


def test_analyze_keeps_to_what_is_selected(run_kg, store: Path) -> None:
    """A window before the fine, or a wish for two sources, leaves nothing."""
    for narrower in (("--window", "2019..2021"), ("--min-sources", "2", "--action", "fine")):
        assert run_kg("analyze", store, "fines", *narrower).out.endswith("(nothing)\n")
    assert "Germany" in run_kg("analyze", store, "fines", "--window", "2022", "--action", "coercion").out


def test_analyze_tells_doubt_and_changes(run_kg, store: Path) -> None:
    """Sensitivity names what is left out; against itself a store has no changes."""
    assert "single sources" in run_kg("analyze", store, "strength", "--sensitivity").out
    assert run_kg("analyze", store, "changes", "--former", store).out.endswith("(nothing)\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("page-rank",), "did you mean pagerank?"),
        (("fines", "--window", "soon"), "'soon': want such as 2024"),
        (("fines", "--price-year", "1066"), "1066: want one from 1996"),
        (("fines", "--action", "fnie"), "'fnie': want one of"),
        (("fines", "--sensitivity"), "ranks no agents"),
        (("changes",), "--former"),
    ],
)
def test_analyze_refuses_in_a_line(run_kg, store: Path, words: tuple[str, ...], said: str) -> None:
    """What is wrong is said in one line, with what is allowed."""
    result = run_kg("analyze", store, *words)
    assert result.code == 1 and result.out == ""
    assert said in result.err and result.err.count("\n") == 1


def test_analyze_wants_a_store(run_kg) -> None:
    """Without a store and without --list the command line is wrong."""
    assert run_kg("analyze").code == 2


def test_analyze_offers_what_there_is() -> None:
    """The engines and statuses that the options offer are those of the library."""
    engine = next(parameter for parameter in command.params if parameter.name == "engine")
    assert tuple(engine.type.choices) == ENGINES  # type: ignore[attr-defined]
    assert (*ALL_STATUSES, "any") == STATUSES


def test_report_writes_a_folder(run_kg, store: Path, tmp_path: Path) -> None:
    """The page and its tables are where they should be, and say so; a file in the place of the folder is refused."""
    result = run_kg("report", store, "-o", tmp_path / "out")
    assert (result.code, result.err) == (0, "")
    assert result.out == f"1 actions, 21 tables: {tmp_path / 'out' / 'index.html'}\n"
    assert "Germany" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused = run_kg("report", store, "-o", tmp_path / "file")
    assert refused.code == 1 and "it is a file" in refused.err
