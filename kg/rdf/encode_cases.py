"""Encode the cases as quads of the graph of actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.errors import DataError
from kg.model.case import DISPUTES, Case
from kg.rdf import terms
from kg.rdf.graph_writer import GraphWriter
from kg.rdf.iris import Iris
from kg.rdf.literals import make_date
from kg.rdf.namespaces import DATA_BASE


def encode_cases(cases: Iterable[Case], *, base: str = DATA_BASE) -> Iterator[Quad]:
    """Encode cases: whom each concerns, how it stands, since when, and what of it is disputed.

    What is a part of a case is said by its actions (`encode_actions`). A case's quads depend on the case alone.

    Raises
    ------
    DataError
        If a standing or a dispute is not in the vocabulary.
    """
    iris = Iris(base)
    for case in sorted(cases, key=lambda case: case.id):
        yield from _encode_case(case, iris)


def _encode_case(case: Case, iris: Iris) -> Iterator[Quad]:
    standing = terms.load_standings().get(case.standing)
    if standing is None:
        raise DataError(f"case {case.id}: standing {case.standing!r}: want one of {', '.join(terms.load_standings())}")
    for dispute in case.disputed:
        if dispute not in DISPUTES:
            raise DataError(f"case {case.id}: dispute {dispute!r}: want one of {', '.join(DISPUTES)}")
    writer = GraphWriter(iris, iris.actions)
    node: NamedNode = iris.make("case", case.id)
    writer.add(node, terms.TYPE, terms.CASE)
    writer.add_text(node, terms.LABEL, case.name)
    writer.add(node, terms.PURSUED_BY, iris.make("agent", case.actor.id))
    writer.add(node, terms.CONCERNS, iris.make("agent", case.target.id))
    writer.add(node, terms.STANDING, standing)
    if case.opened is not None:
        writer.add(node, terms.OPENED, make_date(case.opened))
    if case.latest is not None:
        writer.add(node, terms.LATEST, make_date(case.latest))
    for dispute in case.disputed:
        writer.add_text(node, terms.DISPUTED, dispute)
    yield from writer.quads
