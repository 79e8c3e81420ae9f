"""Answer a SPARQL query in a worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from kg.errors import QueryError
from kg.query.keywords import has_keyword
from kg.rdf.namespaces import make_prefixes
from kg.rdf.store import LocalStore, QueryResult, Store
from kg.serve.formats import GRAPHS, RESULTS, Offer, describe_type
from kg.serve.work import Output, Refused, Reply

if TYPE_CHECKING:
    from kg.serve.worker import OpenStore

# Formats that have a way to write prefixes.
_WITH_PREFIXES = ("text/turtle", "application/rdf+xml", "text/n3")


def answer_query(
    opened: OpenStore,
    output: Output,
    *,
    sparql: str,
    offer: Offer,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Reply:
    """Answer a query, and write the answer in a format that the client takes.

    Parameters
    ----------
    opened
        The store.
    output
        Where the answer goes.
    sparql
        The query.
    offer
        The media types that suit the client.
    default_graphs, named_graphs
        The dataset that the client names; it counts, whatever the query says of its dataset (SPARQL protocol, 2.1.4).

    Raises
    ------
    QueryError
        If the query does not parse, or fails.
    Refused
        If the client takes no format of such an answer, or asks what is not allowed.
    """
    if not opened.settings.allow_service and has_keyword(sparql, "SERVICE"):
        raise Refused(403, "SERVICE is switched off here: kg serve --allow-service")
    store = opened.store
    try:
        result = _ask(store, sparql, default_graphs, named_graphs)
        return _write(store, result, output, offer)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise QueryError(f"query: {' '.join(str(error).split())}") from error


def _ask(store: Store, sparql: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> QueryResult:
    if not (default_graphs or named_graphs):
        # Oxigraph would not look at a FROM where the default graph is the union of all.
        if isinstance(store, LocalStore) and has_keyword(sparql, "FROM"):
            return store.oxigraph.query(sparql)
        return store.query(sparql)
    if not isinstance(store, LocalStore):
        raise Refused(400, "default-graph-uri and named-graph-uri can't be passed on to an endpoint: use FROM")
    return store.oxigraph.query(
        sparql,
        default_graph=[_read_iri(iri) for iri in default_graphs],
        named_graphs=[_read_iri(iri) for iri in named_graphs],
    )


def _read_iri(text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError as error:
        raise Refused(400, f"graph {text!r}: want an absolute IRI: {error}") from error


def _write(store: Store, result: QueryResult, output: Output, offer: Offer) -> Reply:
    stream = cast("IO[bytes]", output)
    if isinstance(result, QueryTriples):
        kind = offer.graph
        if kind is None:
            raise Refused(406, f"the answer is a graph: want one of {', '.join(GRAPHS)}")
        if kind in _WITH_PREFIXES:
            ox.serialize(result, stream, format=GRAPHS[kind], prefixes=make_prefixes(store.base))
        else:
            result.serialize(stream, GRAPHS[kind])
        return Reply(200, describe_type(kind), None)
    assert isinstance(result, QuerySolutions | QueryBoolean)
    kind = offer.results
    if kind is None:
        raise Refused(406, f"the answer is a table or a truth value: want one of {', '.join(RESULTS)}")
    result.serialize(stream, RESULTS[kind])
    return Reply(200, describe_type(kind), None)
