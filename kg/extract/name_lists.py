"""The names that stand in a list with another, or right behind the noun that tells what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.candidate import Party
from kg.extract.lists import expand_list
from kg.extract.mention_index import MentionIndex
from kg.model.mention import Mention
from kg.model.vocabulary import AUTHORITIES

_LISTED = {"Platform": "business", "Company": "business", "Person": "person"} | dict.fromkeys(AUTHORITIES, "authority")
_POSSESSIVES = frozenset({"'s", "’s"})
_MAX_MEMBERS = 30
_MAX_BRACKET = 6


class NameListReader:
    """Complete lists of names in one text."""

    def __init__(self, index: MentionIndex, kinds: Mapping[str, Mapping[str, str]]) -> None:
        self._index = index
        self._kinds = kinds
        self._doc = index.doc

    def find_neighbours(self, mention: Mention) -> list[Mention]:
        """Find a name and those that follow it in a written list, which parsers lose track of.

        "Ann Lee, Acme chairwoman Bea Roy and Cy Poe" are three people, with what they lead
        between them.
        """
        if mention.kind != "name" or mention.type not in _LISTED:
            return [mention]
        doc, kind, names = self._doc, _LISTED[mention.type], self._index.naming
        end = doc[mention.head].sent.end
        members, index, separated = [mention], mention.last, False
        leads = self._leads_clause(mention)
        while index < end and len(members) < _MAX_MEMBERS:
            other = names.get(index)
            if other is not None and other.first == index and other.kind == "name" and other.agent is not None:
                after = doc[other.last] if other.last < len(doc) else None
                if _LISTED.get(other.type) != kind or (
                    after is not None and (after.text in _POSSESSIVES or after.text == "’")
                ):
                    if kind == "person" and after is not None and _is_title(after):
                        index = other.last  # the organisation in a title
                        continue
                    break
                if not separated or (not leads and after is not None and after.pos_ in {"VERB", "AUX"}):
                    break
                members.append(other)
                index, separated = other.last, False
                continue
            token = doc[index]
            if token.text == "(":
                index = self._skip_bracket(index, end)
            elif token.text in {",", "and", "or", "&", "/", ";"} or token.lower_ in {"as", "well", "also", "both"}:
                separated = True
            elif kind == "business" and separated and token.pos_ == "NOUN" and self._leads_to_name(index, end):
                pass  # "Acme, Umbrella and travel site Globex"
            elif kind == "business" and separated and _is_lost_name(token):
                pass  # "Acme, Tagged, Umbrella": taken for a verb
            elif not _may_stand_between(token, separated, kind):
                break
            index += 1
        return members

    def _leads_to_name(self, index: int, end: int) -> bool:
        """Tell whether nouns that say what a firm is lead to its name."""
        while index < end and self._doc[index].pos_ in {"NOUN", "ADJ"} and index not in self._index.naming:
            index += 1
        noun = self._doc[index - 1].lemma_.lower()
        return index in self._index.naming and (noun in self._kinds["company"] or noun in self._kinds["platform"])

    def _leads_clause(self, mention: Mention) -> bool:
        """Tell whether a name stands first in its clause, so that a verb behind the list is the list's own."""
        first = mention.first
        while first and self._doc[first - 1].pos_ in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}:
            first -= 1
        before = self._doc[first - 1] if first else None
        return before is None or before.pos_ in {"PUNCT", "SPACE", "SCONJ"}

    def _skip_bracket(self, index: int, end: int) -> int:
        """The place of the bracket that closes one, if it closes soon: what another name is for is no member."""
        for other in range(index + 1, min(index + _MAX_BRACKET, end)):
            if self._doc[other].text == ")":
                return other
        return index

    def spread(self, mention: Mention, how: str) -> list[Party]:
        """Spread a plural reference ("the companies", "they") over the coordinated names that it goes back to."""
        countries = self._find_countries(mention)
        if len(countries) > 1:
            return [Party(replace(mention, agent=m.agent, antecedent=m), f"{how}>list") for m in countries]
        first = mention.antecedent
        if not mention.plural or first is None or first.kind != "name":
            return [Party(mention, how)]
        top = self._doc[first.head]
        while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}:
            top = top.head
        named = [m for m in self._find_members(top) if m.kind == "name"]
        if len(named) < 2:
            return [Party(mention, how)]
        at = (mention.span, mention.first, mention.last, mention.head, mention.kind)
        return [Party(Mention(*at, m.type, m.agent, m, True), f"{how}>spread") for m in named]

    def _find_countries(self, mention: Mention) -> list[Mention]:
        """Find the countries whose bodies one plural names ("the French, Italian and Swedish regulators")."""
        noun = self._doc[mention.head]
        if mention.type not in AUTHORITIES or noun.tag_ not in {"NNS", "NNPS"}:
            return []
        found: list[Mention] = []
        for index in range(noun.left_edge.i, noun.i):
            adjective = self._index.naming.get(index)
            if adjective is not None and adjective.kind == "adjective" and adjective.agent is not None:
                found.append(adjective)
            elif found and adjective is None and self._doc[index].text not in {",", "and", "&", "or"}:
                break
        return list({m.agent.id: m for m in found if m.agent is not None}.values())

    def find_named_members(self, token: Token) -> list[Mention]:
        """Find the names right behind a common noun that they belong to ("the app TikTok")."""
        if token.pos_ != "NOUN" or token.i + 1 >= len(self._doc):
            return []
        mention = self._index.naming.get(token.i + 1)
        if mention is None or mention.kind != "name" or mention.first != token.i + 1:
            return []
        head = self._doc[mention.head]
        beside = mention.type in ("Platform", "Company") and head.head == token.head  # "fined developer Acme"
        if head.dep_ not in {"appos", "npadvmod", "dep", "nmod"} and head.head != token and not beside:
            return []
        members = self._find_members(head)
        written = self.find_neighbours(mention)  # parsers lose track of long lists
        return written if len(written) > len(members) else members

    def _find_members(self, head: Token) -> list[Mention]:
        members = [self._index.naming.get(part.i) for part in expand_list(head)]
        return [m for m in members if m is not None and m.agent is not None]


def _is_lost_name(token: Token) -> bool:
    """Tell whether a capitalised word alone between two separators of a list is a name that nothing knew."""
    if not token.text[:1].isupper() or token.i + 1 >= len(token.doc):
        return False
    return token.nbor(1).text in {",", "and"} and token.nbor(-1).text == ","


def _is_title(token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN"} and token.text not in _POSSESSIVES


def _may_stand_between(token: Token, separated: bool, kind: str) -> bool:
    """Tell whether a word may stand before the next name of a list: an article, a person's title, a bracket."""
    if separated and token.pos_ in {"DET", "ADJ"} or token.text in {"(", ")"}:
        return True
    return separated and kind == "person" and token.pos_ in {"NOUN", "PROPN", "NUM"}
