"""How two agents stand to one another where news may name the one for the other."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from kg.kb import KnowledgeBase
from kg.model import AgentRef
from kg.model.vocabulary import AUTHORITIES
from kg.resolve.sides import load_shared_knowledge, load_unions

_STATES = frozenset({"Government", "Supranational"})


class Relation(IntEnum):
    """How near two agents are; the nearer, the less else must agree for two claims to be one action."""

    STRANGERS = 0
    UNION = 1  # an authority of a member and the union: the Irish regulator and the European Union, Texas and the US
    PEER = 2  # two organs of one state
    COMPANY = 3  # a service and its parent
    COURT = 4  # two courts of one state, one of which may be the other by a looser name
    ORGAN = 5  # an organ and its state, a minister and the ministry
    SAME = 6


def relate_agents(one: AgentRef, other: AgentRef) -> Relation:
    """Tell how two agents stand to one another, by the shipped knowledge base.

    Two services of one company are strangers: news that means the one never names the other. A person is a part of the
    authority that they speak for, but not of a company: a founder is not the firm.
    """
    if one.id == other.id:
        return Relation.SAME
    return max(_look_up(one, other), _look_up(other, one), _compare_peers(one, other))


def find_depth(agent: AgentRef) -> int:
    """Count the agents that this one is a part of: the more, the more specific it is."""
    inner, outer = _find_wholes(agent)
    return len(inner) + len(outer)


def _look_up(part: AgentRef, whole: AgentRef) -> Relation:
    inner, outer = _find_wholes(part)
    if whole.id in inner:
        return Relation.ORGAN if whole.type in AUTHORITIES else Relation.COMPANY
    return Relation.UNION if whole.id in outer else Relation.STRANGERS


def _compare_peers(one: AgentRef, other: AgentRef) -> Relation:
    if not find_states(one) & find_states(other):
        return Relation.STRANGERS
    return Relation.COURT if one.type == other.type == "Court" else Relation.PEER


def acts_for_state(agent: AgentRef) -> bool:
    """Tell whether an agent is an authority, or a person who speaks for one."""
    return agent.type in AUTHORITIES or (agent.type == "Person" and bool(find_states(agent)))


def find_states(agent: AgentRef) -> frozenset[str]:
    """Find the states and unions that an authority acts for, itself if it is one; none for all other agents."""
    kb = load_shared_knowledge()
    wholes = {whole for whole in _find_wholes(agent)[0] if kb.agents[whole].type in _STATES}
    return frozenset(wholes | ({agent.id} if agent.type in _STATES else set()))


@lru_cache(maxsize=65536)
def _find_wholes(agent: AgentRef) -> tuple[frozenset[str], frozenset[str]]:
    """Find what the agent is a part of: within its state or company, and beyond its state."""
    kb = load_shared_knowledge()
    known = kb.agents.get(agent.id)
    inner, outer = _climb(kb, agent.id) if known else (set(), set())
    offices = [(known or agent), *(kb.agents[whole] for whole in sorted(inner))]
    offices = [office for office in offices if office.type in AUTHORITIES]
    if (known or agent).type == "Person" and not offices:
        return frozenset(), frozenset()
    if offices and not any(office.type in _STATES for office in offices):
        state = kb.government_of.get(offices[0].country or "")
        if state:
            inner.add(state)
    states = [agent.id, *inner]
    for state in states:
        found = kb.agents.get(state)
        union = load_unions().get(found.country or "") if found and found.type == "Government" else None
        if union:
            outer.add(union)
    return frozenset(inner), frozenset(outer - inner)


def _climb(kb: KnowledgeBase, agent_id: str) -> tuple[set[str], set[str]]:
    inner: set[str] = set()
    outer: set[str] = set()
    todo = [(agent_id, False)]
    while todo:
        current, beyond = todo.pop()
        agent = kb.agents[current]
        for whole in (agent.owner, agent.operator, agent.part_of):
            if whole is None or whole in inner or whole in outer or whole == agent_id:
                continue
            if kb.agents[whole].type == "Person":
                continue
            # What a state is a part of is another state.
            outside = beyond or agent.type == "Government"
            (outer if outside else inner).add(whole)
            todo.append((whole, outside))
    return inner, outer
