"""The mentions of one text by where they stand."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.model.mention import Mention

_NAMING = frozenset({"name", "metonym", "adjective"})


class MentionIndex:
    """Look up the mentions of one text by token.

    Attributes
    ----------
    by_head
        The mentions by the index of their head token.
    naming
        The names, metonyms and adjectives by the index of each of their tokens.
    ordered
        The mentions that have an agent, in the order of their heads.
    """

    def __init__(self, doc: Doc, mentions: dict[int, Mention]) -> None:
        self.doc = doc
        self.by_head = mentions
        self.naming = {
            index: mention
            for mention in mentions.values()
            if mention.kind in _NAMING
            for index in range(mention.first, mention.last)
        }
        self.ordered = sorted((m for m in mentions.values() if m.agent is not None), key=lambda m: m.head)

    def find(self, token: Token) -> Mention | None:
        """The mention whose head a token is, else the name that it is a part of."""
        return self.by_head.get(token.i) or self.naming.get(token.i)
