"""Open the store that a command names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.rdf import Store


def is_address(store: str) -> bool:
    """Tell a SPARQL endpoint from a folder."""
    return store.startswith(("http://", "https://"))


@contextmanager
def opened_store(url: str) -> Iterator[Store]:
    """Open a store for reading, and close it again."""
    from kg.rdf import open_store

    store = open_store(url)
    try:
        yield store
    finally:
        store.close()
