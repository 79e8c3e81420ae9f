"""The knowledge base as the stages use it: agents, laws, and the names that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from kg.kb.agents import Law, load_agents, load_laws
from kg.model import Agent, AgentRef
from kg.resources import find_data


@dataclass(frozen=True)
class KnowledgeBase:
    """Agents and laws by id, with indexes from the words of a text to them."""

    agents: dict[str, Agent]
    laws: dict[str, Law]

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Surface name -> ids of the agents that bear it, sorted."""
        return self._index(lambda agent: (agent.name, *agent.aliases))

    @cached_property
    def metonyms(self) -> dict[str, tuple[str, ...]]:
        """Place or seat -> ids of the agents it stands for when it acts."""
        return self._index(lambda agent: agent.metonyms)

    @cached_property
    def adjectives(self) -> dict[str, tuple[str, ...]]:
        """Demonym or adjective -> ids of the countries, regions and bodies it belongs to."""
        return self._index(lambda agent: agent.adjectives)

    @cached_property
    def descriptors(self) -> dict[str, tuple[str, ...]]:
        """Definite description in lower case, without its article -> ids of the agents it fits."""
        return self._index(lambda agent: tuple(text.lower() for text in agent.descriptors))

    @cached_property
    def government_of(self) -> dict[str, str]:
        """Country code -> id of the government (for ``eu`` and ``un``: the union) that bears it."""
        codes: dict[str, str] = {"eu": "european-union", "un": "united-nations"}
        for agent in self.agents.values():
            if agent.type == "Government" and agent.country:
                codes.setdefault(agent.country, agent.id)
        return codes

    def refer_to(self, agent_id: str) -> AgentRef:
        """Make the reference to an agent of the knowledge base."""
        agent = self.agents[agent_id]
        return AgentRef(agent.id, agent.name, agent.type, agent.country)

    def _index(self, names_of) -> dict[str, tuple[str, ...]]:  # type: ignore[no-untyped-def]
        found: dict[str, set[str]] = {}
        for agent in self.agents.values():
            for name in names_of(agent):
                found.setdefault(name, set()).add(agent.id)
        return {name: tuple(sorted(ids)) for name, ids in found.items()}


def load_knowledge_base(folder: Path | None = None) -> KnowledgeBase:
    """Load the knowledge base from ``data/kb`` or from another folder of the same layout.

    Raises
    ------
    DataError
        If a table has a bad row; the message names its file and line.
    """
    return _load_shipped(find_data() / "kb") if folder is None else _load(folder)


@lru_cache(maxsize=1)
def _load_shipped(folder: Path) -> KnowledgeBase:
    # Once a process: what reads, what links rows and what resolves all ask for it, and nobody changes it.
    return _load(folder)


def _load(folder: Path) -> KnowledgeBase:
    return KnowledgeBase(load_agents(folder / "agents"), load_laws(folder / "laws.csv"))
