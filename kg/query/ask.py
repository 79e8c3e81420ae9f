"""Ask a store: a question of the catalogue, or any SPARQL."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import QueryError
from kg.query.bind import bind_parameters
from kg.query.catalogue import load_question
from kg.query.keywords import has_keyword
from kg.query.table import Table, read_table
from kg.rdf import LocalStore, Store, make_prefixes
from kg.rdf.store import QueryResult


def answer_question(store: Store, name: str, parameters: Mapping[str, str] | None = None) -> QueryResult:
    """Ask a named question, and give its answer as RDF terms.

    Parameters
    ----------
    store
        Any store: in memory, in a folder, behind an endpoint.
    name
        The question's name.
    parameters
        What it wants to know, as a user types it: ``{"platform": "Telegram"}``.

    Raises
    ------
    QueryError
        If there is no such question, or a parameter is unknown, missing, or of a value that it does not take.
    """
    return store.query(bind_parameters(store, load_question(name), parameters or {}))


def run_question(store: Store, name: str, parameters: Mapping[str, str] | None = None) -> Table:
    """Ask a named question, and give its answer as a table of plain values; see `answer_question`.

    Examples
    --------
    >>> table = run_question(store, "who-acted-against", {"platform": "Telegram"})  # doctest: +SKIP
    >>> table.columns[:3]  # doctest: +SKIP
    ('date', 'actor', 'action')
    """
    return read_table(answer_question(store, name, parameters))


def run_query(store: Store, sparql: str, *, allow_service: bool = False) -> Table:
    """Ask any SPARQL 1.1 query, with the usual prefixes set, and give its answer as a table of plain values.

    See `ask_query`.

    Raises
    ------
    QueryError
        If the query does not parse, or fails; the message has the line and the column.
    """
    return read_table(ask_query(store, sparql, allow_service=allow_service))


def ask_query(store: Store, sparql: str, *, allow_service: bool = False) -> QueryResult:
    """Ask any SPARQL 1.1 query, with the usual prefixes set, and give its answer as RDF terms.

    Parameters
    ----------
    store
        Any store.
    sparql
        The query.
    allow_service
        Let a query of a store of this machine ask other servers too, by SERVICE: it may be somebody else's query, and
        tell them what is in the graph. A SPARQL endpoint decides that for itself.

    Raises
    ------
    QueryError
        If the query does not parse, or fails; the message has the line and the column.
    """
    if not allow_service and isinstance(store, LocalStore) and has_keyword(sparql, "SERVICE"):
        raise QueryError("query: SERVICE asks another server: that is allowed by --allow-service alone")
    full = add_prefixes(sparql, store.base)
    try:
        return store.query(full)
    except QueryError as error:
        # The prefixes stand on the first line of the query: there, the columns are not those that the user sees.
        def move(place: re.Match[str]) -> str:
            return f"at 1:{max(int(place[1]) - (len(full) - len(sparql)), 1)}"

        raise QueryError(re.sub(r"\bat 1:(\d+)", move, str(error), count=1)) from error


def add_prefixes(sparql: str, base: str) -> str:
    """Set the usual prefixes before a query, on its first line: so the lines of error messages stay right.

    The query's own prefixes come later, and win.
    """
    return " ".join([*(f"PREFIX {name}: <{space}>" for name, space in make_prefixes(base).items()), sparql])
