"""Carry out a SPARQL update in a worker: on a copy of the store, which takes its place when all is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.query.keywords import has_keyword
from kg.rdf import StoreWriter
from kg.rdf.folder import read_manifest
from kg.serve.work import Output, Refused, Reply

if TYPE_CHECKING:
    from kg.serve.worker import OpenStore


def carry_out_update(opened: OpenStore, output: Output, *, sparql: str) -> Reply:
    """Carry out an update: whole or not at all, even if the process is ended in the midst of it.

    Raises
    ------
    Refused
        If it asks what is not allowed.
    QueryError
        If it does not parse, or fails.
    StoreError
        If somebody else writes the store.
    """
    settings = opened.settings
    if not settings.allow_load and has_keyword(sparql, "LOAD"):
        raise Refused(403, "LOAD is switched off here: kg serve --allow-load")
    if not settings.allow_service and has_keyword(sparql, "SERVICE"):
        raise Refused(403, "SERVICE is switched off here: kg serve --allow-service")
    folder = Path(settings.store)
    manifest = read_manifest(folder)
    with StoreWriter(folder, base=manifest.base) as writer:
        writer.copy_quads()
        writer.copy_files()
        try:
            writer.store.oxigraph.update(sparql)
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"update: {' '.join(str(error).split())}") from error
        writer.publish(manifest.details)
    return Reply(200, "text/plain", None)
