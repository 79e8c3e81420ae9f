"""The real event that the claims of one or more documents describe."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.claim import AgentRef
from kg.model.values import Money, PartialDate


@dataclass(frozen=True, slots=True)
class Action:
    """One event, counted once, with the claims it rests on.

    ``source_count`` counts independent documents (copies of one text are one source); ``case_id`` groups the actions of
    one matter; ``amounts`` and ``dates`` hold every value told, the best supported first. ``stage`` is what the action
    is in the life of its case (of `kg.model.case.STAGES`), ``reported`` the day of the first document that tells of it.
    """

    id: str
    type: str
    actor: AgentRef
    target: AgentRef
    status: str
    claim_ids: tuple[str, ...]
    source_count: int
    confidence: float
    case_id: str
    charges: tuple[str, ...] = ()
    laws: tuple[str, ...] = ()
    amounts: tuple[Money, ...] = ()
    dates: tuple[PartialDate, ...] = ()
    stage: str | None = None
    reported: PartialDate | None = None
