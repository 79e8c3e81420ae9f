"""What differs between two states of a graph: documents, claims, actions, agents, cases, and how cases stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.analysis.measures.changes import compare_builds
from kg.analysis.pairing import pair_things
from kg.analysis.read import get_local_name, read_graph_data, select_rows
from kg.analysis.records import ActionRecord, GraphData
from kg.analysis.tables import LAYOUTS
from kg.rdf import Store

Row = Mapping[str, Any]

SECTIONS = ("documents", "claims", "actions", "agents", "cases", "standings")
"""What is compared, in the order in which it is told."""

KINDS = ("new", "gone", "changed")


@dataclass(frozen=True, slots=True)
class Difference:
    """A thing that is new, gone, or has changed; ``differences`` maps what has to before and after."""

    kind: str
    id: str
    label: str
    differences: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class _Table:
    """How the rows of a table are compared: what makes two rows the same thing, and what counts as a change of it."""

    name: Callable[[Row], str]
    alike: Callable[[Row], Hashable] | None
    compared: Sequence[str]


_TABLES: dict[str, _Table] = {
    "documents": _Table(
        name=lambda row: str(row["title"] or row["id"]),
        alike=None,
        compared=("title", "published", "publisher", "url", "copies", "text"),
    ),
    # A claim's id is made of all that it says: one that says otherwise has another.
    "claims": _Table(
        name=lambda row: f"{row['actor']}: {_name_status(row)}{row['action']} {row['target']} “{row['quote']}”",
        alike=lambda row: (row["document"], row["actor"], row["action"], row["target"]),
        compared=("status", "date", "amount", "currency", "speaker", "quote"),
    ),
    "agents": _Table(
        name=lambda row: f"{row['name']} ({row['type']})",
        alike=None,
        compared=("name", "type", "jurisdiction", "owner", "operator"),
    ),
    # A case whose first action is another now has another id.
    "cases": _Table(
        name=lambda row: str(row["name"] or row["id"]),
        alike=lambda row: (row["name"], tuple(row["parties"])),
        compared=("name", "parties", "actions", "happened", "opened", "latest", "disputed"),
    ),
}


def compare_stores(former: Store, latter: Store, sections: Sequence[str] = SECTIONS) -> dict[str, list[Difference]]:
    """Say what is new in a store, what is gone from it, and what has changed.

    Parameters
    ----------
    former, latter
        The store as it was, and as it is.
    sections
        What to compare, of `SECTIONS`.
    """
    found: dict[str, list[Difference]] = {}
    for section in SECTIONS:
        if section not in sections:
            continue
        if section == "actions":
            found[section] = _compare_actions(read_graph_data(former), read_graph_data(latter))
        else:
            table = "cases" if section == "standings" else section
            pairs = pair_things(_read_rows(former, table), _read_rows(latter, table), alike=_TABLES[table].alike)
            compare = _compare_standings if section == "standings" else _compare_rows
            found[section] = compare(_TABLES[table], pairs)
    return found


def _read_rows(store: Store, table: str) -> Mapping[str, Row]:
    columns = LAYOUTS[table].read_columns(store)
    rows = {values[0]: dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)}
    if table == "documents":
        texts = {get_local_name(row["thing"]): row for row in select_rows(store, "texts")}
        for id, row in rows.items():
            told = texts.get(id)
            row["text"] = f"{told['length']} characters, {told['digest'][:8]}" if told else None
    return rows


def _compare_rows(table: _Table, pairs: Iterator[tuple[Row | None, Row | None]]) -> list[Difference]:
    found = []
    for before, after in pairs:
        row = after or before
        assert row is not None
        differences: dict[str, tuple[Any, Any]] = {}
        if before is not None and after is not None:
            differences = {name: (before[name], after[name]) for name in table.compared if before[name] != after[name]}
            if not differences:
                continue
        kind = "new" if before is None else "gone" if after is None else "changed"
        found.append(Difference(kind, row["id"], table.name(row), differences))
    return _sort(found)


def _compare_standings(table: _Table, pairs: Iterator[tuple[Row | None, Row | None]]) -> list[Difference]:
    return _sort(
        [
            Difference("changed", after["id"], table.name(after), {"standing": (before["standing"], after["standing"])})
            for before, after in pairs
            if before is not None and after is not None and before["standing"] != after["standing"]
        ]
    )


def _compare_actions(former: GraphData, latter: GraphData) -> list[Difference]:
    kinds = {"added": "new", "removed": "gone", "changed": "changed"}
    return _sort(
        [
            Difference(
                kinds[change.kind],
                change.action.id,
                _name_action(change.action, latter if change.after else former),
                change.differences,
            )
            for change in compare_builds(former, latter)
        ]
    )


def _name_action(action: ActionRecord, data: GraphData) -> str:
    status = "" if action.status == "actual" else f"{action.status} "
    amount = f", {action.currency} {action.amount}" if action.amount is not None else ""
    parties = f"{data.get_name(action.actor)}: {status}{action.type} {data.get_name(action.target)}"
    return f"{action.when or 'undated'} {parties}{amount}"


def _name_status(row: Row) -> str:
    return "" if row["status"] == "actual" else f"{row['status']} "


def _sort(found: list[Difference]) -> list[Difference]:
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.label, one.id))
