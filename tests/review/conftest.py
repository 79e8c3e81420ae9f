from __future__ import annotations

import pytest

from kg.kb import KnowledgeBase, load_knowledge_base


@pytest.fixture(scope="session")
def whole_kb() -> KnowledgeBase:
    """Load the knowledge base once."""
    return load_knowledge_base()


@pytest.fixture(scope="session")
def kb(whole_kb: KnowledgeBase) -> KnowledgeBase:
    """Take the countries, and the few agents that act here, out of the knowledge base: stores of it are small."""
    wanted = {id for id, agent in whole_kb.agents.items() if agent.type == "Government" and not agent.part_of}
    found = {"tiktok", "meta", "gb-ofcom", "european-union", "united-nations"}
    while found:
        wanted |= found
        above = ((agent.owner, agent.operator, agent.part_of) for agent in map(whole_kb.agents.__getitem__, found))
        found = {id for ids in above for id in ids if id} - wanted
    return KnowledgeBase({id: whole_kb.agents[id] for id in sorted(wanted)}, {})
