"""Write a whole store in an RDF format: sorted, so that equal stores give equal bytes.

Graphs come in order of their IRIs, and what is in a graph in the order of its N-Quads lines; memory is bounded by the
largest graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from kg.errors import StoreError
from kg.rdf.graph_content import read_lines
from kg.rdf.jsonld import write_jsonld
from kg.rdf.namespaces import make_prefixes
from kg.rdf.store import Store

FORMATS: tuple[str, ...] = ("nquads", "trig", "turtle", "jsonld")


def dump_store(store: Store, format: str, out: IO[bytes]) -> None:
    """Write all that a store holds.

    Parameters
    ----------
    store
        The store.
    format
        One of `FORMATS`. Turtle has no graphs: what two graphs say alike stands there once a graph.
    out
        Where the bytes go.

    Raises
    ------
    StoreError
        If the format is another.
    """
    if format == "nquads":
        for graph in store.graphs():
            out.writelines(read_lines(store, graph))
    elif format == "trig":
        ox.serialize(_sort_quads(store), out, RdfFormat.TRIG, prefixes=make_prefixes(store.base))
    elif format == "turtle":
        triples: Iterator[Triple] = (quad.triple for quad in _sort_quads(store))
        ox.serialize(triples, out, RdfFormat.TURTLE, prefixes=make_prefixes(store.base))
    elif format == "jsonld":
        write_jsonld(((graph, sort_graph(store, graph)) for graph in store.graphs()), store.base, out)
    else:
        raise StoreError(f"format {format!r}: want one of {', '.join(FORMATS)}")


def sort_graph(store: Store, graph: NamedNode) -> list[Quad]:
    """List the quads of a graph, sorted by subject, predicate and object."""
    # A quad as a text is its line of N-Quads: one key that Oxigraph writes sorts three times as fast as one of parts.
    return sorted(store.quads(graph), key=str)


def _sort_quads(store: Store) -> Iterator[Quad]:
    for graph in store.graphs():
        yield from sort_graph(store, graph)
