"""``kg alert``: what is new in the answers to your own questions."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import quiet_option
from kg.cli.output import open_output
from kg.cli.stores import is_address, opened_store
from kg.errors import KgError

if TYPE_CHECKING:
    from kg.watch.alerts import Alert

_NEWS = 3


@click.command(
    cls=ExampleCommand,
    short_help="Run rules in SPARQL, and tell what is new since last time.",
    examples=(
        ("kg alert new-bans store", "a rule that comes with kg; the exit code is 3 if there is something new"),
        ("kg alert --list", "list those"),
        ("kg alert --show large-fines > rules/mine.rq", "take one as a start for your own"),
        ("kg alert rules/ store --json | jq '.[].new'", "all rules of a folder, for a script"),
        ("kg alert rules/ store || mail -s 'News' me@example.org < /dev/null", "be told that there is something"),
    ),
)
@click.argument("words", nargs=-1, metavar="RULE... STORE")
@click.option("--list", "listing", is_flag=True, help="List the rules that come with kg.")
@click.option("--show", metavar="NAME", help="Print one of them.")
@click.option("--peek", is_flag=True, help="Tell it, and tell it again the next time.")
@click.option("--from-now", is_flag=True, help="Tell nothing of what is there now, but note it.")
@click.option(
    "--time-limit", type=click.FloatRange(0.1), default=60.0, metavar="SECONDS", help="For the answer to a rule; 60."
)
@click.option("--state", metavar="DIR", help="Where it notes what was told; by default STORE.alerts.")
@click.option("--json", "as_json", is_flag=True, help="Print what is new as JSON.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write; standard output by default.")
@quiet_option
@click.pass_context
def command(
    context: click.Context,
    words: tuple[str, ...],
    listing: bool,
    show: str | None,
    peek: bool,
    from_now: bool,
    time_limit: float,
    state: str | None,
    as_json: bool,
    output: str,
    quiet: bool,
) -> None:
    """Ask STORE each RULE, and tell the rows that its answer did not have the last time.

    A RULE is a file with a SPARQL SELECT, a folder of such files (*.rq), or one that comes with kg. The first time, all
    that it finds is new. What was told is noted by what the rule says, not by its name: a changed one begins anew.

    The exit code is 3 if anything is new, 0 if nothing is, and 1 if a rule fails; the others are asked all the same.
    """
    from kg.watch.rules import find_rules, list_shipped, load_rule

    if listing:
        for name in list_shipped():
            (path,) = find_rules([name])
            click.echo(f"{name}\n    {load_rule(path).title}")
        return
    if show is not None:
        if show not in list_shipped():
            raise click.BadParameter(f"{show!r}: want one of {', '.join(list_shipped())}", param_hint="--show")
        click.echo((find_rules([show])[0]).read_text(encoding="utf-8"), nl=False)
        return
    if len(words) < 2:
        raise click.UsageError("want one or more rules and a store")
    *rules, store = words
    if state is None and is_address(store):
        raise click.UsageError("want --state DIR: beside an endpoint there is no folder")
    folder = Path(state) if state else Path(f"{store.rstrip('/')}.alerts")
    from kg.rdf import make_prefixes

    with opened_store(store) as opened:  # A name that is mistyped is told before any rule is asked.
        prefixes = make_prefixes(opened.base)
    found, failed = _ask_rules(find_rules(rules), store, folder, time_limit)
    for message in failed:
        click.echo(f"kg: {clean_line(message)}", err=True)
    told = [] if from_now else found
    if not quiet:
        with open_output(output) as out:
            _write_json(told, out) if as_json else _write_text(told, out, prefixes)
            out.flush()
    if not peek:
        from kg.watch.alerts import note_alert

        for alert in found:
            note_alert(alert, folder)
    if failed:
        context.exit(1)
    if any(alert.new for alert in told):
        context.exit(_NEWS)


def _ask_rules(paths: list[Path], store: str, folder: Path, time_limit: float) -> tuple[list[Alert], list[str]]:
    from kg.watch.alerts import find_news
    from kg.watch.asking import Asker
    from kg.watch.rules import load_rule

    found: list[Alert] = []
    failed: list[str] = []
    with Asker(store, time_limit) as asker:
        for path in paths:
            try:
                found.append(find_news(load_rule(path), asker, folder))
            except KgError as error:
                message = str(error)
                failed.append(message if message.startswith(str(path)) else f"{path}: {message}")
    return found, failed


def _write_text(found: list[Alert], out: TextIO, prefixes: Mapping[str, str]) -> None:

    from kg.cli.answers import Answer, write_answer

    width = shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else None
    for alert in found:
        gone = f", {alert.gone:,} gone" if alert.gone else ""
        first = ", asked for the first time" if alert.is_first else ""
        title = clean_line(f"{alert.rule.title}: {len(alert.new):,} new of {alert.total:,}{gone}{first}")
        out.write(f"{title}\n")
        if alert.new:
            write_answer(Answer(alert.columns, tuple(alert.new)), "table", out, prefixes=prefixes, width=width)
            out.write("\n")


def _write_json(found: list[Alert], out: TextIO) -> None:
    from kg.cli.answers import make_object

    content: list[dict[str, Any]] = [
        {
            "rule": alert.rule.name,
            "title": alert.rule.title,
            "first": alert.is_first,
            "total": alert.total,
            "gone": alert.gone,
            "new": [make_object(alert.columns, row) for row in alert.new],
        }
        for alert in found
    ]
    json.dump(content, out, ensure_ascii=False, indent=1)
    out.write("\n")
