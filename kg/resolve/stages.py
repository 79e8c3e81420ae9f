"""What an action is in the life of a case: inquiry, decision, appeal and so on, by the table ``data/kb/stages.csv``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.kb import read_table
from kg.model import AgentRef
from kg.model.case import STAGES
from kg.model.vocabulary import ACTIONS
from kg.resolve.relations import acts_for_state
from kg.resources import find_data

_COLUMNS = ("action", "actor", "target", "words", "stage")
_KINDS = frozenset({"", "authority", "court", "person", "other"})


@dataclass(frozen=True, slots=True)
class StageRule:
    """One row of the table; an empty field fits any."""

    action: str
    actor: str
    target: str
    words: tuple[str, ...]
    stage: str

    def fits(self, action: str, actor: AgentRef, target: AgentRef, trigger: str) -> bool:
        """Tell whether the rule holds of an action that is told with this trigger."""
        if action != self.action or not _is_kind(actor, self.actor) or not _is_kind(target, self.target):
            return False
        told = f" {' '.join(trigger.casefold().split())}"
        return not self.words or any(f" {word}" in told for word in self.words)


@lru_cache(maxsize=1)
def load_stage_rules(file: Path | None = None) -> tuple[StageRule, ...]:
    """Load the rules in order.

    Raises
    ------
    DataError
        If a row names an action, a kind of agent or a stage that there is not.
    """
    rules = []
    for row in read_table(file or find_data() / "kb" / "stages.csv", _COLUMNS):
        row.require_one_of("action", ACTIONS)
        row.require_one_of("actor", _KINDS)
        row.require_one_of("target", _KINDS)
        row.require_one_of("stage", ("", *STAGES))
        rules.append(StageRule(row["action"], row["actor"], row["target"], row.split("words"), row["stage"]))
    return tuple(rules)


def find_stage(action: str, actor: AgentRef, target: AgentRef, triggers: Iterable[str]) -> str | None:
    """Find the stage of an action, or None if it marks none.

    Parameters
    ----------
    action, actor, target
        What was done by whom to whom.
    triggers
        The words with which the documents tell it; the first rule that fits the words of any holds.
    """
    told = sorted(set(triggers)) or [""]
    for rule in load_stage_rules():
        if any(rule.fits(action, actor, target, trigger) for trigger in told):
            return rule.stage or None
    return None


def _is_kind(agent: AgentRef, kind: str) -> bool:
    if kind == "court":
        return agent.type == "Court"
    if kind == "authority":
        return acts_for_state(agent)
    if kind == "person":
        return agent.type == "Person"
    return not kind or not (acts_for_state(agent) or agent.type == "Person")
