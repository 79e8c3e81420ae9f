"""Load the agents and laws of the knowledge base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError
from kg.kb.tables import Row, read_table
from kg.model import Agent
from kg.model.vocabulary import AGENT_TYPES, CHARGES

AGENT_COLUMNS = (
    "id",
    "type",
    "name",
    "aliases",
    "country",
    "owner",
    "operator",
    "part_of",
    "adjectives",
    "metonyms",
    "descriptors",
    "wikidata",
    "lei",
    "source",
)
LAW_COLUMNS = ("id", "name", "aliases", "country", "year", "charges", "celex", "source")


@dataclass(frozen=True, slots=True)
class Law:
    """A law, and the charges that a breach of it usually means."""

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    year: str | None
    charges: tuple[str, ...]
    celex: str | None
    source: str


def _decode_agent(row: Row) -> Agent:
    if not row["id"] or not row["name"]:
        raise row.reject("an agent needs an id and a name")
    return Agent(
        id=row["id"],
        type=row.require_one_of("type", AGENT_TYPES),
        name=row["name"],
        aliases=row.split("aliases"),
        country=row["country"] or None,
        owner=row["owner"] or None,
        operator=row["operator"] or None,
        part_of=row["part_of"] or None,
        adjectives=row.split("adjectives"),
        metonyms=row.split("metonyms"),
        descriptors=row.split("descriptors"),
        external=tuple((scheme, row[scheme]) for scheme in ("wikidata", "lei") if row[scheme]),
        source=row["source"],
    )


def load_agents(folder: Path) -> dict[str, Agent]:
    """Load every table of agents in a folder.

    Raises
    ------
    DataError
        If a row is malformed, an id occurs twice, or an owner, operator or whole is no agent.
    """
    agents: dict[str, Agent] = {}
    rows: dict[str, Row] = {}
    for file in sorted(folder.glob("*.csv")):
        for row in read_table(file, AGENT_COLUMNS):
            agent = _decode_agent(row)
            if agent.id in agents:
                first = rows[agent.id]
                raise row.reject(f"the id {agent.id!r} stands at {first.file.name}:{first.line} already")
            agents[agent.id], rows[agent.id] = agent, row
    for agent in agents.values():
        for relation in ("owner", "operator", "part_of"):
            other = getattr(agent, relation)
            if other is not None and other not in agents:
                raise rows[agent.id].reject(f"{relation} {other!r} is no agent's id")
    return agents


def _read_laws(file: Path) -> Iterator[Law]:
    for row in read_table(file, LAW_COLUMNS):
        charges = row.split("charges")
        for charge in charges:
            if charge not in CHARGES:
                raise row.reject(f"charge {charge!r} is not in the vocabulary")
        yield Law(
            id=row["id"],
            name=row["name"],
            aliases=row.split("aliases"),
            country=row["country"] or None,
            year=row["year"] or None,
            charges=charges,
            celex=row["celex"] or None,
            source=row["source"],
        )


def load_laws(file: Path) -> dict[str, Law]:
    """Load the table of laws.

    Raises
    ------
    DataError
        If a row is malformed or an id occurs twice.
    """
    laws: dict[str, Law] = {}
    for law in _read_laws(file):
        if law.id in laws:
            raise DataError(f"{file}: the id {law.id!r} occurs twice")
        laws[law.id] = law
    return laws
