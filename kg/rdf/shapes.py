"""Hold a store against ``ontology/shapes.ttl``: its constraints compiled to SPARQL, so that a build can afford it.

Only the parts of SHACL that the shapes use are known, and another is refused rather than passed over. Target classes
and ``sh:class`` mean asserted types: the encoders assert every class that holds, so nothing has to be inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import rdflib
from pyoxigraph import QuerySolutions
from rdflib import RDF, SH, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.errors import DataError, StoreError
from kg.rdf.namespaces import VOCABULARIES
from kg.rdf.store import Store
from kg.resources import find_ontology

_XSD_DATE = VOCABULARIES["xsd"] + "date"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Something that breaks a constraint.

    ``component`` is the local name of the SHACL constraint component; ``value`` is what is wrong, where one value is.
    """

    focus: str
    shape: str
    path: str
    component: str
    value: str
    message: str

    def __str__(self) -> str:
        value = f" has {self.value!r}" if self.value else ""
        return f"{self.focus}{value}: {self.message} ({self.shape} {self.path} {self.component})".replace("  ", " ")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape, and the query that finds what breaks it (``?this``, and ``?value`` where one is)."""

    shape: str
    path: str
    component: str
    message: str
    query: str


def check_store(store: Store) -> Iterator[Violation]:
    """Find what in a store breaks the shapes, constraint by constraint; nothing, in a good one."""
    for constraint in compile_shapes():
        rows = store.query(constraint.query)
        if not isinstance(rows, QuerySolutions):
            raise StoreError(f"{constraint.shape}: want rows in answer to a SELECT")
        yield from sorted(
            Violation(
                focus=str(row["this"].value),
                shape=constraint.shape,
                path=constraint.path,
                component=constraint.component,
                value=str(getattr(row["value"], "value", "") if "value" in names else ""),
                message=constraint.message,
            )
            for names in [{variable.value for variable in rows.variables}]
            for row in rows
        )


@cache
def compile_shapes(path: Path | None = None) -> tuple[Constraint, ...]:
    """Compile shapes to queries, in order.

    Parameters
    ----------
    path
        A Turtle file of shapes; None takes that of the ontology.

    Raises
    ------
    DataError
        If a shape uses a part of SHACL that is not known here.
    """
    graph = rdflib.Graph().parse(path or find_ontology() / "shapes.ttl", format="turtle")
    compiler = _Compiler(graph)
    shapes = sorted(graph.subjects(RDF.type, SH.NodeShape), key=str)
    return tuple(constraint for shape in shapes for constraint in compiler.compile_shape(shape))


_NOT_A_CONSTRAINT = {SH.path, SH.message}


class _Compiler:
    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph = graph
        declared = (
            (graph.value(node, SH.prefix), graph.value(node, SH.namespace)) for node in graph.objects(None, SH.declare)
        )
        self.prefixes = "".join(sorted(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in declared))
        self.value_tests: dict[URIRef, Callable[[Node], str]] = {
            SH["class"]: lambda node: f"FILTER NOT EXISTS {{ ?value a {node.n3()} }}",
            SH.datatype: _test_datatype,
            SH["in"]: lambda node: f"FILTER ( ?value NOT IN ({self._join_list(node)}) )",
            SH.nodeKind: _test_node_kind,
            SH.minInclusive: lambda node: _test_bound("<", node),
            SH.maxInclusive: lambda node: _test_bound(">", node),
            SH.minLength: lambda node: f"FILTER ( STRLEN(STR(?value)) < {node} )",
            SH.pattern: lambda node: f"FILTER ( !REGEX(STR(?value), {node.n3()}) )",
            SH["or"]: self._test_alternatives,
            SH.lessThan: lambda node: f"?this {node.n3()} ?limit . FILTER ( !COALESCE(?value < ?limit, false) )",
        }

    def compile_shape(self, shape: Node) -> Iterator[Constraint]:
        target = self._find_target(shape)
        name = str(shape).rpartition("#")[2]
        for predicate in sorted(set(self.graph.predicates(shape)), key=str):
            if predicate not in (RDF.type, SH.targetClass, SH.targetSubjectsOf, SH.property, SH.sparql):
                raise DataError(f"shapes.ttl: {name}: {predicate} is not known to the compiler")
        for node in self.graph.objects(shape, SH.property):
            yield from sorted(
                self._compile_property(name, target, node), key=lambda found: (found.path, found.component)
            )
        for node in self.graph.objects(shape, SH.sparql):
            message, select = self._read_message(node), str(self.graph.value(node, SH.select))
            head, where, body = select.replace("$this", "?this").partition("WHERE {")
            yield Constraint(
                name, "", "SPARQLConstraintComponent", message, f"{self.prefixes}{head}{where} {target} {body}"
            )

    def _compile_property(self, shape: str, target: str, node: Node) -> Iterator[Constraint]:
        path, shown = self._read_path(self.graph.value(node, SH.path))
        message = self._read_message(node)
        for predicate, value in sorted(self.graph.predicate_objects(node), key=str):
            if predicate in _NOT_A_CONSTRAINT:
                continue
            if predicate in (SH.minCount, SH.maxCount):
                query = _count_values(target, path, int(str(value)), least=predicate == SH.minCount)
            elif predicate in self.value_tests:
                test = self.value_tests[URIRef(str(predicate))](value)
                query = f"SELECT DISTINCT ?this ?value WHERE {{ {target} ?this {path} ?value . {test} }}"
            else:
                raise DataError(f"shapes.ttl: {shape} {shown}: {predicate} is not known to the compiler")
            yield Constraint(shape, shown, _name_component(str(predicate)), message, query)

    def _find_target(self, shape: Node) -> str:
        if target := self.graph.value(shape, SH.targetClass):
            return f"?this a {target.n3()} ."
        if target := self.graph.value(shape, SH.targetSubjectsOf):
            return f"?this {target.n3()} ?any ."
        raise DataError(f"shapes.ttl: {shape}: want sh:targetClass or sh:targetSubjectsOf")

    def _read_path(self, node: Node | None) -> tuple[str, str]:
        """Write a path in SPARQL, and as a person would."""
        if isinstance(node, URIRef):
            return node.n3(), str(self.graph.namespace_manager.qname(node))
        if node is not None and (inverse := self.graph.value(node, SH.inversePath)):
            path, shown = self._read_path(inverse)
            return f"^{path}", f"^{shown}"
        if node is not None and (node, RDF.first, None) in self.graph:
            steps = [self._read_path(step) for step in Collection(self.graph, node)]
            return "/".join(path for path, _ in steps), "/".join(shown for _, shown in steps)
        raise DataError(f"shapes.ttl: path {node}: want a property, an inverse or a sequence")

    def _read_message(self, node: Node) -> str:
        message = self.graph.value(node, SH.message)
        if message is None:
            raise DataError("shapes.ttl: every constraint wants an sh:message")
        return str(message)

    def _join_list(self, node: Node) -> str:
        return ", ".join(item.n3() for item in Collection(self.graph, node))

    def _test_alternatives(self, node: Node) -> str:
        options = []
        for option in Collection(self.graph, node):
            datatype = self.graph.value(option, SH.datatype)
            if datatype is None:
                raise DataError("shapes.ttl: sh:or: want alternatives of sh:datatype alone")
            options.append(f"({_has_datatype(datatype)})")
        return f"FILTER ( !({' || '.join(options)}) )"


def _name_component(predicate: str) -> str:
    local = predicate.rpartition("#")[2]
    return f"{local[0].upper()}{local[1:]}ConstraintComponent"


def _count_values(target: str, path: str, limit: int, *, least: bool) -> str:
    if least and limit == 1:
        # Oxigraph evaluates FILTER NOT EXISTS over a path anew for each row: MINUS is 250 times as fast.
        return f"SELECT DISTINCT ?this WHERE {{ {target} MINUS {{ ?this {path} ?some }} }}"
    having = f"COUNT(DISTINCT ?some) {'<' if least else '>'} {limit}"
    found = f"?this {path} ?some" if not least else f"OPTIONAL {{ ?this {path} ?some }}"
    return f"SELECT ?this WHERE {{ {target} {found} }} GROUP BY ?this HAVING ( {having} )"


def _has_datatype(datatype: Node) -> str:
    is_of = f"isLiteral(?value) && DATATYPE(?value) = {datatype.n3()}"
    # A day that no calendar has is ill-typed, and SHACL wants it found; the other datatypes come from typed values.
    return (
        f"{is_of} && COALESCE(BOUND(?value) && STR({datatype.n3()}(STR(?value))) != '', false)"
        if (str(datatype) == _XSD_DATE)
        else is_of
    )


def _test_datatype(datatype: Node) -> str:
    return f"FILTER ( !({_has_datatype(datatype)}) )"


def _test_node_kind(kind: Node) -> str:
    if kind != SH.IRI:
        raise DataError(f"shapes.ttl: sh:nodeKind {kind}: want sh:IRI")
    return "FILTER ( !isIRI(?value) )"


def _test_bound(comparison: str, limit: Node) -> str:
    # A number too great for the store to compare is left alone: an error or false is no violation.
    numbers = ", ".join(f"<{VOCABULARIES['xsd']}{name}>" for name in ("decimal", "integer"))
    return f"FILTER ( !isLiteral(?value) || ?value {comparison} {limit} || DATATYPE(?value) NOT IN ({numbers}) )"
