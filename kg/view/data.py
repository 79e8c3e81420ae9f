"""What the page shows, as plain data: agents, actions, claims, facts and documents, sorted."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ViewAgent:
    """An agent; ``country``, ``owner``, ``operator`` and ``part_of`` are ids of other agents."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    country: str | None = None
    owner: str | None = None
    operator: str | None = None
    part_of: str | None = None


@dataclass(frozen=True, slots=True)
class ViewAmount:
    """An amount of money: a decimal number as the store writes it, an ISO 4217 code, and what it was worth in euros."""

    value: str
    currency: str
    euro: float | None = None


@dataclass(frozen=True, slots=True)
class ViewClaim:
    """What one document says of an action, with the quote in its context."""

    id: str
    document: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    speaker: str | None = None
    status: str | None = None
    confidence: float | None = None
    date: str | None = None
    charges: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    amounts: tuple[ViewAmount, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewAction:
    """An action with its claims; ``dates`` and ``amounts`` hold the best supported first."""

    id: str
    action: str
    actor: str
    target: str
    status: str
    claims: tuple[ViewClaim, ...]
    confidence: float
    source_count: int
    case: str | None = None
    stage: str | None = None
    dates: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    amounts: tuple[ViewAmount, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewCase:
    """A matter that actions belong to, how it stands, and in what its reports contradict one another."""

    id: str
    label: str
    standing: str
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewDocument:
    """Where a document comes from; ``url`` is as stored, so it may be anything."""

    id: str
    title: str
    url: str | None = None
    date: str | None = None
    publisher: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class ViewFact:
    """Who is what, as one document says it."""

    relation: str
    subject: str
    object: str | None
    value: str | None
    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class ViewData:
    """All that a page shows; ``labels`` names charges and laws by their ids, ``base`` begins the IRIs of the store."""

    agents: tuple[ViewAgent, ...] = ()
    actions: tuple[ViewAction, ...] = ()
    facts: tuple[ViewFact, ...] = ()
    documents: tuple[ViewDocument, ...] = ()
    cases: tuple[ViewCase, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    base: str = ""

    @property
    def claim_count(self) -> int:
        """How many claims the actions rest on."""
        return sum(len(action.claims) for action in self.actions)
