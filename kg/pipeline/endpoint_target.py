"""A SPARQL endpoint as the place of a graph: what it holds is fetched, and only what differs goes back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, Any

from pyoxigraph import NamedNode

from kg.pipeline.check import check_whole
from kg.pipeline.former import Former
from kg.pipeline.ledger import Ledger
from kg.pipeline.update import GraphUpdate
from kg.rdf import EndpointStore, Iris, LocalStore, open_store
from kg.rdf.graph_content import Content, read_lines


class EndpointTarget:
    """A SPARQL endpoint; see `kg.pipeline.target.Target`.

    An endpoint has no ledger: what it holds is fetched in one request and worked out again, without reading texts anew.
    One update request takes the difference, so that the endpoint sees a whole graph at any time. Graphs that are none
    of ours stay as they are. Nothing keeps two writers of one endpoint apart.

    Parameters
    ----------
    url
        The address for queries.
    fresh
        Forget what it holds, whatever that is.
    """

    folder: Path | None = None
    details: Mapping[str, Any] = {}
    kept: tuple[LocalStore, Content] | None = None

    def __init__(self, url: str, *, fresh: bool) -> None:
        self.former: Former | None = None
        self.ledger = Ledger()
        self._endpoint = EndpointStore(url)
        self._fetched: LocalStore | None = None
        if not fresh:
            self._fetched = self._fetch()
            former = Former(self._fetched, None)
            self.former = former if former.list_documents() else None

    def keep(self) -> bool:
        """Tell that a change begins afresh: there is no ledger."""
        return False

    def write(self, update: GraphUpdate, details: Mapping[str, Any], tell: Callable[[int], None]) -> None:
        """Send what differs, or all where nothing is to be kept."""
        store = _make_store(self._endpoint.base)
        tell(0)
        store.load(chain(update.list_quads(), chain.from_iterable(update.list_documents())))
        tell(len(update.added))
        check_whole(store)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "change"
            with path.open("wb") as file:
                if self._fetched is None:
                    for graph in store.graphs():
                        file.writelines(read_lines(store, graph))
                else:
                    _write_difference(self._fetched, store, file)
            if self._fetched is None:
                self._endpoint.replace(path)
            elif path.stat().st_size:
                with path.open("rb") as change:
                    self._endpoint.update(change, path.stat().st_size)

    def _fetch(self) -> LocalStore:
        store = _make_store(self._endpoint.base)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "all.nq"
            with path.open("wb") as file:
                self._endpoint.fetch(file)
            store.load(path)
        return store


def _make_store(base: str) -> LocalStore:
    store = open_store("memory:", base=base)
    assert isinstance(store, LocalStore)
    return store


def _write_difference(former: LocalStore, now: LocalStore, out: IO[bytes]) -> None:
    """Write a SPARQL update that makes the one of the other, in the graphs that are ours."""
    iris = Iris(now.base)
    ours = (f"{iris.base}doc/", f"{iris.base}graph/")
    graphs = {graph for store in (former, now) for graph in store.graphs() if graph.value.startswith(ours)}
    deleted: list[bytes] = []
    inserted: list[bytes] = []
    for graph in sorted(graphs, key=str):
        before, after = set(read_lines(former, graph)), set(read_lines(now, graph))
        deleted += _format_triples(graph, sorted(before - after))
        inserted += _format_triples(graph, sorted(after - before))
    for verb, lines in ((b"DELETE", deleted), (b"INSERT", inserted)):
        if lines:
            out.writelines((verb, b" DATA {\n", *lines, b"} ;\n"))


def _format_triples(graph: NamedNode, lines: list[bytes]) -> Iterator[bytes]:
    if lines:
        name = str(graph).encode()
        yield b"GRAPH " + name + b" {\n"
        # A line of N-Quads without its graph is a triple as SPARQL writes it.
        yield from (line[: line.rindex(name)] + b".\n" for line in lines)
        yield b"}\n"
