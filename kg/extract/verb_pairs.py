"""Whom a verb's words do not hold for, though each party fits its frame: who uses an app does not misuse it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.candidate import Party
from kg.extract.implied import BUSINESSES
from kg.kb import load_knowledge_base
from kg.kb.lexicon import VerbFrame
from kg.model.vocabulary import AUTHORITIES

ARMED = frozenset({"ArmedGroup"})


def is_no_target(frame: VerbFrame, action: str, target: Party) -> bool:
    """Tell whether a verb says no such action of its target, whoever acts."""
    if action == "designate" and ">poss" in target.how:
        return True  # "labels its actions as": not itself
    if action == "appeal" and frame.lemma == "challenge":
        return target.how == "object" and target.is_one_of(BUSINESSES)  # "challenges Umbrella in search"
    if action == "moderate" and target.mention.kind == "adjective":
        return True  # "accounts linked to the Catalan movement"
    # "welcomed Ann Lee": as a guest
    return frame.lemma == "welcome" and target.how == "object" and target.mention.type == "Person"


def are_no_pair(
    verb: Token, frame: VerbFrame, action: str, actor: Party, target: Party, *, passive: bool, malicious: bool
) -> bool:
    """Tell whether a verb says no such action of these two; `malicious` if the actor's noun is one of ill repute."""
    if actor.mention.agent == target.mention.agent:
        return True
    if frame.lemma == "use" and not passive and not malicious and _is_plain_use(verb, actor):
        return True  # "people use Acme"
    if action == "misuse" and frame.complement == "noclause" and _is_known(actor):
        return True  # "the president posted a video on Acme"
    if action == "support" and passive:  # "is backed by Umbrella": with money; one police force by another
        together = actor.is_one_of(AUTHORITIES) and target.is_one_of(AUTHORITIES)
        return together or actor.is_one_of(BUSINESSES)
    return False


def speaks_of_itself(actors: list[Party], targets: list[Party]) -> bool:
    """Tell whether several say something of themselves ("the firms claimed that they face competition")."""
    spoken = {actor.mention.agent for actor in actors}
    pronouns = [target for target in targets if target.mention.kind == "pronoun" and target.how.startswith("clause")]
    return len(actors) > 1 and any(target.mention.agent in spoken for target in pronouns)


def _is_plain_use(verb: Token, actor: Party) -> bool:
    """Tell whether something is used to no purpose that is told."""
    purpose = any(child.dep_ in {"xcomp", "advcl"} and child.i > verb.i for child in verb.children)
    return not purpose and not actor.is_one_of(ARMED)


def _is_known(party: Party) -> bool:
    """Tell whether the knowledge base knows a person: somebody of public life."""
    agent = party.mention.agent
    return agent is not None and agent.type == "Person" and agent.id in load_knowledge_base().agents
