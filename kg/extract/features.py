"""What is known of a candidate claim, as named features for the confidence model."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from spacy.tokens import Token

from kg.extract.candidate import Candidate, Party
from kg.extract.measures import is_money
from kg.kb import load_knowledge_base
from kg.kb.lexicon import load_words
from kg.model import Agent
from kg.model.vocabulary import AUTHORITIES, GROUP_OF

_KNOWN = frozenset({"the", "this", "that", "these", "those", "such"})
_BUSINESSES = frozenset({"Platform", "Company"})
_IMPLIED = frozenset("near near-after previous heading decider paper governor told".split())


# Between a firm and its own people or owner these are no acts of one against or towards another.
_BETWEEN_STRANGERS = frozenset({"support", "comply", "refuse", "deny", "appeal", "withdraw", "ban", "order"})


# Nor these between a body and the state that it is a part of.
_BETWEEN_BODIES = frozenset(
    "sue investigate request accuse warn fine designate support deny comply search charge arrest ban".split()
)


def is_within_one_house(candidate: Candidate, agents: Mapping[str, Agent]) -> bool:
    """Tell whether a candidate lets a firm and its own founder, owner or service praise or answer one another."""
    if candidate.actor is None or candidate.target is None:
        return False
    one, other = candidate.actor.mention.agent, candidate.target.mention.agent
    if one is None or other is None:
        return False
    if candidate.action in {"moderate", "ban"} and other.name.startswith(f"{one.name} "):
        return True  # "pulled Google Maps from its store"
    if {one.type, other.type} <= _BUSINESSES:  # the services of one firm do nothing to one another
        house = _find_house(agents.get(one.id)) & _find_house(agents.get(other.id))
        if any(agents[owner].type in _BUSINESSES for owner in house if owner in agents):
            return True
    elif candidate.action not in _BETWEEN_STRANGERS:
        return False
    return other.id in _find_house(agents.get(one.id)) or one.id in _find_house(agents.get(other.id))


def is_own_whole(candidate: Candidate) -> bool:
    """Tell whether a candidate lets a body act against its own country or union as such, or the other way round.

    "The Commission is reviewing EU rules" is no inquiry into the European Union; a court may well stop its state.
    """
    if candidate.action not in _BETWEEN_BODIES or candidate.actor is None or candidate.target is None:
        return False
    one, other = candidate.actor.mention.agent, candidate.target.mention.agent
    if one is None or other is None or one.type == "Court" or {one.type, other.type} - AUTHORITIES:
        return False
    government = load_knowledge_base().government_of.get(one.country or "")
    return one.country == other.country and government in (one.id, other.id) and one != other


def _find_house(agent: Agent | None) -> frozenset[str]:
    if agent is None or agent.type in AUTHORITIES:
        return frozenset()
    return frozenset(filter(None, (agent.owner, agent.operator, agent.part_of)))


def describe_candidate(candidate: Candidate, known_ids: Container[str]) -> Iterator[str]:
    """Yield the names of the features that hold of a candidate.

    Parameters
    ----------
    candidate
        A candidate with an actor and a target.
    known_ids
        The ids of the knowledge base.
    """
    actor, target = candidate.actor, candidate.target
    assert actor is not None and target is not None
    trigger, action = candidate.trigger, candidate.action
    frame, group = candidate.frame, GROUP_OF[action]
    yield "bias"
    yield f"action={action}"
    yield f"lemma={frame.split(':')[0]}:{frame.split(':')[1]}|{action}"
    if frame.startswith("noun:") and not frame.endswith(":"):
        yield f"carried={frame}|{action}"
    yield f"status={candidate.status}"
    yield f"status={candidate.status}|{action}"
    for cue in candidate.cues:
        yield f"cue={cue}"
    for hint in candidate.hints:
        yield hint
        yield f"{hint}|{action}"
    if "clause" in _path(target) and not candidate.hints:
        yield f"clause:plain|{action}"
    for name, party in (("actor", actor), ("target", target)):
        yield from _describe_party(name, party, action, group, known_ids)
    grammar = f"{classify_grammar(actor)}+{classify_grammar(target)}"
    known = f"{_anchor(actor)}+{_anchor(target)}"
    yield f"grammar={grammar}"
    yield f"grammar={grammar}|{group}"
    yield f"grammar={grammar}|{known}"
    yield f"anchors={known}|{group}"
    if "actor:malicious" in candidate.hints:
        yield f"malicious|{classify_grammar(target)}|{_coarse(target)}|{action}"
    yield f"types={_coarse(actor)}>{_coarse(target)}|{action}"
    yield f"types={_coarse(actor)}>{_coarse(target)}|{group}"
    if trigger.pos_ == "NOUN":
        determiner = _describe_determiner(trigger)
        yield f"determiner={determiner}|{grammar}"
        yield f"determiner={determiner}|{action}"
        if determiner == "the":
            yield f"the-{frame.split(':')[1]}|{grammar}"
    if action == "fine":
        told = "sum" if _tells_sum(candidate) else "no-sum"
        yield told
        yield f"{told}|{candidate.status}|{_anchor(target)}"
        yield f"{told}|{grammar}"
    sentence = trigger.sent
    head = trigger.head
    governor = "say" if head.lemma_ in load_words("report") else head.pos_
    yield f"attached={'root' if head == trigger else f'{trigger.dep_}<{governor}'}"
    for name, party in (("actor", actor), ("target", target)):
        if not sentence.start <= party.mention.head < sentence.end:
            yield f"{name}-elsewhere"
    if target.mention.head < actor.mention.head:
        yield f"target-first|{trigger.pos_}"
    if sum(1 for token in sentence[: trigger.i - sentence.start] if token.text in {'"', "“", "”"}) % 2:
        yield "in-quote"


def _tells_sum(candidate: Candidate) -> bool:
    """Tell whether a fine is told with its sum ("a fine of €5m on Acme", "fined Acme €5m")."""
    holders = (candidate.trigger, *((candidate.light_verb,) if candidate.light_verb is not None else ()))
    below = (token for holder in holders for child in holder.children for token in (child, *child.children))
    return any(is_money(token) for token in below)


def _describe_determiner(noun: Token) -> str:
    """Tell what is spoken of as known ("the decision") from what is told as new ("a decision", "decisions")."""
    for child in noun.lefts:
        if child.dep_ == "poss":
            return "whose"
        if child.dep_ == "det":
            return "the" if child.lower_ in _KNOWN else "some"
    return "bare"


def _describe_party(name: str, party: Party, action: str, group: str, known_ids: Container[str]) -> Iterator[str]:
    mention = party.mention
    agent = mention.agent
    assert agent is not None
    yield f"{name}-how={_path(party)}"
    yield f"{name}-how={_path(party)}|{group}"
    yield f"{name}-kind={mention.kind}"
    yield f"{name}-kind={mention.kind}|{action}"
    yield f"{name}-type={agent.type}"
    yield f"{name}-type={agent.type}|{action}"
    yield f"{name}-type={agent.type}|{group}"
    yield f"{name}-words={mention.type}|{group}"
    yield f"{name}-known={agent.id in known_ids}"
    if mention.antecedent is not None:
        yield f"{name}-antecedent={mention.antecedent.kind}"
    if mention.kind in {"group", "phrase"}:
        yield f"{name}-group|{action}"


def _path(party: Party) -> str:
    return ">".join(_steps(party)[:3])


def _steps(party: Party) -> list[str]:
    """How a party was found, step by step; the members of a list were found as its first one was."""
    return [step for step in party.how.split(">") if step != "list"]


def classify_grammar(party: Party) -> str:
    """How firmly the grammar ties a party to its role."""
    first, *rest = _steps(party)
    if first.startswith("implied") or first in _IMPLIED:
        return "implied"
    if first in {"place", "demonym"}:
        return "place"
    if first in {"adverbial", "control", "shared", "reproached", "participle", "relative", "clause", "complement"}:
        return "indirect" if not rest else "indirect-peeled"
    return "direct" if not rest else "peeled"


def _anchor(party: Party) -> str:
    """How a party is named."""
    kind = party.mention.kind
    return (
        "name" if kind in {"name", "metonym", "adjective"} else "group" if kind in {"group", "phrase"} else "reference"
    )


def _coarse(party: Party) -> str:
    agent = party.mention.agent
    assert agent is not None
    if agent.type in AUTHORITIES:
        return "authority"
    if agent.type in {"Platform", "Company"}:
        return "business"
    return agent.type
