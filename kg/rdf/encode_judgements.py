"""Encode what reviewers decided as quads of the graph of judgements, and what follows from it for the agents' names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import DataError
from kg.model import AgentJudgement, ClaimJudgement, Judgement
from kg.rdf import terms
from kg.rdf.graph_writer import GraphWriter
from kg.rdf.iris import Iris
from kg.rdf.literals import make_text
from kg.rdf.namespaces import DATA_BASE

_DAY, _TIME = terms.make_term("xsd:date"), terms.make_term("xsd:dateTime")


def encode_judgements(
    judgements: Iterable[Judgement], canonical: Mapping[str, str], *, base: str = DATA_BASE
) -> Iterator[Quad]:
    """Encode judgements with who made them, when and why; those that a later one supersedes lead to it.

    Parameters
    ----------
    judgements
        In their order: of two on one matter the later holds.
    canonical
        The id of the agent that stands for another, by the other's id. What was called something else becomes one of
        its names.
    base
        The data base IRI.

    Raises
    ------
    DataError
        If a verdict, an action or a status is not in the ontology.
    """
    iris = Iris(base)
    writer = GraphWriter(iris, iris.judgements)
    latest: dict[object, Judgement] = {}
    names: set[tuple[str, str]] = set()
    ordered = tuple(judgements)
    for judgement in ordered:
        latest[_find_matter(judgement)] = judgement
    for judgement in ordered:
        last = latest[_find_matter(judgement)]
        node = _add_judgement(writer, judgement)
        if last.id != judgement.id:
            writer.add(node, terms.SUPERSEDED_BY, iris.make("judgement", last.id))
        elif isinstance(judgement, AgentJudgement) and judgement.verdict == "same":
            names |= set(zip(judgement.agents, judgement.names, strict=True))
    for agent, replacement in sorted(canonical.items()):
        if agent != replacement:
            writer.add(iris.make("agent", agent), terms.REPLACED_BY, iris.make("agent", replacement))
    for agent, name in sorted(names):
        replacement = canonical.get(agent, agent)
        if agent != replacement and name != agent:
            writer.add_text(iris.make("agent", replacement), terms.ALT_LABEL, name)
    # A line that stands twice in the file is one judgement.
    return iter(dict.fromkeys(writer.quads))


def _find_matter(judgement: Judgement) -> object:
    return judgement.agents if isinstance(judgement, AgentJudgement) else judgement.key.subject


def _add_judgement(writer: GraphWriter, judgement: Judgement) -> NamedNode:
    iris, origin = writer.iris, judgement.origin
    node, reviewer = iris.make("judgement", judgement.id), iris.make("reviewer", origin.by)
    verdict = terms.load_verdicts().get(judgement.verdict)
    if verdict is None:
        raise DataError(f"judgement {judgement.id}: verdict {judgement.verdict!r} is not in the ontology")
    writer.add(reviewer, terms.TYPE, terms.REVIEWER)
    writer.add(reviewer, terms.TYPE, terms.PROV_AGENT)
    writer.add_text(reviewer, terms.LABEL, origin.by)
    writer.add(node, terms.TYPE, terms.JUDGEMENT)
    writer.add(node, terms.TYPE, terms.ACTIVITY)
    writer.add(node, terms.VERDICT, verdict)
    writer.add(node, terms.ASSOCIATED_WITH, reviewer)
    writer.add(node, terms.DATED, Literal(origin.when, datatype=_TIME if "T" in origin.when else _DAY))
    writer.add_text(node, terms.REASON, origin.why)
    if isinstance(judgement, AgentJudgement):
        writer.add(node, terms.TYPE, terms.AGENT_JUDGEMENT)
        for agent in judgement.agents:
            writer.add(node, terms.JUDGED_AGENT, iris.make("agent", agent))
    else:
        _add_claim(writer, node, judgement)
    return node


def _add_claim(writer: GraphWriter, node: NamedNode, judgement: ClaimJudgement) -> None:
    iris, key = writer.iris, judgement.key
    action, status = terms.load_action_terms().get(key.action), terms.load_statuses().get(key.status)
    if action is None or status is None:
        raise DataError(f"judgement {judgement.id}: {key.action!r}, {key.status!r}: not in the ontology")
    writer.add(node, terms.TYPE, terms.CLAIM_JUDGEMENT)
    writer.add(node, terms.JUDGED_DOCUMENT, iris.make("doc", key.document))
    writer.add(node, terms.EXACT, make_text(key.quote))
    writer.add(node, terms.JUDGED_TRIGGER, make_text(key.trigger))
    writer.add(node, terms.JUDGED_TYPE, action.leaf)
    writer.add(node, terms.JUDGED_STATUS, status)
    writer.add(node, terms.JUDGED_ACTOR, iris.make("agent", key.actor))
    writer.add(node, terms.JUDGED_TARGET, iris.make("agent", key.target))
    if said := str(judgement.correction):
        writer.add_text(node, terms.CORRECTION, said)
