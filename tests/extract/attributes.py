"""Find the word that tells an action in a parsed sentence, as the tests of its attributes need it."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.model import AgentRef
from kg.model.mention import Mention
from tests.extract.reading import annotate_text


def parse_trigger(text: str, word: str, nth: int = 0) -> tuple[Doc, dict[int, Mention], Token]:
    """Parse a text and return it with its mentions and the nth token that reads so."""
    doc, mentions = annotate_text(text)
    return doc, mentions, [token for token in doc if token.text == word][nth]


def find_agent(mentions: dict[int, Mention], name: str) -> AgentRef:
    """Return the agent of this name that a text mentions."""
    return next(
        mention.agent for mention in mentions.values() if mention.agent is not None and mention.agent.name == name
    )
