"""The table of claims."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.analysis.read import get_local_name, select_rows
from kg.analysis.tables.layout import Column, Layout
from kg.rdf import Store


def read_claims(store: Store) -> Iterator[tuple[Any, ...]]:
    """Read the claims by document, in the order of its text."""
    rows: dict[str, tuple[Any, ...]] = {}
    for row in select_rows(store, "claims"):
        claim = get_local_name(row["thing"])
        # An agent of two labels would give two rows: the least holds.
        made = (
            claim,
            get_local_name(row["action"]) if row["action"] else None,
            get_local_name(row["document"]),
            row["title"],
            row["issued"],
            row["actor"],
            get_local_name(row["type"]).lower(),
            row["target"],
            get_local_name(row["status"]),
            row["speaker"],
            row["date"],
            float(row["amount"]) if row["amount"] else None,
            row["currency"],
            float(row["confidence"]),
            row["rule"],
            row["quote"],
            int(row["start"]),
            int(row["end"]),
        )
        rows[claim] = min(rows.get(claim, made), made, key=lambda one: tuple(map(str, one)))
    yield from sorted(rows.values(), key=lambda row: (row[2], row[-2], row[-1], row[0]))


CLAIMS = Layout(
    name="claims",
    title="What each document says, with the words that say so",
    columns=(
        Column("id", "text", "its id"),
        Column("action_id", "text", "the action that it tells of"),
        Column("document", "text", "the id of the document"),
        Column("title", "text", "the title of the document"),
        Column("published", "text", "when the document was published"),
        Column("actor", "text", "who acted, it says"),
        Column("action", "text", "what they did"),
        Column("target", "text", "to whom"),
        Column("status", "text", "actual, planned or negated"),
        Column("speaker", "text", "who says so, where the document quotes somebody"),
        Column("date", "text", "when, as precise as told"),
        Column("amount", "number", "a sum of money"),
        Column("currency", "text", "its ISO 4217 code"),
        Column("confidence", "number", "how likely it was read rightly, 0 to 1"),
        Column("rule", "text", "the rule or model that read it"),
        Column("quote", "text", "the words of the document"),
        Column("start", "count", "where the quote begins in the document's text"),
        Column("end", "count", "where it ends"),
    ),
    read=read_claims,
)
