"""The table of facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.analysis.read import get_local_name, select_rows
from kg.analysis.tables.layout import Column, Layout
from kg.rdf import Store


def read_facts(store: Store) -> Iterator[tuple[Any, ...]]:
    """Read the facts by subject and relation."""
    rows: dict[str, tuple[Any, ...]] = {}
    for row in select_rows(store, "facts"):
        fact = get_local_name(row["thing"])
        made = (
            fact,
            row["subject"],
            row["relation"],
            row["object"],
            row["value"],
            get_local_name(row["document"]),
            float(row["confidence"]),
            row["quote"],
        )
        rows[fact] = min(rows.get(fact, made), made, key=lambda one: tuple(map(str, one)))
    yield from sorted(rows.values(), key=lambda row: (row[1], row[2], str(row[3]), str(row[4]), row[0]))


FACTS = Layout(
    name="facts",
    title="Who is what, as each document says it",
    columns=(
        Column("id", "text", "its id"),
        Column("subject", "text", "of whom"),
        Column("relation", "text", "role, nationality, based_in, owns, part_of or users"),
        Column("object", "text", "to whom or where"),
        Column("value", "text", "the title of a role, or the number of users, as written"),
        Column("document", "text", "the id of the document"),
        Column("confidence", "number", "how likely it was read rightly, 0 to 1"),
        Column("quote", "text", "the words of the document"),
    ),
    read=read_facts,
)
