"""``kg review candidates``: list the agents that the knowledge base has not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from kg.cli.command import ExampleCommand
from kg.cli.lines import clean_line
from kg.cli.options import store_argument
from kg.cli.stores import opened_store

if TYPE_CHECKING:
    from kg.review import Profile

_SHOWN_COUNTRIES = 3
_SHOWN_NEIGHBOURS = 4


@click.command(
    cls=ExampleCommand,
    short_help="List the agents that the knowledge base has not.",
    examples=(
        ("kg review candidates store --limit 30", "see those of most mentions"),
        ("kg review candidates store --json | jq .name", "take their names"),
    ),
)
@store_argument
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON lines.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="List no more than N.")
def candidates(store: str, as_json: bool, limit: int | None) -> None:
    """List the named agents of STORE that the knowledge base has not: mentions, countries, and whom they act with."""
    from kg.review import list_candidates, read_profiles

    with opened_store(store) as opened:
        profiles = read_profiles(opened)
    for profile in islice(list_candidates(profiles.values()), limit):
        text = json.dumps(describe_profile(profile), ensure_ascii=False)
        click.echo(text if as_json else format_profile(profile, profiles))


def describe_profile(profile: Profile) -> dict[str, Any]:
    """Describe an agent as a JSON object."""
    return {
        "id": profile.id,
        "name": profile.name,
        "type": profile.type,
        "in_knowledge_base": profile.known,
        "names": profile.names,
        "countries": sorted(profile.countries),
        "near_countries": dict(sorted(profile.near.items())),
        "mentions": profile.mentions,
        "documents": sorted(profile.documents),
        "quote": profile.quote,
        "neighbours": {agent: dict(sorted(acts.items())) for agent, acts in sorted(profile.neighbours.items())},
    }


def format_profile(profile: Profile, profiles: Mapping[str, Profile]) -> str:
    """Write an agent in a line: name, id, type, countries, how often it is told of, and whom it acts with."""
    kind = ", ".join([profile.type, *sorted(profile.countries)])
    parts = [f"{profile.name} ({profile.id}): {kind}, {'known' if profile.known else 'new'}"]
    if profile.mentions:
        parts.append(f"{_count(profile.mentions, 'mention')} in {_count(len(profile.documents), 'document')}")
    others = [name for name in profile.names if name != profile.name]
    if others:
        parts.append(f"also {', '.join(others[:3])}")
    if profile.near and not profile.countries:
        codes = sorted(profile.near, key=lambda code: (-profile.near[code], code))
        parts.append(f"near {', '.join(codes[:_SHOWN_COUNTRIES])}")
    near = sorted(profile.neighbours.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    if near:
        named = ((profiles[agent].name if agent in profiles else agent, min(acts)) for agent, acts in near)
        parts.append("with " + ", ".join(f"{name} ({act})" for name, act in islice(named, _SHOWN_NEIGHBOURS)))
    return clean_line("; ".join(parts))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
