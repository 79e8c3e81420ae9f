from dataclasses import replace
from decimal import Decimal

import pytest

from kg.errors import DataError
from kg.model import AgentRef, Money, PartialDate
from kg.model.vocabulary import ACTIONS
from kg.rdf import Iris, encode_actions, encode_agents, encode_run
from kg.rdf.terms import load_action_terms, make_term
from tests.rdf.samples import DUROV, FINE, GERMANY, TELEGRAM, make_actions

IRIS = Iris()
FINED, _ = make_actions()


def list_triples(quads):
    """Forget the graph."""
    return {(quad.subject, quad.predicate, quad.object) for quad in quads}


def name(party):
    """Give the node of an agent."""
    return IRIS.make("agent", party.id)


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_encode_actions_draws_a_direct_edge_for_each_actual_action(action):
    """Every actual action has its own direct edge and the one above it."""
    known = load_action_terms()[action]
    triples = list_triples(encode_actions([replace(FINED, type=action)]))
    assert (name(GERMANY), known.edge, name(TELEGRAM)) in triples
    assert (name(GERMANY), known.stance, name(TELEGRAM)) in triples


@pytest.mark.parametrize("status", ["planned", "negated"])
def test_encode_actions_draws_no_edge_for_what_did_not_happen(status):
    """What is planned or negated never comes out as an edge, and its label says so first."""
    quads = list(encode_actions([replace(FINED, status=status)]))
    edges = {terms.edge for terms in load_action_terms().values()} | {
        make_term("plr:actedAgainst"),
        make_term("plr:actedTowards"),
    }
    assert not edges & {quad.predicate for quad in quads}
    labels = [quad.object.value for quad in quads if quad.predicate == make_term("rdfs:label")]
    assert f"{status}: Germany — fine — Telegram" in labels


def test_encode_actions_asserts_class_group_and_action():
    """An action is of its class, its group and plr:Action, so that queries need no inference."""
    node, kind = IRIS.make("action", "a-fine"), make_term("rdf:type")
    types = {
        value
        for subject, predicate, value in list_triples(encode_actions([FINED]))
        if (subject, predicate) == (node, kind)
    }
    assert types == {make_term("plr:Fine"), make_term("plr:Coercion"), make_term("plr:Action")}


def test_encode_actions_marks_the_best_date_and_the_best_sum():
    """All told dates and sums are kept, and the best supported of each is marked, once."""
    other = Money(Decimal("2000000"), "EUR")
    told = replace(FINED, amounts=(FINE, other), dates=(PartialDate("2022-10"), PartialDate("2022")))
    triples = list_triples(encode_actions([told]))
    assert {o.value for _, p, o in triples if p == make_term("plr:date")} == {"2022-10", "2022"}
    assert [o.value for _, p, o in triples if p == make_term("plr:bestDate")] == ["2022-10"]
    assert len([o for _, p, o in triples if p == make_term("plr:penalty")]) == 2
    assert [o for _, p, o in triples if p == make_term("plr:bestPenalty")] == [IRIS.make("penalty", "EUR-5100000")]


def test_encode_actions_is_the_same_in_any_order():
    """The order of the actions changes nothing."""
    assert list(encode_actions(make_actions())) == list(encode_actions(reversed(make_actions())))


@pytest.mark.parametrize("change", [{"type": "scold"}, {"status": "rumoured"}])
def test_encode_actions_refuses_what_the_ontology_has_not(change):
    """An unknown action or status is refused by name."""
    with pytest.raises(DataError, match=next(iter(change.values()))):
        list(encode_actions([replace(FINED, **change)]))


def test_encode_agents_leaves_out_the_knowledge_bases():
    """Only agents that the knowledge base has not are described; they say so."""
    quads = list(encode_agents([GERMANY, DUROV], known={"germany"}, government_of={}))
    assert {quad.subject for quad in quads} == {name(DUROV)}
    assert [q.object.value for q in quads if q.predicate == make_term("plr:inKnowledgeBase")] == ["false"]


def test_encode_agents_takes_the_most_frequent_description():
    """Where readings differ on an agent, the most frequent description holds, in any order of them."""
    rare, common = AgentRef("x", "X Corp", "Company"), AgentRef("x", "X", "Platform", "us")
    for parties in ([rare, common, common], [common, common, rare]):
        quads = list(encode_agents(parties, known=(), government_of={"us": "united-states"}))
        said = {(q.predicate, q.object) for q in quads}
        assert (make_term("rdf:type"), make_term("plr:Platform")) in said
        assert (make_term("plr:country"), IRIS.make("agent", "united-states")) in said
        assert len([p for p, _ in said if p == make_term("rdfs:label")]) == 1


def test_encode_agents_breaks_a_tie_by_the_least():
    """Of descriptions that are equally frequent, the least holds, in any order of them."""
    parties = [AgentRef("x", "B", "Platform"), AgentRef("x", "A", "Company")]
    assert list(encode_agents(parties, known=(), government_of={})) == list(
        encode_agents(reversed(parties), known=(), government_of={})
    )


def test_encode_run_has_components_in_order_and_no_clock():
    """A run is its version and its components, and the order they are given in does not matter."""
    quads = list(encode_run(extractor="kg-1", components=("b 2", "a 1")))
    assert quads == list(encode_run(extractor="kg-1", components=("a 1", "b 2")))
    assert not [quad for quad in quads if quad.predicate.value.endswith("Time")]
