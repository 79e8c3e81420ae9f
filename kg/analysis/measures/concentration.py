"""Whether a few take, or give, most of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.analysis.measure import Measure, Options, round_score
from kg.analysis.measures.fines import list_fines
from kg.analysis.records import GraphData
from kg.query.table import Value


def compute_hhi(shares: Sequence[float]) -> float:
    """Compute the Herfindahl-Hirschman index: the sum of the squares of the shares, from 1/n to 1.

    1 / HHI is how many equals would be as concentrated. Competition authorities call a market above 0.25 (in their
    writing 2,500; since 2023 in the US 1,800) highly concentrated.

    References
    ----------
    A. O. Hirschman (1945), National power and the structure of foreign trade; O. C. Herfindahl (1950), Concentration in
    the steel industry (thesis, Columbia).
    """
    total = sum(shares)
    return sum((share / total) ** 2 for share in shares) if total else 0.0


def compute_gini(amounts: Sequence[float]) -> float:
    """Compute the Gini coefficient: 0 if all have the same, towards 1 if one has all.

    References
    ----------
    C. Gini (1912), Variabilità e mutabilità; in the form sum_i (2i - n - 1) x_i / (n sum x), x ascending.
    """
    ordered, total = sorted(amounts), sum(amounts)
    count = len(ordered)
    if not total:
        return 0.0
    return sum((2 * place - count - 1) * amount for place, amount in enumerate(ordered, start=1)) / (count * total)


def count_holders(data: GraphData, options: Options) -> dict[str, dict[str, float]]:
    """Gather who has how much of what: actions by who took and who suffered them, euros by who fined and who was."""
    taken: Counter[str] = Counter()
    suffered: Counter[str] = Counter()
    for action in data.actions:
        actor, target = data.agents.get(action.actor), data.agents.get(action.target)
        if action.is_against and actor and target and actor.is_authority and target.is_service:
            taken[actor.jurisdiction or actor.id] += 1
            suffered[action.target] += 1
    imposed: dict[str, float] = defaultdict(float)
    paid: dict[str, float] = defaultdict(float)
    for fine in list_fines(data, price_year=options.price_year):
        if fine.euros and fine.told_before is None:
            imposed[data.find_jurisdiction(fine.action.actor) or fine.action.actor] += fine.euros
            paid[fine.action.target] += fine.euros
    return {
        "actions by jurisdiction": dict(taken),
        "actions by platform or company": dict(suffered),
        "fines by jurisdiction": dict(imposed),
        "fines by target": dict(paid),
    }


def list_concentration(data: GraphData, options: Options) -> Iterator[tuple[Value, ...]]:
    """List what may be concentrated, a row each."""
    for what, held in count_holders(data, options).items():
        yield _make_row(data, what, held)


def _make_row(data: GraphData, what: str, held: Mapping[str, float]) -> tuple[Value, ...]:
    if not held:
        return what, 0, 0, None, None, None, None, None
    amounts, total = list(held.values()), sum(held.values())
    first = min(held, key=lambda holder: (-held[holder], holder))
    hhi = compute_hhi(amounts)
    return (
        what,
        len(amounts),
        round(total),
        round_score(hhi),
        round_score(1 / hhi),
        round_score(compute_gini(amounts)),
        data.get_name(first),
        round_score(held[first] / total),
    )


MEASURE = Measure(
    name="concentration",
    title="Do a few act most, and do a few suffer most?",
    source="Herfindahl-Hirschman index (Hirschman 1945, Herfindahl 1950); Gini coefficient (Gini 1912)",
    columns={
        "what": "actions of authorities against platforms and companies, or fines in euros; by whom",
        "holders": "how many have some (those that have none are not counted)",
        "total": "actions, or euros",
        "hhi": "sum of the squared shares, from 1/holders to 1",
        "as_many_equals": "1 / hhi: how many equals would be as concentrated",
        "gini": "0 if all have the same, towards 1 if one has all",
        "largest": "who has most",
        "largest_share": "its share",
    },
    run=list_concentration,
)
