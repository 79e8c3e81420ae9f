"""Mend the mentions for the finders of facts: people taken for companies, states inside the names of many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.facts.agents import agent_of, type_of
from kg.kb import KnowledgeBase
from kg.model import AgentRef, Span
from kg.model.ids import make_agent_id
from kg.model.mention import Mention

_CONFUSED = frozenset({"Company", "Place", "Platform"})  # what the recogniser takes unknown people for
_MAX_NAME = 4


def find_person(doc: Doc, mention: Mention, kb: KnowledgeBase, is_title: Callable[[Token], object]) -> Mention | None:
    """Return the mention of a named person; an unknown name beside a title is one, whatever the recogniser says."""
    if mention.kind != "name":
        return None
    if mention.type == "Person":
        return None if is_fragment(doc, mention) else mention
    words = doc[mention.first : mention.last]
    if agent_of(mention).id in kb.agents or mention.type not in _CONFUSED or not 2 <= len(words) <= _MAX_NAME:
        return None
    if mention.first == 0 or not all(token.pos_ == "PROPN" and token.text.istitle() for token in words):
        return None
    before, head = doc[mention.first - 1], doc[mention.head]
    if not is_title(before) and not (before.text == "," and head.dep_ == "appos" and is_title(head.head)):
        return None
    agent = AgentRef(make_agent_id(mention.span.text, "Person"), agent_of(mention).name, "Person", None)
    return replace(mention, type="Person", agent=agent)


def find_inner_state(doc: Doc, mention: Mention, kb: KnowledgeBase) -> Mention | None:
    """Find the state that a name of many starts with: "US" in "US tech giants"."""
    if mention.kind != "name" or mention.last - mention.first < 2 or type_of(mention) not in {"Group", "Company"}:
        return None
    token = doc[mention.first]
    ids = kb.adjectives.get(token.text) or kb.aliases.get(token.text) or ()
    if len(ids) != 1 or kb.agents[ids[0]].type != "Government":
        return None
    span = Span(token.idx, token.idx + len(token.text), token.text)
    return Mention(span, token.i, token.i + 1, token.i, "adjective", "Government", kb.refer_to(ids[0]))


def is_fragment(doc: Doc, mention: Mention) -> bool:
    """Tell whether a recognised name is a piece of a headline: with a line break, or a capitalised verb, inside."""
    words = doc[mention.first : mention.last]
    if any(token.is_space for token in words):
        return True
    return len(words) > 3 and any(token.pos_ in {"VERB", "AUX", "ADP"} and token.text.istitle() for token in words)
