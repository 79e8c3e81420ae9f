"""Make facts of the links of FollowTheMoney: who owns whom, who holds which post, each with its record as the proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.errors import SourceError
from kg.kb.tables import read_table
from kg.model import AgentRef, Document, Fact, Reading
from kg.model.ids import make_digest
from kg.model.vocabulary import AGENT_TYPES, RELATIONS
from kg.resources import find_data
from kg.sources.limits import MAX_ID_CHARACTERS
from kg.trackers.agents import AgentLinker
from kg.trackers.mapping import Party
from kg.trackers.rendering import render_row
from kg.trackers.tables import TableRow

_CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Link:
    """A schema of links: the properties that name its two ends, and the relation that it tells."""

    subject: str
    object: str
    relation: str


@cache
def load_links() -> dict[str, Link]:
    """Load ``data/import/links.csv``.

    Raises
    ------
    DataError
        If a relation is not in the vocabulary.
    """
    rows = read_table(find_data() / "import" / "links.csv", ("schema", "from", "to", "relation"))
    return {row["schema"]: Link(row["from"], row["to"], row.require_one_of("relation", RELATIONS)) for row in rows}


@cache
def load_types() -> dict[str, str]:
    """Load ``data/import/schemata.csv``: the type of agent of each schema.

    Raises
    ------
    DataError
        If a type is not in the vocabulary.
    """
    rows = read_table(find_data() / "import" / "schemata.csv", ("schema", "type"))
    return {row["schema"]: row.require_one_of("type", AGENT_TYPES) for row in rows}


def make_fact(
    tracker: str,
    identifier: str,
    schema: str,
    ends: tuple[tuple[str, str], tuple[str, str]],
    details: Mapping[str, str],
    linker: AgentLinker,
) -> tuple[Document, Reading]:
    """Make the document of a link, and the fact that it tells.

    Parameters
    ----------
    tracker, identifier
        What the document's id is made of.
    schema
        One of `load_links`.
    ends
        Name and schema of the subject and of the object.
    details
        What else the record says, by property; a ``role`` is the value of the fact.
    linker
        Finds the agents.

    Raises
    ------
    SourceError
        If both ends are one, or the id is too long.
    """
    link, id = load_links()[schema], f"{tracker}:{identifier}"
    if len(id) > MAX_ID_CHARACTERS:
        id = f"{tracker}:{make_digest(identifier)}"
    subject, object = (_find_agent(name, kind, linker) for name, kind in ends)
    if subject.id == object.id:
        raise SourceError(f"both ends of this {schema} are {subject.name!r}")
    cells = {"schema": schema, link.subject: ends[0][0], link.object: ends[1][0], **details}
    rendered = render_row(TableRow(0, cells), tuple(cells))
    lines = [rendered.find_line(column) for column in (link.subject, link.object, "role") if column in cells]
    quote = rendered.quote_lines(lines)
    value = details.get("role") if link.relation == "role" else None
    fact = Fact(
        make_digest(id, link.relation, subject.id, object.id),
        link.relation,
        subject,
        object,
        value,
        id,
        quote.start,
        quote.end,
        quote.text,
        _CONFIDENCE,
    )
    return Document(id, rendered.text), Reading(id, (), (fact,))


def _find_agent(name: str, schema: str, linker: AgentLinker) -> AgentRef:
    party = Party(column="name", type=load_types().get(schema, "Company"), country=False)
    agent = linker.find_agent(name, None, party)
    assert agent is not None  # Parties that may be unknown are made.
    return agent
