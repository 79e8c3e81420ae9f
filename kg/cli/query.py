"""``kg query``: ask the graph."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.command import ExampleCommand
from kg.cli.output import open_output
from kg.cli.stores import opened_store
from kg.errors import QueryError

if TYPE_CHECKING:
    from kg.query import Parameter

FORMATS = ("table", "csv", "json", "ttl")


@click.command(
    cls=ExampleCommand,
    short_help="Ask the graph a named question, or any SPARQL.",
    context_settings={"ignore_unknown_options": True},
    examples=(
        ("kg query --list", "list the questions and their parameters"),
        ("kg query store who-acted-against --platform Telegram", "ask one of them"),
        ("kg query store who-acted-against --platform TikTok --format csv -o tiktok.csv", "for a spreadsheet"),
        ("kg query store - < any.rq", "ask any SPARQL 1.1 query"),
        ("echo 'SELECT * { ?actor plr:fined ?target }' | kg query store -", "who fined whom?"),
    ),
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="STORE [QUESTION] [--PARAMETER X]...")
@click.option("--list", "listing", is_flag=True, help="List the questions and their parameters.")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", help="By default table.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write; standard output by default.")
@click.option("--allow-service", is_flag=True, help="Let the query ask other servers too (SERVICE).")
@click.pass_context
def command(
    context: click.Context, words: tuple[str, ...], listing: bool, form: str, output: str, allow_service: bool
) -> None:
    """Ask STORE a QUESTION; without one, list the questions.

    A question's parameters are options of its own, such as --platform Telegram. The question - reads a SPARQL 1.1
    query from standard input, over all documents together, with the usual prefixes set.
    """
    names, values = parse_words(context, words)
    if listing:
        _list_questions()
        return
    if not names:
        context.fail("Missing argument 'STORE'.")
    if len(names) == 1:
        with opened_store(names[0]):  # A name that is mistyped is told now rather than with the question.
            _list_questions()
        return
    if len(names) > 2:
        context.fail(f"{names[2]!r} is one word too many: want one store and one question")
    store, question = names
    from kg.cli.answers import read_answer, write_answer
    from kg.query import answer_question, ask_query
    from kg.rdf import make_prefixes

    with opened_store(store) as opened:
        if question == "-":
            if values:
                context.fail(f"--{next(iter(values))}: a query from standard input has no parameters")
            result = ask_query(opened, _read_query(), allow_service=allow_service)
        else:
            result = answer_question(opened, question, values)
        answer, prefixes = read_answer(result), make_prefixes(opened.base)
    is_terminal = output == "-" and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else None
    with open_output(output) as out:
        write_answer(answer, form, out, prefixes=prefixes, width=width)


def parse_words(context: click.Context, words: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    """Part the names of store and question from the parameters, in any order: ``--year 2024`` or ``--year=2024``."""
    names: list[str] = []
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word == "-" or not word.startswith("-"):
            names.append(word)
            continue
        name, sign, value = word.lstrip("-").partition("=")
        given = value if sign else next(rest, None)
        if not word.startswith("--") or not name:
            context.fail(f"no such option: {word}")
        if given is None:
            context.fail(f"{word} wants a value")
        if name in values:
            context.fail(f"--{name} is given twice")
        values[name] = given
    return names, values


def _read_query() -> str:
    if sys.stdin is None:
        raise QueryError("standard input is closed: want a query there")
    try:
        query = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"query: byte {error.start + 1} is not UTF-8") from error
    if not query.strip():
        raise QueryError("query: standard input is empty")
    return query


def _list_questions() -> None:
    from kg.query import list_questions

    for question in list_questions():
        click.echo(f"{question.name}\n    {question.title}")
        for one in question.parameters:
            click.echo(f"    --{one.name} {one.type.upper()}  {one.description} {_describe_value(one)}")


def _describe_value(parameter: Parameter) -> str:
    if parameter.default is not None:
        return f"({parameter.default} by default)"
    return f"(such as {parameter.example})" if parameter.required else f"(optional, such as {parameter.example})"
