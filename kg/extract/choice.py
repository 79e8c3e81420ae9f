"""Choose among the tellings of one text: each action once, by its surest telling; two fines are two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from kg.extract.candidate import Candidate, Party
from kg.extract.features import classify_grammar
from kg.extract.organs import find_doubled
from kg.model import AgentRef, Money

Scored = tuple[float, Candidate]
"""A candidate with its confidence."""
Chosen = tuple[float, Candidate, Money | None]
"""A candidate with its confidence and, if it is a fine, the sum that its tellings give it."""
Telling = tuple[str, str, str, str]
"""Action, actor's id, target's id and status."""

_STRENGTH = {"implied": 0, "place": 1}  # how a party was found; any grammatical tie is stronger
_CONTRADICTING = 0.51  # a second status for the same action needs to be surer than the threshold
_ANOTHER_SUM = Decimal("1.25")  # by so much two sums differ that are no roundings of one
# Currencies of which one has never been worth as much as this many of another since 2004.
_ALIKE, _ANOTHER_ANYHOW = frozenset({"USD", "EUR", "CHF"}), Decimal("1.7")


def choose_tellings(sure: list[Scored], find_sum: Callable[[Candidate], Money | None]) -> list[Chosen]:
    """Keep the surest telling of each action.

    Parameters
    ----------
    sure
        The candidates of one text whose confidence reaches the threshold.
    find_sum
        Finds the amount that a candidate tells: fines of clearly different sums in one currency are two actions.
    """
    told: dict[Telling, list[tuple[Money | None, Scored]]] = {}
    for confidence, candidate in _drop_weaker_guesses(sure):
        actor_id, target_id = find_ids(candidate)
        telling = (candidate.action, actor_id, target_id, candidate.status)
        money = find_sum(candidate) if candidate.action == "fine" and candidate.status == "actual" else None
        _tell(told.setdefault(telling, []), money, (confidence, candidate))
    sums = {telling: entries[0][0] for telling, entries in told.items()}
    for telling in list(find_doubled(sums, _index_agents(sure), _are_apart)):
        del told[telling]
    surest: dict[tuple[str, str, str], float] = {}
    for (action, actor_id, target_id, _), entries in told.items():
        pair = (action, actor_id, target_id)
        surest[pair] = max(surest.get(pair, 0.0), *(confidence for _, (confidence, _c) in entries))
    return [
        (confidence, candidate, money)
        for (action, actor_id, target_id, _), entries in told.items()
        if entries[0][1][0] == surest[action, actor_id, target_id] or entries[0][1][0] >= _CONTRADICTING
        for money, (confidence, candidate) in entries
    ]


def _tell(entries: list[tuple[Money | None, Scored]], money: Money | None, scored: Scored) -> None:
    """Put a telling to the one of the same sum, or beside them if none has it; the surest stands first."""
    for index, (other, best) in enumerate(entries):
        if not _are_apart(money, other):
            surer = scored if scored[0] > best[0] else best
            entries[index] = (other or money, surer)
            break
    else:
        if entries and any(classify_grammar(party) == "implied" for party in _parties(scored[1])):
            return  # "the penalty", of a sum that the sentence tells of something else
        entries.append((money, scored))
    entries.sort(key=lambda entry: -entry[1][0])


def _are_apart(one: Money | None, other: Money | None) -> bool:
    if one is None or other is None:
        return False
    small, large = sorted((one.amount, other.amount))
    if one.currency == other.currency:
        return large > small * _ANOTHER_SUM
    return {one.currency, other.currency} <= _ALIKE and large > small * _ANOTHER_ANYHOW


def _parties(candidate: Candidate) -> Iterator[Party]:
    yield from (party for party in (candidate.actor, candidate.target) if party is not None)


def find_ids(candidate: Candidate) -> tuple[str, str]:
    """The ids of a candidate's actor and target."""
    assert candidate.actor is not None and candidate.target is not None
    actor, target = candidate.actor.mention.agent, candidate.target.mention.agent
    assert actor is not None and target is not None
    return actor.id, target.id


def _index_agents(scored: Iterable[Scored]) -> dict[str, AgentRef]:
    found = [party.mention.agent for _, candidate in scored for party in _parties(candidate)]
    return {agent.id: agent for agent in found if agent is not None}


def _drop_weaker_guesses(sure: list[Scored]) -> list[Scored]:
    """Leave out a party that was only guessed where the text tells the same action, surer, with another.

    "His arrest" in an article on an arrest by France is that arrest, whatever country was named last.
    """
    best: dict[tuple[str, str, str], tuple[int, float, str]] = {}
    for confidence, candidate in sure:
        for key, party, other in _sides(candidate):
            rank = (_STRENGTH.get(classify_grammar(party), 2), confidence, other)
            if key not in best or best[key] < rank:
                best[key] = rank
    return [
        (confidence, candidate)
        for confidence, candidate in sure
        if all(classify_grammar(party) != "implied" or best[key][2] == other for key, party, other in _sides(candidate))
    ]


def _sides(candidate: Candidate) -> tuple[tuple[tuple[str, str, str], Party, str], ...]:
    """Each party of a candidate, with what else is told of the action and the party's id."""
    assert candidate.actor is not None and candidate.target is not None
    actor_id, target_id = find_ids(candidate)
    return (
        ((candidate.action, "target", target_id), candidate.actor, actor_id),
        ((candidate.action, "actor", actor_id), candidate.target, target_id),
    )
