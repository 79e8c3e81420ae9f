"""What the analyses compute on: the actions and agents of a graph, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from kg.model.vocabulary import AUTHORITIES, GROUP_OF

# What serves the target or gives way to it; all else counts as acting against, as in the ontology (plr:actedTowards).
TOWARDS: frozenset[str] = frozenset({"support", "release", "settle", "comply", "withdraw"})
SERVICES: frozenset[str] = frozenset({"Platform", "Company"})


@dataclass(frozen=True, slots=True)
class AgentRecord:
    """An agent; ``jurisdiction`` is the id of the country, union or world body that it belongs to (or is)."""

    id: str
    name: str
    type: str
    jurisdiction: str | None = None
    code: str | None = None
    owner: str | None = None
    operator: str | None = None
    is_known: bool = False

    @property
    def is_authority(self) -> bool:
        """Whether it acts with the power of a state or a union of states."""
        return self.type in AUTHORITIES

    @property
    def is_service(self) -> bool:
        """Whether it is a platform or a company."""
        return self.type in SERVICES


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action; ``date`` is the best supported, as precise as told, ``reported`` the day of its first report."""

    id: str
    type: str
    actor: str
    target: str
    status: str = "actual"
    confidence: float = 1.0
    sources: int = 1
    date: str | None = None
    reported: str | None = None
    case: str | None = None
    charges: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    amount: Decimal | None = None
    currency: str | None = None

    @property
    def group(self) -> str:
        """The group of its action: words, scrutiny, coercion, relief, response or abuse."""
        return GROUP_OF[self.type]

    @property
    def when(self) -> str | None:
        """Its date, else that of its first report; None where neither is known."""
        return self.date or self.reported

    @property
    def is_against(self) -> bool:
        """Whether it is directed against its target, rather than serving it or giving way to it."""
        return self.type not in TOWARDS


@dataclass(frozen=True)
class GraphData:
    """The actions of a graph, in order of their ids, with the agents that they name.

    ``labels`` are the names of charges and laws by their ids; ``documents`` and ``claims`` count what the whole graph
    rests on.
    """

    actions: tuple[ActionRecord, ...]
    agents: Mapping[str, AgentRecord]
    labels: Mapping[str, str] = field(default_factory=dict)
    documents: int = 0
    claims: int = 0

    def get_name(self, agent: str | None) -> str | None:
        """The name of an agent, or its id where the graph does not name it."""
        found = self.agents.get(agent) if agent else None
        return found.name if found else agent

    def get_label(self, identifier: str) -> str:
        """The name of a charge or a law."""
        return self.labels.get(identifier, identifier)

    def find_jurisdiction(self, agent: str) -> str | None:
        """The country, union or world body that an agent belongs to, if the graph says so."""
        found = self.agents.get(agent)
        return found.jurisdiction if found else None

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The agents that act or are acted on, in order of their ids."""
        return tuple(sorted({party for action in self.actions for party in (action.actor, action.target)}))
