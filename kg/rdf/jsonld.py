"""Write graphs as JSON-LD, compacted by ``ontology/context.jsonld``: one node a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import IO, Any

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.namespaces import FOLDERS, PLR, VOCABULARIES, make_prefixes
from kg.rdf.terms import TYPE
from kg.resources import find_ontology

_XSD = VOCABULARIES["xsd"]


def load_context(base: str) -> dict[str, Any]:
    """Load the context, with the data base IRI and its prefixes put in."""
    with (find_ontology() / "context.jsonld").open(encoding="utf-8") as file:
        context: dict[str, Any] = json.load(file)["@context"]
    prefixes = make_prefixes(base)
    return context | {"@base": base} | {folder: prefixes[folder] for folder in FOLDERS}


def write_jsonld(graphs: Iterable[tuple[NamedNode, Sequence[Quad]]], base: str, out: IO[bytes]) -> None:
    """Write named graphs, each a list of quads that is sorted by subject and predicate.

    The context stands in the document itself, so that reading it fetches nothing.
    """
    compactor = _Compactor(load_context(base))
    out.write(b'{"@context":' + _encode(compactor.context) + b',\n"@graph":[')
    for number, (graph, quads) in enumerate(graphs):
        out.write(b",\n" if number else b"\n")
        out.write(b'{"@id":' + _encode(compactor.shorten(graph.value)) + b',"@graph":[')
        for position, (_, said) in enumerate(groupby(quads, key=lambda quad: str(quad.subject))):
            out.write(b",\n" if position else b"\n")
            out.write(_encode(compactor.compact_node(list(said))))
        out.write(b"\n]}")
    out.write(b"\n]}\n")


def _encode(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


class _Compactor:
    def __init__(self, context: dict[str, Any]) -> None:
        self.context = context
        # The longest namespace first, as one may stand within another.
        prefixes = {name: iri for name, iri in context.items() if isinstance(iri, str) and name[0] != "@"}
        self._prefixes = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
        self._terms = {
            self._expand(entry["@id"]): (name, entry.get("@type"), entry.get("@language"))
            for name, entry in context.items()
            if isinstance(entry, dict)
        }

    def _expand(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return str(self.context[prefix]) + local

    def shorten(self, iri: str) -> str:
        for prefix, namespace in self._prefixes:
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and local and not local.startswith("/"):
                return f"{prefix}:{local}"
        return iri

    def compact_node(self, quads: Sequence[Quad]) -> dict[str, Any]:
        node: dict[str, Any] = {"@id": self.shorten(_read_iri(quads[0].subject))}
        for predicate, said in groupby(quads, key=lambda quad: quad.predicate.value):
            values = [quad.object for quad in said]
            if predicate == TYPE.value:
                node["@type"] = _unwrap([self._name_class(_read_iri(value)) for value in values])
                continue
            name, kind, language = self._terms.get(predicate, (self.shorten(predicate), None, None))
            node[name] = _unwrap([self._compact_value(value, kind, language) for value in values])
        return node

    def _name_class(self, iri: str) -> str:
        return iri[len(PLR) :] if iri.startswith(PLR) else self.shorten(iri)

    def _compact_value(self, value: Any, kind: str | None, language: str | None) -> Any:
        if isinstance(value, NamedNode):
            if kind == "@vocab" and value.value.startswith(PLR):
                return value.value[len(PLR) :]
            short = self.shorten(value.value)
            return short if kind == "@id" else {"@id": short}
        assert isinstance(value, Literal)
        if value.language is not None:
            return value.value if value.language == language else {"@value": value.value, "@language": value.language}
        datatype = value.datatype.value
        if datatype == f"{_XSD}string":
            return value.value if kind is None and language is None else {"@value": value.value}
        short = self.shorten(datatype)
        return value.value if short == kind else {"@value": value.value, "@type": short}


def _unwrap(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _read_iri(node: Any) -> str:
    assert isinstance(node, NamedNode)
    return node.value
