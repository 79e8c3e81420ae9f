"""Hold a store against ``ontology/shapes.ttl``: its constraints compiled to SPARQL, so that a build can afford it.

Only the parts of SHACL that the shapes use are known, and another is refused rather than passed over. Target classes
and ``sh:class`` mean asserted types: the encoders assert every class that holds, so nothing has to be inferred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from pyoxigraph import NamedNode, QuerySolutions

from kg.errors import DataError, StoreError
from kg.rdf.namespaces import VOCABULARIES
from kg.rdf.store import Store
from kg.rdf.turtle_file import Node, TurtleFile
from kg.resources import find_ontology

_XSD_DATE = VOCABULARIES["xsd"] + "date"
_TYPE = NamedNode(VOCABULARIES["rdf"] + "type")


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


def check_store(store: Store, *, threads: int = 1) -> Iterator[Violation]:
    """Find what in a store breaks the shapes, constraint by constraint; nothing, in a good one.

    Parameters
    ----------
    store
        The store.
    threads
        How many constraints are looked at at a time: Oxigraph answers several queries at once, in one process.
    """
    find = partial(_find_violations, store)
    if threads == 1:
        for constraint in compile_shapes():
            yield from find(constraint)
        return
    with ThreadPoolExecutor(threads) as pool:
        for found in pool.map(find, compile_shapes()):
            yield from found


def _find_violations(store: Store, constraint: Constraint) -> list[Violation]:
    rows = store.query(constraint.query)
    if not isinstance(rows, QuerySolutions):
        raise StoreError(f"{constraint.shape}: want rows in answer to a SELECT")
    names = {variable.value for variable in rows.variables}
    return sorted(
        Violation(
            focus=str(row["this"].value),
            shape=constraint.shape,
            path=constraint.path,
            component=constraint.component,
            value=str(getattr(row["value"], "value", "") if "value" in names else ""),
            message=constraint.message,
        )
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
    file = TurtleFile(path or find_ontology() / "shapes.ttl")
    compiler = _Compiler(file)
    shapes = [node for node in file.list_subjects() if _sh("NodeShape") in file.list_values(node, _TYPE)]
    return tuple(constraint for shape in sorted(shapes, key=str) for constraint in compiler.compile_shape(shape))


def _sh(name: str) -> NamedNode:
    return NamedNode(f"http://www.w3.org/ns/shacl#{name}")


_PATH, _MESSAGE, _DATATYPE = _sh("path"), _sh("message"), _sh("datatype")
_OF_SHAPES = frozenset({_TYPE, *map(_sh, ("targetClass", "targetSubjectsOf", "property", "sparql"))})


class _Compiler:
    def __init__(self, file: TurtleFile) -> None:
        self.file = file
        declared = {
            (_read_text(file.find_value(node, _sh("prefix"))), _read_text(file.find_value(node, _sh("namespace"))))
            for subject in file.list_subjects()
            for node in file.list_values(subject, _sh("declare"))
        }
        self.prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(declared))
        self.value_tests: dict[NamedNode, Callable[[Node], str]] = {
            _sh("class"): lambda node: f"FILTER NOT EXISTS {{ ?value a {node} }}",
            _DATATYPE: _test_datatype,
            _sh("in"): lambda node: f"FILTER ( ?value NOT IN ({self._join_list(node)}) )",
            _sh("nodeKind"): _test_node_kind,
            _sh("minInclusive"): lambda node: _test_bound("<", node),
            _sh("maxInclusive"): lambda node: _test_bound(">", node),
            _sh("minLength"): lambda node: f"FILTER ( STRLEN(STR(?value)) < {_read_text(node)} )",
            _sh("pattern"): lambda node: f"FILTER ( !REGEX(STR(?value), {node}) )",
            _sh("or"): self._test_alternatives,
            _sh("lessThan"): lambda node: f"?this {node} ?limit . FILTER ( !COALESCE(?value < ?limit, false) )",
        }

    def compile_shape(self, shape: Node) -> Iterator[Constraint]:
        target = self._find_target(shape)
        name = _read_text(shape).rpartition("#")[2]
        for predicate, _ in self.file.list_pairs(shape):
            if predicate not in _OF_SHAPES:
                raise DataError(f"shapes.ttl: {name}: {predicate.value} is not known to the compiler")
        for node in self.file.list_values(shape, _sh("property")):
            yield from sorted(
                self._compile_property(name, target, node), key=lambda found: (found.path, found.component)
            )
        for node in self.file.list_values(shape, _sh("sparql")):
            message, select = self._read_message(node), _read_text(self.file.find_value(node, _sh("select")))
            head, where, body = select.replace("$this", "?this").partition("WHERE {")
            yield Constraint(
                name, "", "SPARQLConstraintComponent", message, f"{self.prefixes}{head}{where} {target} {body}"
            )

    def _compile_property(self, shape: str, target: str, node: Node) -> Iterator[Constraint]:
        path, shown = self._read_path(self.file.find_value(node, _PATH))
        message = self._read_message(node)
        for predicate, value in self.file.list_pairs(node):
            if predicate in (_PATH, _MESSAGE):
                continue
            if predicate in (_sh("minCount"), _sh("maxCount")):
                query = _count_values(target, path, int(_read_text(value)), least=predicate == _sh("minCount"))
            elif predicate in self.value_tests:
                test = self.value_tests[predicate](value)
                query = f"SELECT DISTINCT ?this ?value WHERE {{ {target} ?this {path} ?value . {test} }}"
            else:
                raise DataError(f"shapes.ttl: {shape} {shown}: {predicate.value} is not known to the compiler")
            yield Constraint(shape, shown, _name_component(predicate.value), message, query)

    def _find_target(self, shape: Node) -> str:
        if target := self.file.find_value(shape, _sh("targetClass")):
            return f"?this a {target} ."
        if target := self.file.find_value(shape, _sh("targetSubjectsOf")):
            return f"?this {target} ?any ."
        raise DataError(f"shapes.ttl: {_read_text(shape)}: want sh:targetClass or sh:targetSubjectsOf")

    def _read_path(self, node: Node | None) -> tuple[str, str]:
        """Write a path in SPARQL, and as a person would."""
        if isinstance(node, NamedNode):
            return str(node), self.file.shorten(node)
        if node is not None and (inverse := self.file.find_value(node, _sh("inversePath"))):
            path, shown = self._read_path(inverse)
            return f"^{path}", f"^{shown}"
        if steps := [self._read_path(step) for step in self.file.list_items(node)]:
            return "/".join(path for path, _ in steps), "/".join(shown for _, shown in steps)
        raise DataError(f"shapes.ttl: path {node}: want a property, an inverse or a sequence")

    def _read_message(self, node: Node) -> str:
        message = self.file.find_value(node, _MESSAGE)
        if message is None:
            raise DataError("shapes.ttl: every constraint wants an sh:message")
        return _read_text(message)

    def _join_list(self, node: Node) -> str:
        return ", ".join(map(str, self.file.list_items(node)))

    def _test_alternatives(self, node: Node) -> str:
        options = []
        for option in self.file.list_items(node):
            datatype = self.file.find_value(option, _DATATYPE)
            if datatype is None:
                raise DataError("shapes.ttl: sh:or: want alternatives of sh:datatype alone")
            options.append(f"({_has_datatype(datatype)})")
        return f"FILTER ( !({' || '.join(options)}) )"


def _read_text(node: Node | None) -> str:
    return "" if node is None else node.value


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
    is_of = f"isLiteral(?value) && DATATYPE(?value) = {datatype}"
    # A day that no calendar has is ill-typed, and SHACL wants it found; the other datatypes come from typed values.
    return (
        f"{is_of} && COALESCE(BOUND(?value) && STR({datatype}(STR(?value))) != '', false)"
        if (datatype.value == _XSD_DATE)
        else is_of
    )


def _test_datatype(datatype: Node) -> str:
    return f"FILTER ( !({_has_datatype(datatype)}) )"


def _test_node_kind(kind: Node) -> str:
    if kind != _sh("IRI"):
        raise DataError(f"shapes.ttl: sh:nodeKind {kind.value}: want sh:IRI")
    return "FILTER ( !isIRI(?value) )"


def _test_bound(comparison: str, limit: Node) -> str:
    # A number too great for the store to compare is left alone: an error or false is no violation.
    numbers = ", ".join(f"<{VOCABULARIES['xsd']}{name}>" for name in ("decimal", "integer"))
    return f"FILTER ( !isLiteral(?value) || ?value {comparison} {limit.value} || DATATYPE(?value) NOT IN ({numbers}) )"
