"""How much a ranking moves when what is less sure is left out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.analysis.measure import Measure, Options, round_score
from kg.analysis.records import GraphData
from kg.analysis.selection import Selection, select_actions
from kg.errors import QueryError
from kg.query.table import Table, Value

COLUMNS: dict[str, str] = {
    "left_out": "what is left out",
    "actions": "actions that stay",
    "share": "their share of all",
    "agents": "agents that stay",
    "rank_correlation": "Spearman's rho of the ranks before and after, over the agents that stay: 1 if none moves",
    "top_kept": "how many of the first ten stay among the first ten",
    "rises": "who rises most, and by how many ranks",
    "falls": "who falls most, and by how many ranks, or who leaves",
}
_TOP = 10


def measure_sensitivity(
    data: GraphData, measure: Measure, selection: Selection | None = None, options: Options | None = None
) -> Table:
    """Rank all agents, then without claims of little confidence, then without what rests on a single source.

    Parameters
    ----------
    data
        All actions of a graph.
    measure
        One that ranks agents.
    selection
        What counts to begin with.
    options
        For the measure.

    Raises
    ------
    QueryError
        If the measure does not rank agents.

    References
    ----------
    S. P. Borgatti, K. M. Carley, D. Krackhardt (2006), On the robustness of centrality measures under conditions of
    imperfect data, Social Networks 28(2); C. Spearman (1904), The proof and measurement of association between two
    things.
    """
    if measure.ranks is None:
        raise QueryError(f"{measure.name} ranks no agents: its sensitivity can't be told by ranks")
    begin = selection or Selection()
    return Table(tuple(COLUMNS), tuple(_compare(data, measure, begin, options)))


def _compare(
    data: GraphData, measure: Measure, begin: Selection, options: Options | None
) -> Iterator[tuple[Value, ...]]:
    chosen = select_actions(data, begin)
    scores = rank_table(measure, chosen, options)
    for name, narrower in list_scenarios(begin):
        kept = select_actions(data, narrower)
        after = rank_table(measure, kept, options)
        common = [agent for agent in scores if agent in after]
        old, new = rank_scores({one: scores[one] for one in common}), rank_scores({one: after[one] for one in common})
        moves = {agent: old[agent] - new[agent] for agent in common}
        best, worst = list(scores)[:_TOP], list(after)[:_TOP]
        yield (
            name,
            len(kept.actions),
            round_score(len(kept.actions) / len(chosen.actions)) if chosen.actions else None,
            len(after),
            correlate_ranks([old[agent] for agent in common], [new[agent] for agent in common]),
            f"{len(set(best) & set(worst))} of {len(best)}",
            _name_move(moves, 1),
            _name_move(moves, -1) or next((f"{agent} leaves" for agent in best if agent not in after), None),
        )


def list_scenarios(begin: Selection) -> Iterator[tuple[str, Selection]]:
    """List what is left out, each with the selection that does so."""
    for threshold in (0.5, 0.7, 0.9):
        if threshold > begin.min_confidence:
            yield f"confidence below {threshold:g}", replace(begin, min_confidence=threshold)
    if begin.min_sources < 2:
        yield "single sources", replace(begin, min_sources=2)


def rank_table(measure: Measure, data: GraphData, options: Options | None) -> dict[str, float]:
    """The score of each agent by its name, the highest first; names that several bear count by the highest."""
    assert measure.ranks is not None
    table = measure.make_table(data, options)
    agent, score = (table.columns.index(column) for column in measure.ranks)
    scores: dict[str, float] = {}
    for row in sorted(table.rows, key=lambda row: (-float(row[score] or 0), str(row[agent]))):
        scores.setdefault(str(row[agent]), float(row[score] or 0))
    return scores


def rank_scores(scores: Mapping[str, float]) -> dict[str, float]:
    """Rank from 1, the highest score first; equals share the mean of their ranks."""
    ordered = sorted(scores, key=lambda agent: -scores[agent])
    ranks: dict[str, float] = {}
    start = 0
    for place in range(1, len(ordered) + 1):
        if place == len(ordered) or scores[ordered[place]] != scores[ordered[start]]:
            ranks.update(dict.fromkeys(ordered[start:place], (start + 1 + place) / 2))
            start = place
    return ranks


def correlate_ranks(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Spearman's rho: Pearson's correlation of the ranks; None where one side has no two different ranks."""
    count = len(one)
    if count < 2:
        return None
    mean, middle = sum(one) / count, sum(other) / count
    covariance = sum((x - mean) * (y - middle) for x, y in zip(one, other, strict=True))
    spread = math.sqrt(sum((x - mean) ** 2 for x in one) * sum((y - middle) ** 2 for y in other))
    return round_score(covariance / spread) if spread else None


def _name_move(moves: Mapping[str, float], sign: int) -> str | None:
    moved = [agent for agent, move in moves.items() if sign * move > 0]
    if not moved:
        return None
    most = max(moved, key=lambda agent: sign * moves[agent])
    return f"{most} {sign * abs(moves[most]):+g}"
