"""``kg diff``: what changed between two states of a graph."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TextIO

import click

from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.output import open_output

if TYPE_CHECKING:
    from kg.analysis.differences import Difference

FORMATS = ("table", "json", "markdown")
# The same as kg.analysis.differences.SECTIONS, which takes long to import; a test holds the two together.
SECTIONS = ("documents", "claims", "actions", "agents", "cases", "standings")

_DIFFER = 3
_MARKS = {"new": "+", "gone": "-", "changed": "~"}
_MAX_LABEL = 160
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&]|^[-+])")


@click.command(
    cls=ExampleCommand,
    short_help="Say what changed between two stores, or a store and an export.",
    examples=(
        ("kg diff store-of-monday store", "what is new, gone or changed"),
        ("kg diff before.nq store", "against what kg export store -o before.nq wrote before"),
        ("kg diff before.nq.gz store --only actions,standings -f markdown -o news.md", "for people to read"),
        ("kg diff old new -f json | jq '.standings.changed'", "for programs"),
    ),
)
@click.argument("former", metavar="A")
@click.argument("latter", metavar="B")
@click.option("--only", metavar="SECTION,...", help=f"Compare only these: {', '.join(SECTIONS)}.")
@click.option(
    "--limit", type=click.IntRange(0), default=20, metavar="N", help="Of each kind show N; 0 is all. 20; JSON has all."
)
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="table", help="By default table.")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write; standard output by default.")
@click.option("--exit-code", is_flag=True, help=f"End with {_DIFFER} if anything differs.")
@click.pass_context
def command(
    context: click.Context,
    former: str,
    latter: str,
    only: str | None,
    limit: int,
    form: str,
    output: str,
    exit_code: bool,
) -> None:
    """Say what is in B and not in A, what is gone, and what has changed: documents, claims, actions, agents, cases.

    A and B are stores (folders or SPARQL endpoints) or files that kg export wrote: .nq or .trig, each also as .gz. Last
    it tells of which cases the standing is another. Things are the same if their ids are; of the rest, claims, actions
    and cases that agree in who did what to whom count as changed rather than as gone and new.
    """
    sections = _parse_sections(only)
    from kg.analysis.differences import compare_stores
    from kg.analysis.states import open_state

    before = open_state(former)
    try:
        after = open_state(latter)
        try:
            found = compare_stores(before, after, sections)
        finally:
            after.close()
    finally:
        before.close()
    with open_output(output) as out:
        if form == "json":
            _write_json(found, former, latter, out)
        else:
            write = _list_markdown if form == "markdown" else _list_lines
            out.writelines(f"{line}\n" for line in write(found, former, latter, limit))
    if exit_code and any(found.values()):
        context.exit(_DIFFER)


def _parse_sections(only: str | None) -> tuple[str, ...]:
    if only is None:
        return SECTIONS
    names = tuple(name.strip() for name in only.split(","))
    for name in names:
        if name not in SECTIONS:
            raise click.BadParameter(f"{name!r}: want one or more of {', '.join(SECTIONS)}", param_hint="--only")
    return names


def _write_json(found: Mapping[str, list[Difference]], former: str, latter: str, out: TextIO) -> None:
    content: dict[str, Any] = {"former": former, "latter": latter, "same": not any(found.values())}
    for section, differences in found.items():
        content[section] = {
            kind: [
                {
                    "id": one.id,
                    "label": one.label,
                    **({"differences": one.differences} if one.differences else {}),
                }
                for one in differences
                if one.kind == kind
            ]
            for kind in _MARKS
        }
    json.dump(content, out, ensure_ascii=False, indent=1, default=_make_plain)
    out.write("\n")


def _make_plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)


def _count(differences: Sequence[Difference]) -> str:
    counts = [(sum(one.kind == kind for one in differences), kind) for kind in _MARKS]
    return ", ".join(f"{count:,} {kind}" for count, kind in counts if count) or "the same"


def _list_lines(found: Mapping[str, list[Difference]], former: str, latter: str, limit: int) -> Iterator[str]:
    for section, differences in found.items():
        yield f"{section + ':':12}{_count(differences)}"
        for one, left in _cut(differences, limit):
            if one is None:
                yield f"  … and {left:,} more"
                continue
            yield f"  {_MARKS[one.kind]} {_shorten(one.label)}"
            for name, (before, after) in one.differences.items():
                yield f"      {name}: {_show(before)} → {_show(after)}"


def _list_markdown(found: Mapping[str, list[Difference]], former: str, latter: str, limit: int) -> Iterator[str]:
    yield f"# What changed from {_escape(former)} to {_escape(latter)}"
    for section, differences in found.items():
        yield ""
        yield f"## {section.capitalize()}: {_count(differences)}"
        kind = ""
        for one, left in _cut(differences, limit):
            if one is not None and one.kind != kind:
                kind = one.kind
                yield from ("", f"**{kind.capitalize()}**", "")
            if one is None:
                yield f"- … and {left:,} more"
                continue
            changes = "; ".join(f"{name}: {_show(old)} → {_show(new)}" for name, (old, new) in one.differences.items())
            yield f"- {_escape(_shorten(one.label))}" + (f" ({_escape(changes)})" if changes else "")


def _cut(differences: Sequence[Difference], limit: int) -> Iterator[tuple[Difference | None, int]]:
    """Give so many of each kind, and for the rest of a kind None with their number."""
    for kind in _MARKS:
        ones = [one for one in differences if one.kind == kind]
        shown = ones[:limit] if limit else ones
        yield from ((one, 0) for one in shown)
        if len(shown) < len(ones):
            yield None, len(ones) - len(shown)


def _shorten(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= _MAX_LABEL else f"{line[: _MAX_LABEL - 1]}…"


def _show(value: object) -> str:
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "none" if value is None or value == "" else _shorten(str(value))


def _escape(text: str) -> str:
    """Keep what a document says from being markup."""
    return _MARKUP.sub(r"\\\1", text)
