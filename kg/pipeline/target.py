"""Where a build goes: a folder, or a SPARQL endpoint; either takes the new graph whole or keeps the old one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from pyoxigraph import Quad

from kg.errors import StoreError
from kg.rdf import EndpointStore, LocalStore, Store, StoreWriter, open_store, write_nquads
from kg.rdf.shapes import check_store

_SHOWN = 3


class Target(Protocol):
    """Takes the quads of a build."""

    folder: Path | None
    """Where the build's temporary files lie; None is the system's folder for them."""

    def write(self, quads: Iterable[Quad], details: Mapping[str, Any]) -> None:
        """Put these quads in the place of what it holds."""


@contextmanager
def open_target(url: str | Path) -> Iterator[Target]:
    """Open the folder or the endpoint of that address for one build.

    Raises
    ------
    StoreError
        If it is neither, or the folder is being written or holds something else.
    """
    text = str(url)
    if text.startswith(("http://", "https://")):
        yield _EndpointTarget(EndpointStore(text))
    elif "://" in text or text == "memory:":
        raise StoreError(f"store {text!r}: want a folder or an http(s) address")
    else:
        with StoreWriter(Path(text)) as writer:
            yield _FolderTarget(writer)


class _FolderTarget:
    def __init__(self, writer: StoreWriter) -> None:
        self.folder: Path | None = writer.folder
        self._writer = writer

    def write(self, quads: Iterable[Quad], details: Mapping[str, Any]) -> None:
        self._writer.load(quads)
        _check_shapes(self._writer.store)
        self._writer.publish(details)


class _EndpointTarget:
    folder: Path | None = None

    def __init__(self, endpoint: EndpointStore) -> None:
        self._endpoint = endpoint

    def write(self, quads: Iterable[Quad], details: Mapping[str, Any]) -> None:
        # One request with a known length: the endpoint sees a whole graph, or none.
        with tempfile.NamedTemporaryFile(suffix=".nq") as file:
            write_nquads(quads, file)
            file.flush()
            path = Path(file.name)
            check = open_store("memory:")
            assert isinstance(check, LocalStore)
            check.load(path)
            _check_shapes(check)
            self._endpoint.replace(path)


def _check_shapes(store: Store) -> None:
    # What breaks a shape is an error of kg itself; better no graph than one that says more than it can prove.
    violations = list(islice(check_store(store), _SHOWN))
    if violations:
        raise StoreError(f"the graph breaks its shapes: {'; '.join(map(str, violations))}")
