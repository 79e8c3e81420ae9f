"""Encode the resolved actions, and the agents that the knowledge base has not, as quads of the graph of actions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import DataError
from kg.model import Action, AgentRef
from kg.rdf import terms
from kg.rdf.graph_writer import GraphWriter
from kg.rdf.iris import Iris
from kg.rdf.literals import make_amount_key, make_confidence, make_date, make_text
from kg.rdf.namespaces import DATA_BASE, PLR


def encode_actions(actions: Iterable[Action], *, base: str = DATA_BASE) -> Iterator[Quad]:
    """Encode actions, their cases, and a direct edge for each that is actual.

    The agents are described only as each action knows them (``plr:statedAs``), so that an action's quads depend on the
    action alone; see `encode_agents` for their labels.

    Raises
    ------
    DataError
        If an action, a status, a charge or a type is not in the vocabulary.
    """
    iris = Iris(base)
    writer = GraphWriter(iris, iris.actions, apart=True)
    for action in sorted(actions, key=lambda action: action.id):
        _add_action(writer, action)
        yield from writer.quads
        writer.quads.clear()


def format_label(action: Action) -> str:
    """Name an action so that nobody takes a plan or a denial for a deed, even where the end is cut off."""
    said = "" if action.status == "actual" else f"{action.status}: "
    return f"{said}{action.actor.name} — {action.type} — {action.target.name}"


def _add_action(writer: GraphWriter, action: Action) -> None:
    known = terms.load_action_terms().get(action.type)
    if known is None:
        raise DataError(f"action {action.id}: type {action.type!r} is not in the ontology")
    status = terms.load_statuses().get(action.status)
    if status is None:
        raise DataError(f"action {action.id}: status {action.status!r} is not in the ontology")
    iris, node = writer.iris, writer.iris.make("action", action.id)
    for kind in (known.leaf, known.group, terms.ACTION):
        writer.add(node, terms.TYPE, kind)
    writer.add_text(node, terms.LABEL, format_label(action))
    actor = writer.add_party(node, terms.ACTOR, "actor", action.actor)
    target = writer.add_party(node, terms.TARGET, "target", action.target)
    writer.add(node, terms.STATUS, status)
    writer.add(node, terms.SOURCE_COUNT, Literal(action.source_count))
    writer.add(node, terms.CONFIDENCE, make_confidence(action.confidence))
    case = iris.make("case", action.case_id)
    writer.add(node, terms.PART_OF_CASE, case)
    writer.add(case, terms.TYPE, terms.CASE)
    if action.stage is not None:
        if action.stage not in terms.load_stages():
            raise DataError(f"action {action.id}: stage {action.stage!r}: want one of {', '.join(terms.load_stages())}")
        writer.add(node, terms.STAGE, terms.load_stages()[action.stage])
    if action.reported is not None:
        writer.add(node, terms.REPORTED, make_date(action.reported))
    writer.add_charges(node, terms.CHARGE, action.charges)
    writer.add_laws(node, terms.LEGAL_BASIS, action.laws)
    for claim in action.claim_ids:
        writer.add(node, terms.CLAIM, iris.make("claim", claim))
    writer.add_order(node, "claims", action.claim_ids, sorted(set(action.claim_ids)))
    _add_values(writer, node, action)
    if action.status == "actual":
        writer.add(actor, known.edge, target)
        writer.add(actor, known.stance, target)


def _add_values(writer: GraphWriter, node: NamedNode, action: Action) -> None:
    amounts = writer.add_amounts(node, terms.PENALTY, action.amounts)
    if amounts:
        writer.add(node, terms.BEST_PENALTY, amounts[0])
    keys = [make_amount_key(money) for money in action.amounts]
    writer.add_order(node, "amounts", keys, sorted(set(keys)))
    dates = [make_date(date) for date in action.dates]
    for date in dates:
        writer.add(node, terms.DATE, date)
    if dates:
        writer.add(node, terms.BEST_DATE, dates[0])
    days = [date.iso for date in action.dates]
    writer.add_order(node, "dates", days, sorted(set(days)))


def encode_agents(
    parties: Iterable[AgentRef],
    *,
    known: Container[str],
    government_of: Mapping[str, str],
    base: str = DATA_BASE,
) -> Iterator[Quad]:
    """Encode the agents that the knowledge base has not, once each, in order.

    Parameters
    ----------
    parties
        All agents that claims, facts and actions name, as often as they do: where the descriptions of one agent differ,
        the most frequent holds, and of equals the least.
    known
        The ids of the knowledge base's agents, which are left out.
    government_of
        The id of the agent that stands for a country, by its code.
    base
        The data base IRI.
    """
    iris = Iris(base)
    described: dict[str, Counter[AgentRef]] = {}
    for party in parties:
        if party.id not in known:
            described.setdefault(party.id, Counter())[party] += 1
    for identifier in sorted(described):
        counts = described[identifier]
        most = max(counts.values())
        party = min((ref for ref, count in counts.items() if count == most), key=_make_rank)
        node = iris.make("agent", identifier)
        pairs: list[tuple[NamedNode, NamedNode | Literal]] = [
            (terms.TYPE, NamedNode(PLR + party.type)),
            (terms.TYPE, terms.AGENT),
            (terms.LABEL, make_text(party.name)),
            (terms.IN_KNOWLEDGE_BASE, Literal(False)),
        ]
        if party.country is not None:
            pairs.append((terms.COUNTRY_CODE, make_text(party.country)))
            if party.country in government_of:
                pairs.append((terms.COUNTRY, iris.make("agent", government_of[party.country])))
        yield from (Quad(node, predicate, value, iris.actions) for predicate, value in pairs)


def _make_rank(party: AgentRef) -> tuple[str, str, str]:
    return party.name, party.type, party.country or ""
