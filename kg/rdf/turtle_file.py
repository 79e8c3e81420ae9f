"""Look things up in one Turtle file, without a library for graphs: builds need the shapes, and quickly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.rdf.namespaces import VOCABULARIES

Node = NamedNode | BlankNode | Literal
Subject = NamedNode | BlankNode

_FIRST, _REST = (NamedNode(VOCABULARIES["rdf"] + name) for name in ("first", "rest"))


class TurtleFile:
    """The triples of a file, by subject.

    Parameters
    ----------
    path
        The file.
    """

    def __init__(self, path: Path) -> None:
        self._found: dict[Subject, list[tuple[NamedNode, Node]]] = {}
        parser = parse(path=path, format=RdfFormat.TURTLE)
        for quad in parser:
            if not isinstance(quad.subject, Triple) and not isinstance(quad.object, Triple):
                self._found.setdefault(quad.subject, []).append((quad.predicate, quad.object))
        self._prefixes: dict[str, str] = parser.prefixes

    def list_subjects(self) -> Iterator[Subject]:
        """List all that something is said of."""
        yield from self._found

    def list_pairs(self, subject: Node) -> list[tuple[NamedNode, Node]]:
        """List property and value of all that is said of a subject."""
        return [] if isinstance(subject, Literal) else self._found.get(subject, [])

    def list_values(self, subject: Node, predicate: NamedNode) -> list[Node]:
        """List the values of a property."""
        return [value for found, value in self.list_pairs(subject) if found == predicate]

    def find_value(self, subject: Node, predicate: NamedNode) -> Node | None:
        """Find the value of a property that has one at most."""
        return next(iter(self.list_values(subject, predicate)), None)

    def list_items(self, head: Node | None) -> Iterator[Node]:
        """List the items of an RDF list."""
        while head is not None and (item := self.find_value(head, _FIRST)) is not None:
            yield item
            head = self.find_value(head, _REST)

    def shorten(self, node: NamedNode) -> str:
        """Write an IRI with the prefix that the file gives it."""
        for prefix, namespace in self._prefixes.items():
            if node.value.startswith(namespace):
                return f"{prefix}:{node.value.removeprefix(namespace)}"
        return node.value
