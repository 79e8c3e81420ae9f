"""Open a state of a graph to compare: a store, an endpoint, or a file that was exported from one."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph as ox

from kg.errors import SourceError, StoreError, describe_os_error
from kg.rdf import LocalStore, Store, open_store
from kg.rdf.load_apart import load_apart
from kg.sources.files import open_source

SUFFIXES = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG}
"""Exports that tell the graphs, without which a claim has no document; each may be followed by ``.gz``."""


def open_state(name: str) -> Store:
    """Open a store by its folder or address, or load an export into memory.

    Parameters
    ----------
    name
        A folder, an http(s) address, or a file of N-Quads or TriG.

    Raises
    ------
    StoreError
        If it is none of these, or the file does not parse.
    """
    path = Path(name)
    if name.startswith(("http://", "https://")) or not path.is_file():
        return open_store(name)
    plain = Path(path.stem) if path.suffix == ".gz" else path
    if plain.suffix not in SUFFIXES:
        raise StoreError(f"{name}: want a store, or an export as {' or '.join(SUFFIXES)} (or with .gz)")
    store = open_store("memory:")
    assert isinstance(store, LocalStore)
    with tempfile.TemporaryDirectory() as folder:
        try:
            with open_source(name) as stream:
                load_apart(stream, SUFFIXES[plain.suffix], folder)  # an export may come from a stranger
            store.oxigraph.bulk_extend(ox.Store.read_only(folder))
        except SourceError as error:
            raise StoreError(f"{name}: {error}") from error
        except OSError as error:
            raise StoreError(f"{name}: {describe_os_error(error, known=name)}") from error
    return store
