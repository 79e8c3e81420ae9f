"""Find who is meant without being named, reading a text left to right with a history of whom it mentioned."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.annotate.history import History
from kg.annotate.nouns import NounReader
from kg.annotate.pronouns import refer_by_pronoun
from kg.kb import KnowledgeBase
from kg.kb.lexicon import Lexicon
from kg.model.mention import Mention


class ReferenceResolver:
    """Complete the named mentions of a text with those that refer without a name."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon) -> None:
        self._kb = kb
        self._lexicon = lexicon

    def resolve(self, doc: Doc, named: list[Mention]) -> dict[int, Mention]:
        """Return all mentions of a text by the index of their head token."""
        history = History(doc, named)
        nouns = NounReader(self._kb, self._lexicon, history)
        by_head = {mention.head: mention for mention in named}
        for token in doc:
            mention = by_head.get(token.i)
            if mention is None and token.i not in history.at_token:
                mention = _refer(token, history, nouns)
            if mention is not None:
                history.add(mention, token)
        return history.mentions


def _refer(token: Token, history: History, nouns: NounReader) -> Mention | None:
    pos = token.pos_
    if pos == "PRON" or token.tag_ == "PRP$":
        return refer_by_pronoun(token, history)
    if pos == "NOUN" or (pos in {"PROPN", "ADJ"} and token.dep_ not in {"compound", "amod"}):
        return nouns.refer(token)
    return None
