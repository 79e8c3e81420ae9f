"""The store behind the class: opened when it is asked, closed when it changes."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kg.analysis import GraphData
    from kg.rdf import Store

Self = TypeVar("Self", bound="StoreHandle")


class StoreHandle:
    """An open store and what was read of it.

    Parameters
    ----------
    url
        The folder of a store, or the http(s) address of a SPARQL endpoint.

    Raises
    ------
    StoreError
        If there is no such store.
    """

    def __init__(self, url: str | Path) -> None:
        self.url = str(url)
        self._store: Store | None = None
        self._data: GraphData | None = None
        self.store  # noqa: B018  (a store that is not there shall be refused here, not at the first question)

    @property
    def store(self) -> Store:
        """The open store, with its ``query``."""
        if self._store is None:
            from kg.rdf import open_store

            self._store = open_store(self.url)
        return self._store

    @property
    def data(self) -> GraphData:
        """The actions and agents, as the measures count them."""
        if self._data is None:
            from kg.analysis import read_graph_data

            self._data = read_graph_data(self.store)
        return self._data

    def close(self) -> None:
        """Let go of the store; the next question opens it again, as it is then."""
        if self._store is not None:
            self._store.close()
        self._store = self._data = None

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        data = self.data
        held = f"{len(data.actions):,} actions, {data.claims:,} claims, {data.documents:,} documents"
        return f"{type(self).__name__}({self.url!r}): {held}"
