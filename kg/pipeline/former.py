"""What a store held before a build: which documents it has, and what was read from each."""

from __future__ import annotations

import zlib
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Document, Reading
from kg.pipeline.ledger import Ledger
from kg.pipeline.runs import Run, digest_document
from kg.rdf import Iris, LocalStore, terms
from kg.rdf.decode import decode_document, decode_reading
from kg.rdf.graph_content import parse_lines
from kg.rdf.graph_links import find_run
from kg.rdf.graph_reader import GraphReader


class Former:
    """The documents of a store, with their readings as they were before any judgement.

    Parameters
    ----------
    store
        The quads.
    ledger
        What else is known of them; None where there is none, so that the quads must tell.
    """

    def __init__(self, store: LocalStore, ledger: Ledger | None) -> None:
        self.store = store
        self._ledger = ledger
        self._iris = Iris(store.base)
        self._read_run = lru_cache(None)(self._decode_run)

    def list_documents(self) -> list[str]:
        """List the ids of the documents, sorted."""
        if self._ledger:
            return self._ledger.list_documents()
        graphs = (graph.value for graph in self.store.graphs() if self._iris.is_document(graph.value))
        return sorted(self._iris.read("doc", graph) for graph in graphs)

    def is_judged(self) -> bool:
        """Tell whether judgements were applied that can't be taken back, for what was read is not kept."""
        return self._ledger is None and next(self.store.quads(self._iris.judgements), None) is not None

    def holds(self, document: Document) -> bool:
        """Tell whether the store has this very document: its text, and what its source says of it."""
        entry = self._ledger.find(document.id) if self._ledger else None
        former = entry.digest if entry else digest_document(self.read_document(document.id))
        return former == digest_document(document)

    def find_digest(self, document: str) -> str | None:
        """Find the digest of a document as its source had it, before anybody was left out of it."""
        entry = self._ledger.find(document) if self._ledger else None
        return entry.digest if entry else None

    def list_runs(self) -> set[Run]:
        """List the runs that read the documents."""
        if self._ledger:
            return {self._read_run(name) for name in self._ledger.count_runs()}
        return {self.find_run(document) for document in self.list_documents()}

    def find_run(self, document: str) -> Run:
        """Find the run that read a document."""
        entry = self._ledger.find(document) if self._ledger else None
        return self._read_run(entry.run if entry else find_run(self.store, document))

    def read_document(self, document: str) -> Document:
        """Read a document, but for where it once was read from."""
        graph = self._iris.make("doc", document)
        return decode_document(graph.value, GraphReader(self._iris, self.store.quads(graph)))

    def read_reading(self, document: str) -> Reading:
        """Read what was read from a document, before any judgement where that is known."""
        graph = self._iris.make("doc", document)
        return decode_reading(graph.value, GraphReader(self._iris, self._list_quads(document, graph)))

    def _list_quads(self, document: str, graph: NamedNode) -> list[Quad]:
        entry = self._ledger.find(document) if self._ledger else None
        if entry and entry.unjudged:
            return parse_lines([zlib.decompress(entry.unjudged)])
        return list(self.store.quads(graph))

    def _decode_run(self, name: str) -> Run:
        graph = self._iris.actions
        found = self.store.oxigraph.quads_for_pattern(self._iris.make("run", name), terms.COMPONENT, None, graph)
        return Run(name, tuple(sorted(quad.object.value for quad in found if isinstance(quad.object, Literal))))
