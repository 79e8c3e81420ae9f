from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli.answers import FORMATS as ANSWER_FORMATS
from kg.cli.command import ExampleCommand
from kg.cli.group import COMMANDS, cli
from kg.cli.query import FORMATS as QUERY_FORMATS
from kg.cli.reference import render_reference
from kg.export import RDF_FORMATS as EXPORTED
from kg.export import TABLE_NAMES
from kg.export.enforcement import TABLES
from kg.rdf import FORMATS as RDF_FORMATS


def get_command(name: str) -> ExampleCommand:
    """Import one command."""
    command = cli.get_command(click.Context(cli), name)
    assert isinstance(command, ExampleCommand)
    return command


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_examples_that_parse(name: str) -> None:
    """Every command has an example in its help, and the command line takes its options."""
    command = get_command(name)
    assert command.examples
    for line, _ in command.examples:
        part = next(part for part in line.split("|") if "kg " in part)
        words = part.split("<")[0].split("kg ", 1)[1].replace("'", "").split()
        assert words[0] == name
        if "'" not in line:
            parent = click.Context(cli, info_name="kg", **cli.context_settings)
            command.make_context(name, words[1:], parent=parent)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_describes_everything(name: str) -> None:
    """Every command says in a line what it does, and every option what it is for."""
    command = get_command(name)
    assert command.help and command.short_help and command.short_help.endswith(".")
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_help_lists_the_modules_of_the_folder() -> None:
    """A module that holds a command is a command of ``kg``."""
    folder = Path(sys.modules["kg.cli"].__file__ or "").parent
    modules = {path.stem for path in folder.glob("*.py") if "\ndef command(" in path.read_text(encoding="utf-8")}
    assert modules == set(COMMANDS)


def test_help_is_fast() -> None:
    """``kg --help`` takes less than 0.3 s of a processor: its time on a quiet machine, whoever else is at work."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "kg", "--help"], stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.3


def test_help_page_is_up_to_date(tree: Path) -> None:
    """docs/cli.md is what ``make docs`` writes."""
    assert (tree / "docs/cli.md").read_text(encoding="utf-8") == render_reference(), "run make docs"


def test_help_names_the_formats_that_there_are() -> None:
    """The formats that commands offer are those that the stages write."""
    assert EXPORTED == RDF_FORMATS
    assert set(TABLE_NAMES) == set(TABLES)
    assert QUERY_FORMATS == ANSWER_FORMATS
