"""Open a state of a graph to compare: a store, an endpoint, or a file that was exported from one."""

from __future__ import annotations

import gzip
import zlib
from contextlib import nullcontext
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import StoreError, describe_os_error
from kg.rdf import LocalStore, Store, open_store

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
    try:
        with path.open("rb") as file, gzip.open(file) if path.suffix == ".gz" else nullcontext(file) as opened:
            stream = cast("IO[bytes]", opened)
            store.oxigraph.bulk_load(stream, SUFFIXES[plain.suffix])
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{name}: not {SUFFIXES[plain.suffix]}: {' '.join(str(error).split())[:300]}") from error
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise StoreError(f"{name}: this is no intact gzip file: {error}") from error
    except OSError as error:
        raise StoreError(f"{name}: {describe_os_error(error, known=name)}") from error
    return store
