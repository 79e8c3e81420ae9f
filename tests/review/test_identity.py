import itertools
import random

import pytest

from kg.errors import DataError
from kg.judge import Identity
from tests.review.judging import ACME, BODY, KB, OFCOM, OFFICE, judge_agents, make_entries, make_reading


def identify(*records):
    """Make the identity that records judge."""
    return Identity(make_entries(*records), KB)


def test_identity_of_what_was_not_judged_is_itself():
    """Without judgements every agent stands for itself."""
    assert identify().refer(OFFICE) == OFFICE


def test_identity_prefers_the_agent_of_the_knowledge_base():
    """A new agent that is the same as one of the knowledge base becomes it, with its name and type."""
    assert identify(judge_agents(OFFICE.id, "ofcom", "same")).refer(OFFICE) == OFCOM


def test_identity_takes_the_least_id_among_new_agents():
    """Among new agents the least id stands for the others; a document's name of it is kept, the type is the id's."""
    found = identify(judge_agents("zeta-chat.platform", "acme-chat.company", "same"))
    zeta = found.refer(BODY.__class__("zeta-chat.platform", "Zeta Chat", "Platform"))
    assert (zeta.id, zeta.name, zeta.type) == ("acme-chat.company", "Zeta Chat", "Company")


def test_identity_is_transitive_in_any_order_of_lines():
    """What is the same as the same is one, whatever the order in which it was judged."""
    records = [judge_agents("a.company", "b.company", "same"), judge_agents("b.company", "c.company", "same")]
    records.append(judge_agents("c.company", "acme", "same"))
    for order in itertools.permutations(records):
        found = identify(*order)
        assert {found.find(agent) for agent in ("a.company", "b.company", "c.company", "acme")} == {"acme"}


def test_identity_later_judgement_supersedes():
    """Of two judgements on one pair the later line holds, whichever agent it names first."""
    same, undecided = judge_agents(OFFICE.id, "ofcom", "same"), judge_agents("ofcom", OFFICE.id, "undecided")
    assert identify(same, undecided).find(OFFICE.id) == OFFICE.id
    assert identify(undecided, same).find(OFFICE.id) == "ofcom"


def test_identity_refuses_different_agents_that_others_make_one():
    """A chain of "same" between agents that are different is refused, and the line says which lines contradict."""
    records = (
        judge_agents("a.company", "b.company", "same"),
        judge_agents("c.company", "b.company", "same"),
        judge_agents("c.company", "a.company", "different"),
    )
    with pytest.raises(DataError) as caught:
        identify(*records)
    assert str(caught.value) == (
        "judgements.jsonl:3: 'a.company' and 'c.company' are different, "
        "but one by judgements.jsonl:1, judgements.jsonl:2: a.company = b.company = c.company"
    )


def test_identity_refuses_two_agents_of_the_knowledge_base():
    """The knowledge base keeps its agents apart: no chain may make two of them one."""
    with pytest.raises(DataError, match="'acme' and 'ofcom' are two agents of the knowledge base, but"):
        identify(judge_agents("x.company", "ofcom", "same"), judge_agents("x.company", "acme", "same"))


def test_identity_tells_what_was_judged_through_others():
    """Agents are different if those that stand for them are; what nobody judged is neither."""
    found = identify(
        judge_agents("a.company", "b.company", "same"),
        judge_agents("b.company", "acme", "different"),
        judge_agents("c.company", "acme", "undecided"),
    )
    assert found.tell_verdict("a.company", "b.company") == "same"
    assert found.tell_verdict("acme", "a.company") == "different"
    assert found.tell_verdict("c.company", "acme") == "undecided"
    assert found.tell_verdict("c.company", "a.company") is None


@pytest.mark.parametrize("seed", range(20))
def test_identity_groups_are_those_of_the_graph_of_judgements(seed):
    """On random judgements the groups are the connected components, and each has its least member for its id."""
    chance = random.Random(seed)
    names = [f"n{number:02}.company" for number in range(14)]
    pairs = [tuple(chance.sample(names, 2)) for _ in range(9)]
    found = identify(*(judge_agents(*pair, "same") for pair in pairs))
    groups = [{name} for name in names]
    for first, second in pairs:
        one = next(group for group in groups if first in group)
        other = next(group for group in groups if second in group)
        if one is not other:
            groups.remove(other)
            one |= other
    assert {name: found.find(name) for name in names} == {name: min(group) for group in groups for name in group}


def test_identity_leaves_out_what_an_agent_would_do_to_itself():
    """A claim or fact whose two parties are judged one says nothing any more, and is left out."""
    from tests.review.judging import judge

    document, reading = make_reading()
    applied = judge(judge_agents(OFFICE.id, BODY.id, "same")).apply(document, reading)
    assert [claim.actor.id for claim in applied.claims] == [BODY.id]
    assert applied.facts == ()
    assert judge(judge_agents(OFFICE.id, ACME.id, "same")).apply(document, reading).claims == ()
