"""The store is a choice of a URL: memory, a folder, or a SPARQL 1.1 endpoint, behind one small protocol.

In every store the default graph of a query is the union of all graphs, so the simplest query is one triple pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat

from kg.errors import QueryError, StoreError
from kg.rdf.namespaces import DATA_BASE, check_base

QueryResult = QuerySolutions | QueryBoolean | QueryTriples

_AT_ONCE = 100_000  # quads that are loaded at once; half as many take half as long again, all at once most memory


class Store(Protocol):
    """What every store can do.

    Attributes
    ----------
    base
        The data base IRI of what it holds.
    """

    base: str

    def query(self, sparql: str) -> QueryResult:
        """Answer a SPARQL 1.1 query over the union of all graphs.

        Raises
        ------
        QueryError
            If the query does not parse, or fails.
        """
        ...

    def graphs(self) -> list[NamedNode]:
        """List the named graphs, in order of their IRIs."""
        ...

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Iterate over the quads of a graph, or of all graphs, in no order."""
        ...

    def close(self) -> None:
        """Let go of files and connections; the store is of no use afterwards."""
        ...


class LocalStore:
    """A store in this process, by Oxigraph: in memory or in a folder.

    Parameters
    ----------
    oxigraph
        Oxigraph's own store.
    base
        The data base IRI of what it holds.
    on_close
        What else is to be closed with it.
    """

    def __init__(self, oxigraph: ox.Store, *, base: str = DATA_BASE, on_close: Any = None) -> None:
        self.base = check_base(base)
        self._oxigraph: ox.Store | None = oxigraph
        self._on_close = on_close

    @property
    def oxigraph(self) -> ox.Store:
        """Oxigraph's own store.

        Raises
        ------
        StoreError
            If this store is closed.
        """
        if self._oxigraph is None:
            raise StoreError("the store is closed")
        return self._oxigraph

    @property
    def is_version(self) -> bool:
        """Whether this is a version of a folder, which does not change."""
        return self._on_close is not None

    def query(self, sparql: str) -> QueryResult:
        """Answer a query; see `Store.query`."""
        try:
            return self.oxigraph.query(sparql, use_default_graph_as_union=True)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"query: {' '.join(str(error).split())}") from error

    def graphs(self) -> list[NamedNode]:
        """List the named graphs; see `Store.graphs`."""
        named = [graph for graph in self.oxigraph.named_graphs() if isinstance(graph, NamedNode)]
        return sorted(named, key=lambda graph: graph.value)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Iterate over quads; see `Store.quads`."""
        return self.oxigraph.quads_for_pattern(None, None, None, graph)

    def has(self, quad: Quad) -> bool:
        """Tell whether a quad is in the store."""
        return quad in self.oxigraph

    def change(self, wiped: Iterable[NamedNode], deleted: Iterable[Quad], inserted: Iterable[Quad]) -> None:
        """Empty graphs, then take quads out, then put quads in; a graph that is left empty is gone.

        For changes that are small beside the store; `load` is faster for many quads.
        """
        for graph in wiped:
            self.oxigraph.remove_graph(graph)
        thinned = set()
        for quad in deleted:
            self.oxigraph.remove(quad)
            thinned.add(quad.graph_name)
        self.oxigraph.extend(inserted)
        for name in thinned:
            if isinstance(name, NamedNode) and next(self.quads(name), None) is None:
                self.oxigraph.remove_graph(name)

    def load(self, source: Path | Iterable[Quad]) -> None:
        """Load an N-Quads file, or quads.

        Raises
        ------
        StoreError
            If the file does not parse.
        """
        if isinstance(source, Path):
            load_nquads(self.oxigraph, source)
        else:
            # Oxigraph keeps what it loads at once in memory until it has sorted it.
            quads = iter(source)
            for first in quads:
                self.oxigraph.bulk_extend(chain((first,), islice(quads, _AT_ONCE - 1)))

    def close(self) -> None:
        """Close the store; see `Store.close`."""
        # Oxigraph closes its files when the last reference goes.
        self._oxigraph = None
        if self._on_close is not None:
            self._on_close.close()
            self._on_close = None


def load_nquads(oxigraph: ox.Store, path: Path) -> None:
    """Load an N-Quads file into Oxigraph in bulk.

    Raises
    ------
    StoreError
        If the file can't be read or does not parse.
    """
    try:
        oxigraph.bulk_load(path=path, format=RdfFormat.N_QUADS)
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: not N-Quads: {' '.join(str(error).split())}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def open_store(url: str | Path, *, base: str | None = None, timeout: float = 60.0) -> Store:
    """Open a store for reading (one in memory: for writing too).

    Parameters
    ----------
    url
        ``memory:``, the folder of a store, or the http(s) address of a SPARQL 1.1 query endpoint.
    base
        The data base IRI; None takes that of the folder's manifest, elsewhere the usual one.
    timeout
        Seconds to wait for an endpoint.

    Raises
    ------
    StoreError
        If there is no such store, or the URL has another scheme.
    """
    from kg.rdf.endpoint import EndpointStore
    from kg.rdf.folder import open_folder

    text = str(url)
    if text == "memory:":
        return LocalStore(ox.Store(), base=base or DATA_BASE)
    if text.startswith(("http://", "https://")):
        return EndpointStore(text, base=base or DATA_BASE, timeout=timeout)
    if "://" in text:
        raise StoreError(f"store {text!r}: want memory:, a folder, or an http(s) address")
    return open_folder(Path(text), base=base)
