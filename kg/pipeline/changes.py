"""Tell what became of actions when documents came or went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Action


@dataclass(frozen=True, slots=True)
class ActionChange:
    """An action with the number of independent sources that told of it before and that tell of it now."""

    id: str
    label: str
    before: int
    after: int


def compare_actions(former: Iterable[Action], now: Iterable[Action]) -> list[ActionChange]:
    """Pair the actions of a block with those it had before, and tell where the number of sources is another.

    An action goes on in the one of the same id, or in the one that has most of its claims; failing that in one of the
    same kind between the same parties, for a document that was read anew makes other claims.
    """
    left = {action.id: action for action in now}
    changes, others = [], []
    for action in former:
        if (same := left.pop(action.id, None)) is None:
            others.append(action)
        elif same.source_count != action.source_count:
            changes.append(ActionChange(same.id, _name(same), action.source_count, same.source_count))
    former = others
    for rank in (_count_common, _is_alike):
        unmatched = []
        for action in sorted(former, key=lambda action: action.id):
            best = max(left.values(), key=lambda other: (rank(action, other), other.id), default=None)
            if best is None or not rank(action, best):
                unmatched.append(action)
                continue
            del left[best.id]
            if best.source_count != action.source_count:
                changes.append(ActionChange(best.id, _name(best), action.source_count, best.source_count))
        former = unmatched
    changes += [ActionChange(action.id, _name(action), action.source_count, 0) for action in former]
    changes += [ActionChange(action.id, _name(action), 0, action.source_count) for _, action in sorted(left.items())]
    return changes


def _count_common(action: Action, other: Action) -> int:
    return len(set(action.claim_ids) & set(other.claim_ids))


def _is_alike(action: Action, other: Action) -> int:
    return int((action.type, action.actor.id, action.target.id, action.status) == _describe(other))


def _describe(action: Action) -> tuple[str, str, str, str]:
    return action.type, action.actor.id, action.target.id, action.status


def _name(action: Action) -> str:
    from kg.rdf.encode_actions import format_label

    date = f" ({action.dates[0].iso})" if action.dates else ""
    return format_label(action) + date
