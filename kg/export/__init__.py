"""The graph in the formats of others: RDF, networks, tables, entities of FollowTheMoney, Neo4j, Markdown.

Each writer is loaded when it is asked for. Equal stores give equal bytes in every format.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import IO, TYPE_CHECKING, Any

from kg.errors import KgError

if TYPE_CHECKING:
    from kg.rdf import Store

RDF_FORMATS: tuple[str, ...] = ("nquads", "trig", "turtle", "jsonld")
TABLE_FORMATS: tuple[str, ...] = ("csv", "parquet")
FOLDER_FORMATS: tuple[str, ...] = ("neo4j",)
FORMATS: tuple[str, ...] = (
    *RDF_FORMATS,
    "graphml",
    "gexf",
    "followthemoney",
    *FOLDER_FORMATS,
    *TABLE_FORMATS,
    "quotes",
)
"""Every format; those of `FOLDER_FORMATS` are several files, the others one."""

TABLE_NAMES: tuple[str, ...] = ("enforcement", "actions", "claims", "agents", "cases", "facts", "documents")
"""The tables that `TABLE_FORMATS` write."""


def export_file(store: Store, form: str, out: IO[bytes], *, table: str = "enforcement") -> str | None:
    """Write the graph in a format of one file.

    Parameters
    ----------
    store
        The store.
    form
        One of `FORMATS`, but none of `FOLDER_FORMATS`.
    out
        Where the bytes go.
    table
        Of `TABLE_NAMES`: which table the formats of tables write.

    Returns
    -------
    str or None
        In one line, what the format can't tell and so lacks.

    Raises
    ------
    KgError
        If there is no such format or table, or a library that it needs is not installed.
    """
    if form in RDF_FORMATS:
        from kg.rdf import dump_store

        dump_store(store, form, out)
    elif form in TABLE_FORMATS:
        from kg.export.enforcement import TABLES
        from kg.export.tables import write_csv, write_parquet

        if table not in TABLES:
            raise KgError(f"table {table!r}: want one of {', '.join(TABLE_NAMES)}")
        (write_csv if form == "csv" else write_parquet)(TABLES[table], store, out)
    elif form in ("graphml", "gexf"):
        from kg.export.networks import write_gexf, write_graphml

        (write_gexf if form == "gexf" else write_graphml)(store, out)
    elif form == "followthemoney":
        from kg.export.followthemoney import write_followthemoney

        left_out = write_followthemoney(store, out)
        if left_out:
            return f"{left_out:,} actions are left out: FollowTheMoney has no entity for a law or a place as a party"
    elif form == "quotes":
        from kg.export.quotes import write_quotes

        write_quotes(store, out)
    else:
        raise KgError(f"format {form!r}: want one of {', '.join(one for one in FORMATS if one not in FOLDER_FORMATS)}")
    return None


def export_folder(store: Store, form: str, open_file: Callable[[str], AbstractContextManager[Any]]) -> None:
    """Write the graph in a format of several files.

    Parameters
    ----------
    store
        The store.
    form
        One of `FOLDER_FORMATS`.
    open_file
        Opens a file of a name for writing bytes, as a context.

    Raises
    ------
    KgError
        If there is no such format.
    """
    if form not in FOLDER_FORMATS:
        raise KgError(f"format {form!r}: want one of {', '.join(FOLDER_FORMATS)}")
    from kg.export.neo4j import write_neo4j

    write_neo4j(store, open_file)


__all__ = [
    "FOLDER_FORMATS",
    "FORMATS",
    "RDF_FORMATS",
    "TABLE_FORMATS",
    "TABLE_NAMES",
    "export_file",
    "export_folder",
]
