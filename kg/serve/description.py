"""What the endpoint says of itself: a SPARQL 1.1 service description."""

from __future__ import annotations

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from kg.rdf.folder import Manifest
from kg.serve.formats import GRAPHS, describe_type

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "N3",
)


def describe_service(
    address: str, kind: str, *, manifest: Manifest | None, allow_service: bool, allow_update: bool
) -> tuple[bytes, str]:
    """Write the description, and give it with its Content-Type.

    Parameters
    ----------
    address
        Where the endpoint answers.
    kind
        The media type that the client wants, one of `GRAPHS`.
    manifest
        Tells how many quads there are; None where the store is elsewhere.
    allow_service, allow_update
        What is switched on.
    """
    service, dataset, graph = BlankNode("service"), BlankNode("dataset"), BlankNode("default")

    def name(local: str) -> NamedNode:
        return NamedNode(_SD + local)

    triples = [
        Triple(service, _TYPE, name("Service")),
        Triple(service, name("endpoint"), NamedNode(address)),
        Triple(service, name("supportedLanguage"), name("SPARQL11Query")),
        Triple(service, name("feature"), name("UnionDefaultGraph")),
        Triple(service, name("defaultDataset"), dataset),
        Triple(dataset, _TYPE, name("Dataset")),
        Triple(dataset, name("defaultGraph"), graph),
        Triple(graph, _TYPE, name("Graph")),
        *(Triple(service, name("resultFormat"), NamedNode(_FORMATS + format)) for format in _NAMES),
    ]
    if manifest is not None:
        triples.append(Triple(graph, NamedNode(f"{_VOID}triples"), Literal(str(manifest.quads), datatype=_INTEGER)))
    if allow_service:
        triples.append(Triple(service, name("feature"), name("BasicFederatedQuery")))
    if allow_update:
        triples.append(Triple(service, name("supportedLanguage"), name("SPARQL11Update")))
    prefixes = {"sd": _SD, "void": _VOID, "formats": _FORMATS}
    known = prefixes if GRAPHS[kind] != RdfFormat.N_TRIPLES else None
    content = ox.serialize(triples, format=GRAPHS[kind], prefixes=known)
    assert isinstance(content, bytes)
    return content, describe_type(kind)
