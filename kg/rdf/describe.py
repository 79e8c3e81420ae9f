"""Write the readable pages of the ontology: ``python -m kg.rdf.describe docs``.

``ontology.html`` is pyLODE's (installed with the extra ``docs``; 3.2.3, as the wheel of 3.4.1 lacks a file that it
reads on import). ``charges.html``, our own, has what pyLODE leaves out: the charges' hierarchy, and the alignments.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

import rdflib
from rdflib import RDFS, SKOS, Literal, URIRef
from rdflib.term import Node

from kg.errors import KgError
from kg.rdf.namespaces import DATA_BASE, PLR
from kg.resources import find_ontology

_SCHEME = URIRef(f"{DATA_BASE}charge/scheme")
_ALIGNMENTS = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.broadMatch)


def describe_ontology(folder: Path) -> tuple[Path, Path]:
    """Write ``ontology.html`` and ``charges.html`` into a folder.

    Raises
    ------
    KgError
        If pyLODE is not installed, or is broken.
    """
    try:
        from pylode.profiles.ontpub import OntPub  # type: ignore[import-not-found,unused-ignore,import-untyped]
    except (ImportError, OSError) as error:
        raise KgError(f"pyLODE can't be loaded ({error}): want pylode==3.2.3, as in the extra 'docs'") from error
    terms = rdflib.Graph().parse(find_ontology() / "plr.ttl")
    folder.mkdir(parents=True, exist_ok=True)
    pages = (folder / "ontology.html", folder / "charges.html")
    pages[0].write_text(OntPub(ontology=terms, sort_subjects=True).make_html(), encoding="utf-8")
    pages[1].write_text(format_charges(), encoding="utf-8")
    return pages


def format_charges() -> str:
    """Write the page of the charges and of the alignments with other vocabularies."""
    charges = rdflib.Graph().parse(find_ontology() / "charges.ttl")
    mappings = rdflib.Graph().parse(find_ontology() / "mappings.ttl")
    tops = _list_concepts(charges, charges.objects(_SCHEME, SKOS.hasTopConcept))
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8"><title>Charges and alignments</title><style>',
            "body { font: 16px/1.4 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em }",
            "dt { font-weight: bold; margin-top: .6em } code { color: #666; font-weight: normal }",
            "td, th { text-align: left; vertical-align: top; padding: .2em 1em .2em 0 }",
            "</style></head><body><h1>Charges</h1>",
            *(_format_concept(charges, concept) for concept in tops),
            "<h1>Alignments</h1><table><tr><th>Term</th><th></th><th>Other vocabulary</th></tr>",
            *_format_alignments(mappings),
            "</table></body></html>\n",
        )
    )


def _list_concepts(graph: rdflib.Graph, concepts: Iterator[Node]) -> list[Node]:
    return sorted(concepts, key=lambda concept: str(graph.value(concept, SKOS.prefLabel)))


def _format_concept(graph: rdflib.Graph, concept: Node) -> str:
    label, definition = (escape(str(graph.value(concept, part))) for part in (SKOS.prefLabel, SKOS.definition))
    notation = graph.value(concept, SKOS.notation)
    code = f" <code>{escape(notation)}</code>" if isinstance(notation, Literal) else ""
    narrower = _list_concepts(graph, graph.subjects(SKOS.broader, concept))
    below = "".join(_format_concept(graph, other) for other in narrower)
    return f"<dl><dt>{label}{code}</dt><dd>{definition}{below}</dd></dl>"


def _format_alignments(graph: rdflib.Graph) -> Iterator[str]:
    names = graph.namespace_manager
    for subject in sorted(set(graph.subjects()), key=str):
        if not isinstance(subject, URIRef) or not subject.startswith(PLR):
            continue
        for predicate in _ALIGNMENTS:
            others = sorted(names.qname(str(other)) for other in graph.objects(subject, predicate))
            if others:
                cells = (names.qname(subject), predicate.rpartition("#")[2], ", ".join(others))
                yield f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


if __name__ == "__main__":
    logging.disable(logging.INFO)
    describe_ontology(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
