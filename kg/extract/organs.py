"""Tell a state's act once: by the organ that acted, where one text names both it and its country or union."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.kb import load_knowledge_base
from kg.model import AgentRef, Money
from kg.model.vocabulary import AUTHORITIES

Telling = tuple[str, str, str, str]
"""Action, actor's id, target's id and status."""


def find_doubled(
    tellings: Mapping[Telling, Money | None],
    agents: dict[str, AgentRef],
    are_apart: Callable[[Money | None, Money | None], bool],
) -> Iterator[Telling]:
    """Yield the tellings of a country or a union that another tells of its organ.

    "The EU fined Acme" heads many an article whose body says that the European Commission did.

    Parameters
    ----------
    tellings
        What one text tells, with the sum of a fine.
    agents
        The agents by id.
    are_apart
        Tells whether two sums are those of two fines.
    """
    for telling, money in tellings.items():
        for other, other_money in tellings.items():
            if _says_same(telling, other, agents) and not are_apart(money, other_money):
                yield telling
                break


def _says_same(whole: Telling, organ: Telling, agents: dict[str, AgentRef]) -> bool:
    if whole[0] != organ[0] or whole[3] != organ[3]:
        return False
    if whole[2] == organ[2]:
        return _is_organ(agents[organ[1]], agents[whole[1]])
    return whole[1] == organ[1] and _is_organ(agents[organ[2]], agents[whole[2]])


def _is_organ(organ: AgentRef, whole: AgentRef) -> bool:
    if organ.type not in AUTHORITIES or organ.type == "Government" or organ == whole or not organ.country:
        return False
    return load_knowledge_base().government_of.get(organ.country) == whole.id
