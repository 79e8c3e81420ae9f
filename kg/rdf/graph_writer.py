"""Collect the quads of one graph, with the lists, parties and laws that several encoders share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import DataError
from kg.model import AgentRef, Money
from kg.model.ids import make_slug
from kg.model.vocabulary import AGENT_TYPES, CHARGES
from kg.rdf import terms
from kg.rdf.iris import Iris
from kg.rdf.literals import make_amount, make_amount_key, make_text
from kg.rdf.namespaces import PLR
from kg.rdf.records import encode_record


class GraphWriter:
    """The quads of one graph.

    Parameters
    ----------
    iris
        Where the things lie.
    graph
        The graph they are written to.
    apart
        Let each subject describe its own parties, so that what is written of one never depends on another.
    """

    def __init__(self, iris: Iris, graph: NamedNode, *, apart: bool = False) -> None:
        self.iris = iris
        self.graph = graph
        self._apart = apart
        self.quads: list[Quad] = []
        self._parties: dict[str, AgentRef] = {}
        self._described: set[str] = set()

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal) -> None:
        """Add one quad."""
        self.quads.append(Quad(subject, predicate, value, self.graph))

    def add_text(self, subject: NamedNode, predicate: NamedNode, text: str | None) -> None:
        """Add a string, unless it is None."""
        if text is not None:
            self.add(subject, predicate, make_text(text))

    def add_order(self, subject: NamedNode, name: str, members: Sequence[str], natural: Sequence[str]) -> None:
        """Record the order of a list where it is not the natural one."""
        if list(members) != list(natural):
            self.add(subject, terms.ORDER, Literal(encode_record(name, members)))

    def add_party(self, subject: NamedNode, predicate: NamedNode, part: str, party: AgentRef) -> NamedNode:
        """Add an agent as a party, described once a graph; a second description goes to the subject, as all do apart.

        Raises
        ------
        DataError
            If the type is not in the vocabulary.
        """
        agent = self.iris.make("agent", party.id)
        self.add(subject, predicate, agent)
        if party.type not in AGENT_TYPES:
            raise DataError(f"agent type {party.type!r} of {party.id!r}: want one of {', '.join(sorted(AGENT_TYPES))}")
        known = self._parties.get(party.id)
        if known is None and not self._apart:
            self._parties[party.id] = party
            self.add_text(agent, terms.NAMED_AS, party.name)
            self.add(agent, terms.TYPED_AS, NamedNode(PLR + party.type))
            self.add_text(agent, terms.COUNTRY_CODE, party.country)
        elif known != party:
            country = () if party.country is None else (party.country,)
            record = encode_record(part, (party.name, party.type, *country))
            self.add(subject, terms.STATED_AS, Literal(record))
        return agent

    def add_charges(self, subject: NamedNode, predicate: NamedNode, charges: Sequence[str]) -> None:
        """Add charges.

        Raises
        ------
        DataError
            If one is not in the vocabulary.
        """
        for charge in charges:
            if charge not in CHARGES:
                raise DataError(f"charge {charge!r}: want one of {', '.join(sorted(CHARGES))}")
            self.add(subject, predicate, self.iris.make("charge", charge))
        self.add_order(subject, "charges", charges, sorted(set(charges)))

    def add_laws(self, subject: NamedNode, predicate: NamedNode, laws: Sequence[str]) -> None:
        """Add laws; one that is no id of the knowledge base but words of a text is described by them."""
        for law in laws:
            node = self.iris.make("law", law)
            self.add(subject, predicate, node)
            if make_slug(law) != law and node.value not in self._described:
                self._described.add(node.value)
                self.add(node, terms.TYPE, terms.LEGAL_ACT)
                self.add_text(node, terms.LABEL, law)
        self.add_order(subject, "laws", laws, sorted(set(laws)))

    def add_amounts(self, subject: NamedNode, predicate: NamedNode, amounts: Iterable[Money]) -> tuple[NamedNode, ...]:
        """Add sums of money; equal sums are one node, and its IRI says what it is."""
        nodes = []
        for money in amounts:
            node = self.iris.make("penalty", make_amount_key(money))
            self.add(subject, predicate, node)
            if node.value not in self._described:
                self._described.add(node.value)
                self.add(node, terms.TYPE, terms.MONETARY_AMOUNT)
                self.add(node, terms.AMOUNT_VALUE, make_amount(money))
                self.add(node, terms.CURRENCY, Literal(money.currency))
            nodes.append(node)
        return tuple(nodes)
