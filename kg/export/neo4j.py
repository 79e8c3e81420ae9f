"""Write the graph as the CSV files of Neo4j's bulk import: ``neo4j-admin database import full``.

Each file has one kind of node or relationship, and a header that says which column is the id (``:ID``), the label
(``:LABEL``), the two ends (``:START_ID``, ``:END_ID``) and the type (``:TYPE``), after Neo4j's operations manual. A
line feed in a text becomes a space, so that the import needs no ``--multiline-fields``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from kg.analysis.money import convert_to_euros
from kg.analysis.read import get_local_name, read_graph_data, read_things
from kg.analysis.records import GraphData
from kg.analysis.tables import LAYOUTS
from kg.export.cells import CsvWriter
from kg.rdf import Store

Rows = Iterable[tuple[Any, ...]]

HEADERS: dict[str, tuple[str, ...]] = {
    "agents.csv": ("id:ID", "name", "type", "country", "jurisdiction", "authority:boolean", "known:boolean", ":LABEL"),
    "actions.csv": (
        *("id:ID", "action", "group", "status", "date", "dated:boolean", "amount:double", "currency", "euros:double"),
        *("confidence:double", "sources:int", ":LABEL"),
    ),
    "cases.csv": ("id:ID", "name", "standing", "opened", "latest", ":LABEL"),
    "claims.csv": (
        *("id:ID", "action", "status", "speaker", "date", "confidence:double", "rule", "quote", "start:int", "end:int"),
        ":LABEL",
    ),
    "documents.csv": ("id:ID", "title", "published", "publisher", "url", "language", ":LABEL"),
    "charges.csv": ("id:ID", "name", ":LABEL"),
    "laws.csv": ("id:ID", "name", ":LABEL"),
    "acts.csv": (":START_ID", ":END_ID", "action_id", "date", "confidence:double", "sources:int", ":TYPE"),
    "links.csv": (":START_ID", ":END_ID", ":TYPE"),
}
"""The header of each file; those with ``:TYPE`` hold relationships, the others nodes."""


def write_neo4j(store: Store, open_file: Callable[[str], Any]) -> None:
    """Write the files of `HEADERS`.

    Parameters
    ----------
    store
        The store.
    open_file
        Opens a file of a name for writing bytes, as a context.
    """
    data = read_graph_data(store)
    tables = {name: LAYOUTS[name].read_columns(store) for name in ("claims", "documents")}
    cases = {get_local_name(iri): said for iri, said in read_things(store, "cases").items()}
    rows: dict[str, Rows] = {
        "agents.csv": _list_agents(data),
        "actions.csv": _list_actions(data),
        "cases.csv": _list_cases(cases),
        "claims.csv": _list_claims(tables["claims"]),
        "documents.csv": _list_documents(tables["documents"]),
        "charges.csv": _list_labels(data, "charge"),
        "laws.csv": _list_labels(data, "law"),
        "acts.csv": _list_acts(data),
        "links.csv": sorted(set(_list_links(data, cases, tables["claims"]))),
    }
    for name, header in HEADERS.items():
        with open_file(name) as out:
            _write_file(header, rows[name], out)


def _write_file(header: tuple[str, ...], rows: Rows, out: IO[bytes]) -> None:
    writer = CsvWriter(out)
    writer.write_header(header)
    for row in rows:
        writer.write_row(" ".join(value.split()) if isinstance(value, str) else value for value in row)


def _list_agents(data: GraphData) -> Iterator[tuple[Any, ...]]:
    for id, agent in sorted(data.agents.items()):
        place = data.get_name(agent.jurisdiction)
        known = (agent.is_authority, agent.is_known)
        yield f"agent/{id}", agent.name, agent.type, agent.code, place, *known, f"Agent;{agent.type}"


def _list_actions(data: GraphData) -> Iterator[tuple[Any, ...]]:
    for action in data.actions:
        amount = None if action.amount is None else float(action.amount)
        euros = None if amount is None else convert_to_euros(amount, action.currency or "", action.when).euros
        said = (action.type, action.group, action.status, action.when, action.date is not None)
        money = (amount, action.currency, None if euros is None else round(euros, 2))
        yield f"action/{action.id}", *said, *money, action.confidence, action.sources, "Action"


def _list_cases(cases: dict[str, dict[str, list[str]]]) -> Iterator[tuple[Any, ...]]:
    for id, said in sorted(cases.items()):
        name, standing, opened, latest = (
            next(iter(said.get(part, ())), None) for part in ("label", "standing", "opened", "latest")
        )
        standing = standing and get_local_name(standing).removesuffix("Standing")
        yield f"case/{id}", name, standing, opened, latest, "Case"


def _list_claims(claims: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    parts = ("id", "action", "status", "speaker", "date", "confidence", "rule", "quote", "start", "end")
    for id, *said in zip(*(claims[part] for part in parts), strict=True):
        yield f"claim/{id}", *said, "Claim"


def _list_documents(documents: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    parts = ("id", "title", "published", "publisher", "url", "language")
    for id, *said in zip(*(documents[part] for part in parts), strict=True):
        yield f"doc/{id}", *said, "Document"


def _list_labels(data: GraphData, kind: str) -> Iterator[tuple[Any, ...]]:
    found = {one for action in data.actions for one in (action.charges if kind == "charge" else action.laws)}
    for id in sorted(found):
        yield f"{kind}/{id}", data.get_label(id), "Charge" if kind == "charge" else "Law"


def _list_acts(data: GraphData) -> Iterator[tuple[Any, ...]]:
    """List the direct relationships: what happened, and nothing that was planned or denied."""
    for action in data.actions:
        if action.status == "actual":
            ends = (f"agent/{action.actor}", f"agent/{action.target}")
            yield *ends, action.id, action.when, action.confidence, action.sources, action.type.upper()


def _list_links(
    data: GraphData, cases: dict[str, dict[str, list[str]]], claims: dict[str, list[Any]]
) -> Iterator[tuple[str, str, str]]:
    for id, agent in data.agents.items():
        for other, kind in ((agent.jurisdiction, "OF"), (agent.owner, "OWNED_BY"), (agent.operator, "RUN_BY")):
            if other and other != id and other in data.agents:
                yield f"agent/{id}", f"agent/{other}", kind
    for action in data.actions:
        start = f"action/{action.id}"
        yield start, f"agent/{action.actor}", "ACTOR"
        yield start, f"agent/{action.target}", "TARGET"
        if action.case and action.case in cases:
            yield start, f"case/{action.case}", "PART_OF"
        yield from ((start, f"charge/{charge}", "CHARGE") for charge in action.charges)
        yield from ((start, f"law/{law}", "BY_LAW") for law in action.laws)
    known = {action.id for action in data.actions}
    for id, action_id, document in zip(claims["id"], claims["action_id"], claims["document"], strict=True):
        yield f"claim/{id}", f"doc/{document}", "FROM"
        if action_id in known:
            yield f"claim/{id}", f"action/{action_id}", "ABOUT"
