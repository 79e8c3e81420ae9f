"""Make agents of names that nobody recognised, and of phrases that name nobody."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from kg.extract.candidate import Party
from kg.extract.mention_index import MentionIndex
from kg.model import AgentRef, Span
from kg.model.ids import make_agent_id
from kg.model.mention import Mention
from kg.syntax.phrases import find_phrase_end, is_capital_line

_MEASURES = frozenset({"MONEY", "DATE", "TIME", "PERCENT", "CARDINAL", "QUANTITY"})


class Strangers:
    """Whom one text brings in without anybody knowing them; transparent nouns only lead to others."""

    def __init__(self, index: MentionIndex, transparent: Mapping[str, str]) -> None:
        self._index = index
        self._doc = index.doc
        self._transparent = transparent

    def is_name(self, token: Token) -> bool:
        """Tell a name that nobody recognised from a word of a headline: its sentence has few other capitals."""
        if token.tag_ != "NNP" or token.ent_type_ in _MEASURES or token.i == token.sent.start:
            return False
        # A pipeline without vectors knows no common words by them, so that nothing tells a name from a word.
        common = not token.vocab.vectors_length or token.vocab[token.lower_].has_vector
        if common or not token.is_alpha or not token.text[:1].isupper():
            return False
        return not is_capital_line(token)

    def name(self, token: Token, how: str) -> Party:
        """Make an agent of a name that nobody recognised; among those against whom one acts most are firms."""
        first, last = token.i, token.i + 1
        while first and self._doc[first - 1].tag_ == "NNP" and self._doc[first - 1].head in (token, token.head):
            if first - 1 in self._index.naming:
                break
            first -= 1
        words = self._doc[first:last]
        agent = AgentRef(make_agent_id(words.text, "Company"), words.text, "Company", None)
        span = Span(words.start_char, words.end_char, words.text)
        return Party(Mention(span, first, last, token.i, "name", "Company", agent, None, False), how)

    def describe(self, token: Token, how: str) -> list[Party]:
        """Let a phrase that names nobody known stand for itself."""
        if token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ in _MEASURES:
            return []
        if token.pos_ != "PROPN" and token.lemma_.lower() in self._transparent:
            return []
        first = token.i
        for child in token.lefts:
            if child.dep_ in {"compound", "amod", "nummod", "nmod"} and child.i - child.left_edge.i < 4:
                first = min(first, child.left_edge.i)
        words = self._doc[first : token.i + 1]
        if any(word.is_punct and word.text not in {"-", "'"} for word in words):
            words, first = self._doc[token.i : token.i + 1], token.i
        text = words.text
        if token.pos_ != "PROPN":
            lowered = (word.text if word.pos_ == "PROPN" else word.text.lower() for word in words)
            text = " ".join(lowered).replace(" - ", "-")
        agent = AgentRef(make_agent_id(text, "Group"), text, "Group", None)
        whole = self._doc[first : max(find_phrase_end(token), token.i + 1)]
        span = Span(whole.start_char, whole.end_char, whole.text)
        plural = token.tag_ == "NNS"
        mention = Mention(span, first, token.i + 1, token.i, "phrase", "Group", agent, None, plural)
        return [Party(mention, f"{how}>np")]
