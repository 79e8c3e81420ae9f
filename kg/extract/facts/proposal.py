"""A fact as a finder proposes it, and as it is found once it was judged."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import AgentRef
from kg.model.mention import Mention


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact as found, before it gets its evidence: ``tokens`` are those that must stand in the quote."""

    relation: str
    subject: AgentRef
    object: AgentRef | None
    value: str | None
    tokens: tuple[int, int]
    confidence: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """A fact that the grammar suggests.

    ``how`` names the construction that it was read from, ``hints`` what else speaks for or against it; both are
    features of the model that judges it.
    """

    relation: str
    subject: AgentRef
    object: AgentRef | None
    value: str | None
    tokens: tuple[int, int]
    how: str
    hints: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes two proposals the same fact."""
        value = (self.value or "").lower()
        return (self.relation, self.subject.id, self.object.id if self.object else "", value)


def cover(*parts: Mention | int) -> tuple[int, int]:
    """The span of tokens from the first to the last of these mentions and tokens."""
    firsts = [part if isinstance(part, int) else part.first for part in parts]
    lasts = [part + 1 if isinstance(part, int) else part.last for part in parts]
    return min(firsts), max(lasts)
