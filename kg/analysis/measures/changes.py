"""What changed from one build to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from kg.analysis.measure import Measure, Options
from kg.analysis.pairing import pair_things
from kg.analysis.records import ActionRecord, GraphData
from kg.errors import QueryError
from kg.query.table import Value

_COMPARED = tuple(field.name for field in fields(ActionRecord) if field.name not in ("id", "case", "reported"))


@dataclass(frozen=True, slots=True)
class Change:
    """An action that came, went or became another; ``differences`` maps what differs to before and after."""

    before: ActionRecord | None
    after: ActionRecord | None
    differences: dict[str, tuple[object, object]]

    @property
    def kind(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def action(self) -> ActionRecord:
        """The action as it is now, or as it was last."""
        found = self.after or self.before
        assert found is not None
        return found


def compare_builds(former: GraphData, latter: GraphData) -> list[Change]:
    """Say which actions were added, removed or changed.

    Actions of one id are the same. Of the rest, one that left and one that came are the same if actor, action and
    target are: so an action whose first source is another now, which gives it another id, counts as changed or not at
    all.
    """
    pairs = pair_things(
        {action.id: action for action in former.actions},
        {action.id: action for action in latter.actions},
        alike=lambda one: (one.actor, one.type, one.target),
        order=lambda one: (one.status, one.when or "", one.id),
    )
    changes: list[Change] = []
    for one, other in pairs:
        if one is None or other is None:
            changes.append(Change(one, other, {}))
            continue
        differences = {
            name: (getattr(one, name), getattr(other, name))
            for name in _COMPARED
            if getattr(one, name) != getattr(other, name)
        }
        if differences:
            changes.append(Change(one, other, differences))
    return sorted(changes, key=lambda change: (change.kind, change.action.id))


def list_changes(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the changes: added, changed, removed.

    Raises
    ------
    QueryError
        If no former build is given.
    """
    if options.former is None:
        raise QueryError("changes: want a former store to compare with, as in --former OLD")
    for change in compare_builds(options.former, data):
        action, home = change.action, data if change.after else options.former
        yield (
            change.kind,
            action.when,
            home.get_name(action.actor),
            action.type,
            home.get_name(action.target),
            action.status,
            "; ".join(f"{name}: {_show(old)} > {_show(new)}" for name, (old, new) in change.differences.items()),
            action.id,
        )


def _show(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


MEASURE = Measure(
    name="changes",
    title="What changed since a former build?",
    source="own comparison, by id, then by actor, action and target",
    columns={
        "change": "added, changed or removed",
        "date": "the date of the action, else of its first report",
        "actor": "who acted",
        "action": "what they did",
        "target": "to whom",
        "status": "actual, planned or negated",
        "differences": "what differs: before > after",
        "action_id": "the id of the action",
    },
    run=list_changes,
)
