"""The table of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.analysis.read import get_local_name, select_rows
from kg.analysis.tables.layout import Column, Layout
from kg.rdf import Store


def read_documents(store: Store) -> Iterator[tuple[Any, ...]]:
    """Read the documents, by id."""
    rows = []
    for row in select_rows(store, "documents"):
        identifier = get_local_name(row["thing"])
        group = get_local_name(row["group"]) if row["group"] else identifier
        told = (row["title"], row["issued"], row["publisher"], row["url"], row["language"])
        rows.append((identifier, *told, int(row["claims"]), group))
    yield from sorted(rows)


DOCUMENTS = Layout(
    name="documents",
    title="What was read",
    columns=(
        Column("id", "text", "its id"),
        Column("title", "text", "its title"),
        Column("published", "text", "when it was published"),
        Column("publisher", "text", "by whom"),
        Column("url", "text", "where, as the source gives it: it may be anything"),
        Column("language", "text", "its ISO 639-1 code"),
        Column("claims", "count", "how many claims it makes"),
        Column("copies", "text", "documents of one copy share this id"),
    ),
    read=read_documents,
)
