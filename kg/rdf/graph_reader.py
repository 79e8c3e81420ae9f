"""Read the quads of one graph back as records: what a subject says, its lists in order, its parties, its money."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.model import AgentRef, Money, PartialDate, Span
from kg.rdf import terms
from kg.rdf.iris import Iris
from kg.rdf.literals import read_amount_key
from kg.rdf.records import decode_record, restore_order


class GraphReader:
    """What one graph says, by subject and predicate.

    Parameters
    ----------
    iris
        Where the things lie.
    quads
        The quads of the graph.
    """

    def __init__(self, iris: Iris, quads: Iterable[Quad]) -> None:
        self.iris = iris
        self._values: dict[str, dict[str, list[str]]] = {}
        for quad in quads:
            if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode | Literal):
                raise StoreError(f"quad {quad}: want no blank node")
            said = self._values.setdefault(quad.subject.value, {})
            said.setdefault(quad.predicate.value, []).append(quad.object.value)

    def find_subjects(self, kind: NamedNode) -> list[str]:
        """List the subjects of a class, in order of their IRIs."""
        return sorted(s for s, said in self._values.items() if kind.value in said.get(terms.TYPE.value, ()))

    def read_all(self, subject: str, predicate: NamedNode) -> list[str]:
        """List the values of a predicate, sorted."""
        return sorted(self._values.get(subject, {}).get(predicate.value, ()))

    def find_one(self, subject: str, predicate: NamedNode) -> str | None:
        """Read the value of a predicate, or None.

        Raises
        ------
        StoreError
            If there are several.
        """
        values = self._values.get(subject, {}).get(predicate.value, ())
        if len(values) > 1:
            raise StoreError(f"{subject}: want one {predicate.value}, not {len(values)}")
        return values[0] if values else None

    def read_one(self, subject: str, predicate: NamedNode) -> str:
        """Read the value of a predicate that must be there.

        Raises
        ------
        StoreError
            If there is none, or there are several.
        """
        value = self.find_one(subject, predicate)
        if value is None:
            raise StoreError(f"{subject}: {predicate.value} is missing")
        return value

    def read_ids(self, subject: str, predicate: NamedNode, folder: str) -> list[str]:
        """List the ids of the things that a predicate leads to, sorted."""
        return sorted(self.iris.read(folder, iri) for iri in self.read_all(subject, predicate))

    def read_list(self, subject: str, name: str, natural: list[str]) -> tuple[str, ...]:
        """Put the members of a list into the order they were written in."""
        return restore_order(name, natural, self.read_all(subject, terms.ORDER))

    def read_party(self, subject: str, predicate: NamedNode, part: str) -> AgentRef:
        """Read an agent as the graph describes it, or as the subject does where it differs."""
        agent = self.read_one(subject, predicate)
        identifier = self.iris.read("agent", agent)
        for record in self.read_all(subject, terms.STATED_AS):
            written, (name, kind, *country) = decode_record(record)
            if written == part:
                return AgentRef(identifier, name, kind, country[0] if country else None)
        return AgentRef(
            identifier,
            self.read_one(agent, terms.NAMED_AS),
            self.read_one(agent, terms.TYPED_AS).partition("#")[2],
            self.find_one(agent, terms.COUNTRY_CODE),
        )

    def find_party(self, subject: str, predicate: NamedNode, part: str) -> AgentRef | None:
        """Read an agent, or None where there is none."""
        return None if self.find_one(subject, predicate) is None else self.read_party(subject, predicate, part)

    def find_money(self, subject: str, predicate: NamedNode) -> Money | None:
        """Read a sum of money, or None."""
        node = self.find_one(subject, predicate)
        if node is None:
            return None
        return Money(Decimal(self.read_one(node, terms.AMOUNT_VALUE)), self.read_one(node, terms.CURRENCY))

    def read_amounts(self, subject: str) -> tuple[Money, ...]:
        """Read all sums of an action, in order."""
        keys = self.read_list(subject, "amounts", self.read_ids(subject, terms.PENALTY, "penalty"))
        return tuple(read_amount_key(key) for key in keys)

    def find_date(self, subject: str, predicate: NamedNode) -> PartialDate | None:
        """Read a date, or None."""
        value = self.find_one(subject, predicate)
        return None if value is None else PartialDate(value)

    def read_span(self, node: str) -> Span:
        """Read a span: its offsets and words."""
        start, end = int(self.read_one(node, terms.START)), int(self.read_one(node, terms.END))
        return Span(start, end, self.read_one(node, terms.EXACT))

    def read_chain(self, evidence: str, predicate: NamedNode, name: str, document: str) -> tuple[Span, ...]:
        """Read a chain of mentions, in order."""
        keys = sorted(node.rpartition("#char=")[2] for node in self.read_all(evidence, predicate))
        return tuple(self.read_span(f"{document}#char={key}") for key in self.read_list(evidence, name, keys))
