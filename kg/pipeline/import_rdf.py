"""Take documents and what they say out of RDF of the same ontology, as `kg export` or another program wrote it.

Only documents with their claims and facts are taken over; actions, cases and whatever else follows from them is worked
out anew. What comes in is held against the shapes and read by the decoders, and a document that fails is refused by
name.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg import __version__
from kg.errors import DataError, KgError, SourceError
from kg.kb import KnowledgeBase
from kg.model import Refusal
from kg.pipeline.plan import Told
from kg.pipeline.rdf_documents import (
    list_loose_documents,
    list_missing_names,
    list_stated_agents,
    move_document,
)
from kg.pipeline.runs import Run
from kg.rdf import Iris, LocalStore, Store, encode_document, encode_knowledge_base, encode_ontology, terms
from kg.rdf.decode import decode_document, decode_reading
from kg.rdf.graph_links import find_run
from kg.rdf.graph_reader import GraphReader
from kg.rdf.load_apart import load_apart
from kg.rdf.shapes import check_store
from kg.sources.files import open_source
from kg.sources.formats import show_path
from kg.sources.limits import MAX_ID_CHARACTERS, MAX_TEXT_CHARACTERS

FORMATS: dict[str, RdfFormat] = {
    ".nq": RdfFormat.N_QUADS,
    ".nquads": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".turtle": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
}
"""Suffixes of RDF files, each of which may be followed by ``.gz``."""

_CHECKED = ("claim", "doc", "evidence", "fact", "penalty")
# What leads out of a document's graph to what is worked out anew.
_LEADS_OUT = (terms.ABOUT, terms.REVIEW, terms.REVISION_OF, terms.COPY_GROUP)
_UNKNOWN_RUN = "kg-0"


def find_rdf_format(path: str) -> RdfFormat | None:
    """Tell by its name which RDF a file holds; None if none."""
    name = path.lower().removesuffix(".gz")
    return FORMATS.get(os.path.splitext(name)[1])


def read_rdf_file(path: str, kb: KnowledgeBase) -> Iterator[Told | Refusal]:
    """Read the documents of an RDF file.

    Raises
    ------
    SourceError
        If it can't be read, or is not the RDF that its name says.
    """
    where, form = show_path(path), find_rdf_format(path)
    assert form is not None
    with tempfile.TemporaryDirectory() as folder:
        loaded = os.path.join(folder, "all")
        try:
            with open_source(path) as stream:
                load_apart(stream, form, loaded)
            store = ox.Store(loaded)
        except SourceError as error:
            raise SourceError(f"{where}: {error}") from error
        except (OSError, RuntimeError) as error:
            raise SourceError(f"{where}: can't be read: {' '.join(str(error).split())[:300]}") from error
        yield from read_rdf(store, where, kb, os.path.join(folder, "part"))


def read_endpoint(store: Store, where: str, kb: KnowledgeBase) -> Iterator[Told | Refusal]:
    """Read the documents of a store of any kind, such as an endpoint, through a copy of its quads."""
    with tempfile.TemporaryDirectory() as folder:
        copy = ox.Store(os.path.join(folder, "all"))
        copy.bulk_extend(store.quads())
        yield from read_rdf(copy, where, kb, os.path.join(folder, "part"))


def read_rdf(source: ox.Store, where: str, kb: KnowledgeBase, folder: str) -> Iterator[Told | Refusal]:
    """Read the documents of quads.

    Documents of which a claim was judged come with a run that nothing can be, so that their texts are read anew: what
    was read before it was judged is not in the quads.

    Parameters
    ----------
    source
        The quads; documents that lack a graph of their own get one.
    where
        What messages call it.
    kb
        The knowledge base that the documents are held against.
    folder
        A folder that is not there yet, for a store of what concerns the documents.

    Raises
    ------
    SourceError
        If there is no document.
    """
    base = _find_base(source, where)
    iris, whole = Iris(base), LocalStore(source, base=base)
    components = _read_components(source, iris)
    judged = next(whole.quads(iris.judgements), None) is not None
    judged = judged or next(source.quads_for_pattern(None, terms.REVIEW, None), None) is not None
    for document in list_loose_documents(whole, iris):
        move_document(whole, iris, document)
    part = LocalStore(ox.Store(folder), base=base)
    graphs = [graph for graph in whole.graphs() if iris.is_document(graph.value)]
    part.load(quad for graph in graphs for quad in whole.quads(graph) if quad.predicate not in _LEADS_OUT)
    part.load(quad for graph in graphs for quad in list_missing_names(whole, graph, iris, kb))
    refused = _check_shapes(part, iris, kb)
    for graph in graphs:
        if graph.value in refused:
            yield _refuse(where, graph, refused[graph.value])
            continue
        try:
            yield _read_document(part, iris, graph, where, components, judged=judged)
        except (KgError, ValueError, LookupError, ArithmeticError, StopIteration, RuntimeError) as error:
            yield _refuse(where, graph, str(error) or type(error).__name__)


def _refuse(where: str, graph: NamedNode, reason: str) -> Refusal:
    # IRIs may hold any sign, and be of any length.
    line = f"{graph.value[:200]}: {' '.join(reason.split())[:300]}"
    return Refusal(where, "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line))


def _find_base(source: ox.Store, where: str) -> str:
    found = source.quads_for_pattern(None, terms.TYPE, terms.DOCUMENT)
    names = {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}
    bases = {name[: name.index("/doc/") + 1] for name in names if "/doc/" in name}
    if not bases:
        raise SourceError(f"{where}: no document: want RDF such as kg export writes, with plr:Document under …/doc/")
    if len(bases) > 1:
        raise SourceError(f"{where}: documents under {len(bases)} bases: {', '.join(sorted(bases)[:2])} …; want one")
    (base,) = bases
    try:
        return Iris(base).base
    except KgError as error:
        raise SourceError(f"{where}: {error}") from error


def _read_components(source: ox.Store, iris: Iris) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for quad in source.quads_for_pattern(None, terms.COMPONENT, None):
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(f"{iris.base}run/"):
            found.setdefault(iris.read("run", quad.subject.value), set()).add(str(getattr(quad.object, "value", "")))
    return {run: tuple(sorted(parts)) for run, parts in found.items()}


def _check_shapes(store: LocalStore, iris: Iris, kb: KnowledgeBase) -> dict[str, str]:
    """Hold the documents against the shapes, beside our own knowledge base: the first violation of each graph."""
    agents = list(list_stated_agents(store, iris, kb))
    store.load(chain(encode_ontology(base=iris.base), encode_knowledge_base(kb, base=iris.base), agents))
    starts = tuple(f"{iris.base}{folder}/" for folder in _CHECKED)
    refused: dict[str, str] = {}
    for violation in check_store(store):
        if not violation.focus.startswith(starts):
            continue
        for quad in store.oxigraph.quads_for_pattern(NamedNode(violation.focus), None, None):
            if isinstance(quad.graph_name, NamedNode) and iris.is_document(quad.graph_name.value):
                refused.setdefault(quad.graph_name.value, " ".join(str(violation).split())[:300])
    return refused


def _read_document(
    store: LocalStore, iris: Iris, graph: NamedNode, where: str, components: dict[str, tuple[str, ...]], *, judged: bool
) -> Told:
    reader = GraphReader(iris, store.quads(graph))
    document = replace(decode_document(graph.value, reader), source=where)
    if len(document.id) > MAX_ID_CHARACTERS or len(document.text) > MAX_TEXT_CHARACTERS:
        raise SourceError(f"an id of at most {MAX_ID_CHARACTERS} and a text of at most {MAX_TEXT_CHARACTERS} are read")
    reading = decode_reading(graph.value, reader)
    run = _find_run(store, iris, document.id, graph)
    if judged and run.startswith("kg-"):
        run = _UNKNOWN_RUN
    # What the encoders refuse is refused here, where it costs one document and not the whole build.
    quads: list[Quad] = list(encode_document(document, reading, {}, extractor=run))
    if not quads:
        raise DataError("nothing is said")
    return document, reading, Run(run, components.get(run, ()))


def _find_run(store: LocalStore, iris: Iris, document: str, graph: NamedNode) -> str:
    """Find what read a document: the run that it names, else the one that its claims name, else the import itself."""
    run = find_run(store, document)
    if run != _UNKNOWN_RUN:
        return run
    found = {
        quad.object.value
        for quad in store.oxigraph.quads_for_pattern(None, terms.GENERATED_BY, None, graph)
        if isinstance(quad.object, NamedNode)
    }
    named = {iris.read("run", iri) for iri in found if iri.startswith(f"{iris.base}run/")}
    return named.pop() if len(named) == 1 else f"import-{__version__}"
