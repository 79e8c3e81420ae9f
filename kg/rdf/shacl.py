"""Hold a store against the shapes with a whole SHACL processor (pyshacl): thorough, and some hundred times slower.

A build runs `kg.rdf.shapes.check_store` instead; the tests hold the two together.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from pyoxigraph import RdfFormat
from rdflib import RDF, SH

from kg.rdf.iris import Iris
from kg.rdf.shapes import Violation
from kg.rdf.store import Store
from kg.resources import find_ontology


def validate_store(store: Store, shapes: Path | None = None) -> list[Violation]:
    """Validate all graphs together, but for the terms of the ontology, of which only the charges are data.

    Parameters
    ----------
    store
        The store; 100,000 quads take some minutes.
    shapes
        A Turtle file of shapes; None takes that of the ontology.
    """
    iris, data = Iris(store.base), rdflib.Graph()
    for graph in store.graphs():
        triples = (
            quad.triple
            for quad in store.quads(graph)
            if graph != iris.ontology or str(quad.subject).startswith(f"<{store.base}charge/")
        )
        text = ox.serialize(triples, format=RdfFormat.N_TRIPLES) or b""
        data.parse(data=text, format="ox-nt")
    return validate_graph(data, shapes)


def validate_graph(data: rdflib.Graph, shapes: Path | None = None) -> list[Violation]:
    """Validate a graph; the violations come sorted."""
    rules = rdflib.Graph().parse(shapes or find_ontology() / "shapes.ttl", format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inference="none")
    found = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceShape)
        owner = next((shape for shape in rules.subjects(SH.property, source)), source)
        value, path = report.value(result, SH.value), report.value(result, SH.resultPath)
        found.append(
            Violation(
                focus=str(report.value(result, SH.focusNode)),
                shape=str(owner).rpartition("#")[2],
                path=rules.namespace_manager.qname(path) if isinstance(path, rdflib.URIRef) else "",
                component=str(report.value(result, SH.sourceConstraintComponent)).rpartition("#")[2],
                value="" if value is None else str(value),
                message=str(report.value(result, SH.resultMessage)),
            )
        )
    return sorted(found)
