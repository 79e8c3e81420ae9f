"""The table of agents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.analysis.read import read_graph_data
from kg.analysis.tables.layout import Column, Layout
from kg.rdf import Store


def read_agents(store: Store) -> Iterator[tuple[Any, ...]]:
    """Read the agents of actions, those most acted on first."""
    data = read_graph_data(store)
    happened = [action for action in data.actions if action.status == "actual"]
    taken, suffered = Counter(one.actor for one in happened), Counter(one.target for one in happened)
    for agent in sorted(data.parties, key=lambda agent: (-suffered[agent], -taken[agent], agent)):
        known = data.agents[agent]
        yield (
            agent,
            known.name,
            known.type,
            data.get_name(known.jurisdiction),
            known.code,
            data.get_name(known.owner),
            data.get_name(known.operator),
            taken[agent],
            suffered[agent],
            known.is_authority,
            known.is_known,
        )


AGENTS = Layout(
    name="agents",
    title="Who acted or was acted on",
    columns=(
        Column("id", "text", "its id"),
        Column("name", "text", "its name"),
        Column("type", "text", "Person, Platform, Company, Government, Regulator, Court …"),
        Column("jurisdiction", "text", "the country or union that it belongs to, or is"),
        Column("country", "text", "its ISO 3166-1 code in lower case, or eu, un"),
        Column("owner", "text", "who owns it"),
        Column("operator", "text", "who runs it"),
        Column("taken", "count", "actions that it took, those that happened"),
        Column("suffered", "count", "actions taken towards it, those that happened"),
        Column("authority", "flag", "whether it acts with the power of a state or a union of states"),
        Column("known", "flag", "whether the knowledge base has it, or only the documents"),
    ),
    read=read_agents,
)
