"""A case: the actions of one matter, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.claim import AgentRef
from kg.model.values import PartialDate


@dataclass(frozen=True, slots=True)
class Case:
    """The actions of one matter in the order of its life.

    ``target`` is whom the matter concerns, ``actor`` who pursues it. ``standing`` is one of `STANDINGS` and follows by
    rule from the actions. ``opened`` and ``latest`` are the dates of the first and the last dated action; ``disputed``
    names what the reports tell differently (of `DISPUTES`).
    """

    id: str
    name: str
    actor: AgentRef
    target: AgentRef
    standing: str
    action_ids: tuple[str, ...]
    opened: PartialDate | None = None
    latest: PartialDate | None = None
    disputed: tuple[str, ...] = ()


STAGES: tuple[str, ...] = (
    "inquiry",
    "proceedings",
    "charging",
    "decision",
    "appeal",
    "upholding",
    "reduction",
    "annulment",
    "settlement",
    "payment",
    "lifting",
    "dropping",
)
"""What an action is in the life of a case, in the usual order."""

STANDINGS: tuple[str, ...] = (
    "voiced",
    "announced",
    "open",
    "decided",
    "appealed",
    "upheld",
    "reduced",
    "annulled",
    "settled",
    "paid",
    "lifted",
    "dropped",
)
"""How a case stands after its latest action."""

DISPUTES: tuple[str, ...] = ("amount", "date", "outcome")
"""In what the reports of a case may contradict one another."""
