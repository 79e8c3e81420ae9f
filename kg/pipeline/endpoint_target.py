"""A SPARQL endpoint as the place of a graph: what it holds is fetched, and only what differs goes back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from kg.pipeline.check import check_whole
from kg.pipeline.former import Former
from kg.pipeline.ledger import Ledger
from kg.pipeline.update import GraphUpdate
from kg.rdf import EndpointStore, Iris, LocalStore, open_store
from kg.rdf.endpoint_writes import Change
from kg.rdf.graph_content import Content, read_lines


class EndpointTarget:
    """A SPARQL endpoint; see `kg.pipeline.target.Target`.

    An endpoint has no ledger: what it holds is fetched in one request and worked out again, without reading texts anew.
    One update request takes the difference, so that the endpoint sees a whole graph at any time, but for servers that
    take no long update (Virtuoso), which get it in parts. Graphs that are none of ours stay as they are. Nothing keeps
    two writers of one endpoint apart.

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
        if self._fetched is not None:
            self._endpoint.change(_list_changes(self._fetched, store))
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "all.nq"
            with path.open("wb") as file:
                for graph in store.graphs():
                    file.writelines(read_lines(store, graph))
            self._endpoint.replace(path)

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


def _list_changes(former: LocalStore, now: LocalStore) -> Iterator[Change]:
    """List the graphs that are ours and differ, with what they have and what they are to have."""
    iris = Iris(now.base)
    ours = (f"{iris.base}doc/", f"{iris.base}graph/")
    graphs = {graph for store in (former, now) for graph in store.graphs() if graph.value.startswith(ours)}
    for graph in sorted(graphs, key=str):
        before, after = read_lines(former, graph), read_lines(now, graph)
        if before != after:
            yield graph, before, after
