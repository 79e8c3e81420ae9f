"""Hold what a build made against the shapes: all of it, or what has changed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.rdf import LocalStore, Store, open_store
from kg.rdf.shapes import Violation, check_store
from kg.rdf.terms import TYPE

_SHOWN = 3
_THREADS = 2


def check_whole(store: Store) -> None:
    """Check a whole store.

    Raises
    ------
    StoreError
        If something breaks its shape. That is an error of kg itself; better no graph than one that says more than it
        can prove.
    """
    _refuse(check_store(store, threads=_THREADS if isinstance(store, LocalStore) else 1))


def check_part(quads: Iterable[Quad], store: LocalStore) -> None:
    """Check quads that describe some things whole; of others that they lead to, only the classes are looked up.

    Parameters
    ----------
    quads
        The quads.
    store
        The store that they are part of.

    Raises
    ------
    StoreError
        If something breaks its shape.
    """
    part = open_store("memory:", base=store.base)
    assert isinstance(part, LocalStore)
    part.load(quads)
    described = {quad.subject for quad in part.oxigraph.quads_for_pattern(None, TYPE, None)}
    led_to = {quad.object for quad in part.quads() if isinstance(quad.object, NamedNode)} - described
    looked_up = [
        quad for node in sorted(led_to, key=str) for quad in store.oxigraph.quads_for_pattern(node, TYPE, None)
    ]
    part.load(looked_up)
    known_by_class = {str(node.value) for node in led_to}
    # A thing of which only the class was looked up lacks all else; what is said of it here is checked by SPARQL.
    _refuse(
        violation
        for violation in check_store(part)
        if violation.focus not in known_by_class or violation.component == "SPARQLConstraintComponent"
    )


def _refuse(found: Iterable[Violation]) -> None:
    violations = list(islice(iter(found), _SHOWN))
    if violations:
        raise StoreError(f"the graph breaks its shapes: {'; '.join(map(str, violations))}")
