"""Escalation: how what one agent does against another climbs from words to coercion, and how fast."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.analysis.measure import Measure, Options
from kg.analysis.measures.dyads import sort_by_time
from kg.analysis.records import ActionRecord, GraphData
from kg.analysis.selection import find_first_day
from kg.errors import DataError
from kg.model.vocabulary import ACTIONS
from kg.query.table import Value
from kg.resources import find_data

_THREAT = 2  # a planned action of a higher rung than this is a threat


@dataclass(frozen=True, slots=True)
class Step:
    """From one action of a dyad to the next; ``days`` lie between them, None where one is not dated to the day."""

    before: ActionRecord
    after: ActionRecord
    days: int | None


@cache
def load_rungs() -> tuple[dict[int, str], dict[str, int]]:
    """Load ``data/analysis/rungs.csv``: the name of each rung, and the rung of each action.

    Raises
    ------
    DataError
        If a row names an action that there is not, or names it twice.
    """
    file = find_data() / "analysis" / "rungs.csv"
    names: dict[int, str] = {}
    rungs: dict[str, int] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        lines = (line for line in stream if not line.startswith("#"))
        for row in csv.DictReader(lines):
            names[int(row["rung"])] = row["name"]
            for action in filter(None, row["actions"].split("|")):
                if action not in ACTIONS or action in rungs:
                    raise DataError(f"{file}: {action!r}: want each action once")
                rungs[action] = int(row["rung"])
    return names, rungs


def find_rung(action: ActionRecord) -> int | None:
    """The rung of an action, from 1 (words) to 7 (exclusion); None where it stands on none."""
    rung = load_rungs()[1].get(action.type)
    if rung is None or action.status == "negated":
        return None
    return min(rung, _THREAT) if action.status == "planned" else rung


def find_ladders(data: GraphData) -> dict[tuple[str, str], list[ActionRecord]]:
    """Put what each agent did against each other into the order of time.

    Only actions that stand on a rung and have a date of their own are steps (by their first reports, an article that
    looks back would put years on one day); a ladder has two at least. Of actions on one day the lower rung comes
    first. A date that is but a month or a year stands at its first day, which can put it too early.

    References
    ----------
    H. Kahn (1965), On escalation: metaphors and scenarios; J. S. Goldstein (1992), A conflict-cooperation scale for
    WEIS events data, Journal of Conflict Resolution 36(2), orders event data by intensity. The rungs are our own.
    """
    steps: dict[tuple[str, str], list[ActionRecord]] = defaultdict(list)
    for action in sort_by_time(data.actions):
        if action.date and find_rung(action) is not None and action.actor != action.target:
            steps[action.actor, action.target].append(action)
    ordered = {
        pair: sorted(found, key=lambda action: (find_first_day(action.date or ""), find_rung(action) or 0, action.id))
        for pair, found in sorted(steps.items())
    }
    return {pair: found for pair, found in ordered.items() if len(found) > 1}


def list_steps(ladder: list[ActionRecord]) -> list[Step]:
    """Pair each action of a ladder with the next."""
    steps = []
    for before, after in pairwise(ladder):
        exact = len(before.date or "") == len(after.date or "") == 10
        days = (find_first_day(after.date or "") - find_first_day(before.date or "")).days if exact else None
        steps.append(Step(before, after, days))
    return steps


def list_ladders(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List the ladders, those that climb highest first."""
    names, _ = load_rungs()
    rows = []
    for (actor, target), ladder in find_ladders(data).items():
        rungs = [find_rung(action) or 0 for action in ladder]
        first, last = ladder[0].date or "", ladder[-1].date or ""
        path: list[str] = []
        for rung in rungs:
            if not path or path[-1] != names[rung]:
                path.append(names[rung])
        rows.append(
            (
                data.get_name(actor),
                data.get_name(target),
                len(ladder),
                max(rungs) - rungs[0],
                " > ".join(path),
                first,
                last,
                (find_first_day(last) - find_first_day(first)).days,
            )
        )
    yield from sorted(rows, key=lambda row: (-row[3], -row[2], str(row[0]), str(row[1])))


MEASURE = Measure(
    name="ladders",
    title="Whose actions against whom climb from words to coercion?",
    source="escalation ladder (Kahn 1965; Goldstein 1992), rungs of data/analysis/rungs.csv",
    columns={
        "actor": "who acted",
        "target": "against whom",
        "steps": "how many dated actions",
        "climb": "rungs from the first action to the highest",
        "path": "the rungs in order of time, repeats as one",
        "first": "date of the first",
        "last": "date of the last",
        "days": "days from first to last; coarse where a date is but a month or a year",
    },
    run=list_ladders,
)
