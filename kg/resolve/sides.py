"""Which side an agent stands on: an authority on that of its state, a service on that of its company."""

from __future__ import annotations

from functools import lru_cache

from kg.kb import KnowledgeBase, load_knowledge_base, read_table
from kg.model import AgentRef
from kg.model.vocabulary import AUTHORITIES
from kg.resources import find_data

_OWNED = frozenset({"Company", "Platform"})


@lru_cache(maxsize=1)
def load_shared_knowledge() -> KnowledgeBase:
    """Load the knowledge base once a process: to resolve is to look up many agents."""
    return load_knowledge_base()


@lru_cache(maxsize=1)
def load_unions() -> dict[str, str]:
    """Load the unions of states: country code -> id of the union that acts through it, and is spoken of in its stead.

    Raises
    ------
    DataError
        If the table has a bad row.
    """
    rows = read_table(find_data() / "kb" / "unions.csv", ("union", "country"))
    return {row["country"]: row["union"] for row in rows}


def name_side(agent: AgentRef, kb: KnowledgeBase | None = None) -> str:
    """Name the side that the agent stands on: all that news may name in its stead stand on the same.

    Parameters
    ----------
    agent
        The agent as a claim gives it. What the knowledge base says of it holds before the claim's own words.
    kb
        The knowledge base; the shipped one if None.

    Returns
    -------
    str
        An agent's id: for an authority that of its state (for a state of the United States that of the country, for a
        member of the European Union that of the union), for a service or a subsidiary that of the topmost company,
        for a person of the knowledge base the side of the body that they belong to, for all others their own.

    Notes
    -----
    A side is wide on purpose. It says who *may* be one for another, not who is: a founder stands on the side of his
    company, and is still not it.
    """
    kb = kb or load_shared_knowledge()
    known = kb.agents.get(agent.id)
    if known is None:
        return _name_state(kb, agent.country) or agent.id if agent.type in AUTHORITIES else agent.id
    top = kb.agents[_find_top(kb, known.id)]
    if top.type in AUTHORITIES:
        return _name_state(kb, top.country) or top.id
    return top.id


def _find_top(kb: KnowledgeBase, agent_id: str) -> str:
    passed = {agent_id}
    while (next_id := _find_next(kb, agent_id)) and next_id not in passed:
        passed.add(agent_id := next_id)
    return agent_id


def _find_next(kb: KnowledgeBase, agent_id: str) -> str | None:
    """Find whom the agent belongs to; a company is not its owner where that is a person."""
    agent = kb.agents[agent_id]
    for other_id in (agent.owner, agent.operator, agent.part_of):
        if other_id is None:
            continue
        if agent.type in _OWNED and kb.agents[other_id].type == "Person":
            continue
        return other_id
    return None


def _name_state(kb: KnowledgeBase, country: str | None) -> str | None:
    government = kb.government_of.get(country or "")
    if government is None:
        return None
    state = kb.agents[_find_top(kb, government)]
    return load_unions().get(state.country or "", state.id)
