from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli.lines import clean_line
from kg.cli.run import run


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["frobnicate"], 2, "no command 'frobnicate': there are build, "),
        (["build"], 2, "Missing"),
        (["build", "x"], 2, "'-o' / '--output'"),
        (["build", "x", "-o", "s", "--map", "text"], 2, "want FIELD=COLUMN"),
        (["build", "x", "-o", "s", "--processes", "0"], 2, "0 is not in the range"),
        (["export", "s", "-f", "xml"], 2, "'xml'"),
        (["export", "s"], 1, "s is no store"),
        (["view", "s"], 1, "s is no store"),
        (["stats", "ftp://x"], 1, "want memory:, a folder, or an http(s) address"),
        (["query", "s", "-"], 1, "s is no store"),
        (["query", "s", "q", "--platform"], 2, "--platform wants a value"),
        (["query", "s", "q", "r"], 2, "'r' is one word too many"),
        (["evaluate", "nowhere", "docs"], 1, "nowhere"),
    ],
)
def test_run_says_what_is_wrong_in_one_line(run_kg, arguments: list[str], code: int, said: str) -> None:
    """A wrong command line ends with 2, a failure with 1, each with one line on standard error and nothing else."""
    result = run_kg(*arguments)
    assert result.code == code
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert result.err.startswith("kg: ")
    assert said in result.err


def test_run_without_arguments_helps(run_kg) -> None:
    """``kg`` alone shows its help, and that is no failure."""
    result = run_kg()
    assert result.code == 0
    assert "Examples:" in result.out


def test_run_tells_its_version(run_kg) -> None:
    """``kg --version`` is the version of the package."""
    from kg import __version__

    assert run_kg("--version").out == f"kg {__version__}\n"


def test_run_shows_no_traceback_of_its_own_errors(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    """An error nobody foresaw is one line too, which says how to see more."""
    monkeypatch.delenv("KG_TRACEBACK", raising=False)
    monkeypatch.setitem(sys.modules, "kg.cli.stats", None)
    assert run(["stats", "s"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("kg: an error of kg itself, ModuleNotFoundError")
    assert said.endswith("(KG_TRACEBACK=1 shows where)\n")


def test_run_is_quiet_when_its_reader_leaves(store: Path) -> None:
    """``kg export … | head -c 1`` ends with 0 and says nothing."""
    command = [sys.executable, "-m", "kg", "export", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\nlines", "two lines"),
        ("\x1b[31mred\x1b[0m", "\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER}[0m"),
        ("right\u202eleft", "right\N{REPLACEMENT CHARACTER}left"),
        ("Zürich 東京", "Zürich 東京"),
    ],
)
def test_lines_are_safe_to_show(text: str, line: str) -> None:
    """No line break, escape sequence or direction mark of a name reaches the terminal."""
    assert clean_line(text) == line
