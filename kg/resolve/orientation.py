"""Who pursues whom in an action: the two roles of a case, whoever acts at the moment."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import Action, AgentRef
from kg.model.vocabulary import GROUP_OF
from kg.resolve.relations import Relation, acts_for_state, find_states, relate_agents

_PURSUED = frozenset({"Company", "Platform", "Person"})


class Roles(NamedTuple):
    """Who pursues the matter, and whom it concerns."""

    pursuer: AgentRef
    subject: AgentRef


def find_roles(action: Action) -> Roles:
    """Find the roles in an action.

    Who acts pursues, and whom it is done to is concerned. But an answer (a denial, an appeal, a payment) comes from
    whom the matter concerns, and so does all that a company, a platform or a person does to an authority, a suit too.
    """
    is_answer = GROUP_OF[action.type] == "response" and action.type not in ("moderate", "withdraw")
    if acts_for_state(action.actor) and not acts_for_state(action.target):
        return Roles(action.actor, action.target)
    if is_answer or (action.actor.type in _PURSUED and acts_for_state(action.target)):
        return Roles(action.target, action.actor)
    return Roles(action.actor, action.target)


def is_one_pair(one: Roles, other: Roles, *, in_court: bool) -> bool:
    """Tell whether two actions may be of one matter by their roles.

    Two private parties quarrel in both directions: who is sued sues back, or is told to have accused first. That is one
    matter, told from both sides. Two states that accuse one another have a matter each.
    """
    if is_one_subject(one.subject, other.subject) and is_one_pursuer(one.pursuer, other.pursuer, in_court=in_court):
        return True
    if acts_for_state(one.pursuer) and acts_for_state(one.subject):
        return False
    return is_one_subject(one.subject, other.pursuer) and is_one_subject(one.pursuer, other.subject)


def is_one_subject(one: AgentRef, other: AgentRef) -> bool:
    """Tell whether a matter may concern both: a service and its parent, but not a founder and his company."""
    return relate_agents(one, other) in (Relation.SAME, Relation.COMPANY, Relation.ORGAN)


def is_one_pursuer(one: AgentRef, other: AgentRef, *, in_court: bool) -> bool:
    """Tell whether both may pursue one matter.

    Two authorities may if they are of one state; before a court, those of a union and of its members too. Of all others
    each pursues its own.
    """
    if one.id == other.id or find_states(one) & find_states(other):
        return True
    return in_court and relate_agents(one, other) == Relation.UNION
