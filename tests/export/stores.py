"""Small stores, and files beside them."""

from __future__ import annotations

import io
from pathlib import Path

from kg.pipeline import build
from kg.rdf import dump_store, open_store
from tests.export.conftest import Told


def export(folder: Path, form: str = "nquads") -> bytes:
    """Export a store."""
    store, out = open_store(folder), io.BytesIO()
    dump_store(store, form, out)
    store.close()
    return out.getvalue()


def put(told: list[Told], folder: Path) -> Path:
    """Build a store of documents that were read."""
    build((), folder, ready=told)
    return folder


def write_rdf(folder: Path, name: str, content: bytes | str) -> str:
    """Write a file."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)
