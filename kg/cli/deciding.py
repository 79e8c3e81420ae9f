"""What the commands that take decisions share: the file of judgements, who decides, and the answers."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.cli.stores import is_address
from kg.errors import DataError, KgError

if TYPE_CHECKING:
    from kg.judge import Judgements
    from kg.kb import KnowledgeBase

Function = TypeVar("Function", bound=Callable[..., Any])

judgements_option = click.option(
    "--judgements",
    "path",
    metavar="FILE",
    help="The file of judgements; by default judgements.jsonl in the store's folder.",
)


def add_deciding_options(function: Function) -> Function:
    """Add the options of the commands that ask."""
    for option in (
        click.option(
            "--json", "as_json", is_flag=True, help="Print what would be asked as JSON lines, to fill in answers."
        ),
        click.option("--list", "listing", is_flag=True, help="Print what would be asked, and ask nothing."),
        click.option("--answers", metavar="FILE", help="Take the answers from JSON lines; - is standard input."),
        click.option("--when", metavar="TIME", help="The day or the time in UTC of the decisions; now by default."),
        click.option("--why", default="", metavar="TEXT", help="The reason to note with each decision."),
        click.option("--by", default=None, metavar="NAME", help="Who decides; by default the name of the user."),
        click.option("--limit", type=click.IntRange(1), metavar="N", help="Ask no more than N questions."),
        judgements_option,
    ):
        function = option(function)
    return function


def find_file(store: str, path: str | None) -> Path:
    """Find the file of judgements that goes with a store.

    Raises
    ------
    KgError
        If the store is an endpoint, which has no folder, and no file is named.
    """
    from kg.judge import FILE_NAME

    if path is not None:
        return Path(path)
    if is_address(store):
        raise KgError(f"{store} is an endpoint and has no folder: name the file with --judgements")
    return Path(store) / FILE_NAME


class Decisions:
    """The judgements of a file, to which more are added one by one; each is written at once.

    Parameters
    ----------
    file
        The file, which is made with the first decision.
    by, when, why
        Who decides, when (now if None) and for what reason.
    """

    def __init__(self, file: Path, by: str | None, when: str | None, why: str) -> None:
        from kg.kb import load_knowledge_base
        from kg.review.decisions import DecisionFile

        self._decided = DecisionFile(file, load_knowledge_base(), by=by or _name_user(), when=when, why=why)
        self.sign, self.add = self._decided.sign, self._decided.add

    @property
    def kb(self) -> KnowledgeBase:
        """Knows the agents that a correction names."""
        return self._decided.kb

    @property
    def judgements(self) -> Judgements:
        """What was judged so far."""
        return self._decided.judgements

    @property
    def why(self) -> str:
        """The reason that is noted with each decision."""
        return self._decided.why

    def tell(self, store: str) -> None:
        """Say what was written, and how it takes effect."""
        if written := self._decided.written:
            decisions = "1 decision" if written == 1 else f"{written:,} decisions"
            click.echo(f"{decisions} written to {self._decided.file}; kg review apply {store} lets the graph follow")
        else:
            click.echo("nothing decided")


def read_answers(path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Read a file of answers, each line with its place; lines without an answer are passed over.

    Raises
    ------
    DataError
        If a line is no JSON object; the message names file and line.
    """
    with click.open_file(path, encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            place = f"{path}:{number}"
            if not line.strip():
                continue
            try:
                record = json.loads(line, parse_float=str)
            except (ValueError, RecursionError) as error:
                raise DataError(f"{place}: not JSON: {error}") from error
            if not isinstance(record, dict):
                raise DataError(f"{place}: want a JSON object with an answer")
            if record.get("answer"):
                yield place, record


def read_word(record: Mapping[str, Any], place: str, words: Mapping[str, str]) -> str:
    """Read an answer, in full or by its key.

    Raises
    ------
    DataError
        If it is none of those there are.
    """
    answer = record["answer"]
    for key, word in words.items():
        if answer in (key, word):
            return word
    allowed = ", ".join(dict.fromkeys(words.values()))
    raise DataError(f"{place}: answer {answer!r}: want one of {allowed}")


def read_note(record: Mapping[str, Any], name: str, place: str) -> str:
    """Read who or why of an answer; '' where it does not say.

    Raises
    ------
    DataError
        If it is no text.
    """
    value = record.get(name) or ""
    if not isinstance(value, str):
        raise DataError(f"{place}: {name} {value!r}: want a text")
    return value


def _name_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
