"""Lead from an argument's head word to the agents that it means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Span_

from kg.extract.clauses import expand_list, find_subjects
from kg.kb.lexicon import Lexicon
from kg.model import AgentRef, Span
from kg.model.ids import make_agent_id
from kg.model.mention import Mention

_AUTHORITIES = frozenset("Government Regulator Court LawEnforcement Ministry Legislature Supranational".split())
_BUSINESSES = frozenset({"Platform", "Company"})
_PEELED = ("of", "by", "on", "to", "at", "for", "with", "from", "in", "against", "over", "into")
_ON_PERSONS = frozenset({"arrest", "convict", "charge", "restrict"})
_LISTED = {"Platform": "business", "Company": "business", "Person": "person"}
_QUANTITIES = frozenset(
    "group coalition number series consortium dozen hundred thousand million majority bloc alliance handful team pair couple".split()
)
_MAX_PEEL = 3


@dataclass(frozen=True, slots=True)
class Party:
    """A mention that fills a role, and how the grammar led to it."""

    mention: Mention
    how: str


class PartyFinder:
    """Find the agents behind argument heads in one text."""

    def __init__(self, doc: Doc, mentions: dict[int, Mention], lexicon: Lexicon) -> None:
        self._doc = doc
        self._mentions = mentions
        self._classes = lexicon.noun_classes
        self._at: dict[int, Mention] = {}
        for mention in mentions.values():
            if mention.kind in {"name", "metonym", "adjective"}:
                for index in range(mention.first, mention.last):
                    self._at[index] = mention
        self._ordered = sorted((m for m in mentions.values() if m.agent is not None), key=lambda m: m.head)

    def find(self, token: Token, how: str, role: str, action: str, depth: int = 0) -> list[Party]:
        """Find the agents that an argument means, looking through words that only lead to them ("access to Facebook")."""
        if depth > _MAX_PEEL:
            return []
        mention = self._mentions.get(token.i) or self._at.get(token.i)
        if token.pos_ in {"VERB", "AUX"} and mention is None:
            return [
                p
                for subject, _ in find_subjects(token)
                for p in self.find(subject, f"{how}>clause", role, action, depth + 1)
            ]
        if (
            mention is not None
            and mention.agent is not None
            and mention.kind in {"name", "metonym", "pronoun", "description"}
        ):
            return [
                Party(other, f"{how}>list") if other is not mention else party
                for other in self._find_neighbours(mention)
                for party in self._spread(other, how)
            ]
        if mention is not None and mention.kind == "adjective":
            return (
                [Party(mention, how)]
                if token.dep_ in {"nsubj", "pobj", "dobj", "nsubjpass", "poss"} or how == "modifier"
                else []
            )
        if token.lemma_.lower() in _QUANTITIES:  # "a group of US states", "dozens of companies"
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ == "of":
                    members = [t for c in child.children if c.dep_ == "pobj" for t in expand_list(c)]
                    found = [p for member in members for p in self.find(member, how, role, action, depth + 1)]
                    if found:
                        return found
        named = self._find_named_members(token)
        if named:
            return [Party(member, f"{how}>named") for member in named]
        if how == "modifier":
            return []
        content = token.lemma_.lower() in self._classes["content"]
        if mention is not None and mention.agent is not None:
            if (
                role == "actor"
                or mention.type == "Person"
                or action in _ON_PERSONS
                or (action in {"release", "order", "ban"} and mention.type == "Group" and not content)
            ):
                return [Party(mention, how)]
            owners = self._find_owners(token, how, role, action, depth)
            return owners or [Party(mention, how)]
        owners = self._find_owners(token, how, role, action, depth)
        if owners:
            return owners
        return self._name_phrase(token, how) if depth <= 1 else []

    def _find_neighbours(self, mention: Mention) -> list[Mention]:
        """The other names of a written list, which parsers lose track of ("Alex Jones, Nation of Islam leader Louis Farrakhan and …")."""
        if mention.kind != "name" or mention.type not in _LISTED:
            return [mention]
        doc, kind = self._doc, _LISTED[mention.type]
        sentence = doc[mention.head].sent
        members, index, separated = [mention], mention.last, False
        while index < sentence.end and len(members) < 30:
            token = doc[index]
            other = self._at.get(index)
            if other is not None and other.first == index and other.kind == "name" and other.agent is not None:
                after = doc[other.last] if other.last < len(doc) else None
                if _LISTED.get(other.type) != kind or (after is not None and after.text in {"'s", "’s", "’"}):
                    if (
                        after is not None
                        and after.pos_ in {"NOUN", "PROPN"}
                        and after.text not in {"'s", "’s"}
                        and kind == "person"
                    ):
                        index = other.last  # the organisation in a title
                        continue
                    break
                if not separated or (after is not None and after.pos_ in {"VERB", "AUX"} and members):
                    break
                members.append(other)
                index, separated = other.last, False
                continue
            if token.text in {",", "and", "or", "&", "/", ";"} or token.lower_ in {"as", "well", "also", "both"}:
                separated = True
            elif not (separated and token.pos_ in {"NOUN", "ADJ", "DET", "PROPN", "NUM"} and kind == "person") and not (
                separated and token.pos_ in {"DET", "ADJ"} or token.text in {"(", ")"}
            ):
                break
            index += 1
        return members

    def _spread(self, mention: Mention, how: str) -> list[Party]:
        """Spread a plural reference ("the companies", "they") over the coordinated names that it goes back to."""
        first = mention.antecedent
        if not mention.plural or first is None or first.kind != "name":
            return [Party(mention, how)]
        top = self._doc[first.head]
        while top.dep_ == "conj" and top.head.pos_ in {"NOUN", "PROPN"}:
            top = top.head
        members = [self._at.get(token.i) for token in expand_list(top)]
        named = [m for m in members if m is not None and m.agent is not None and m.kind == "name"]
        if len(named) < 2:
            return [Party(mention, how)]
        return [
            Party(
                Mention(
                    mention.span, mention.first, mention.last, mention.head, mention.kind, m.type, m.agent, m, True
                ),
                f"{how}>spread",
            )
            for m in named
        ]

    def _find_named_members(self, token: Token) -> list[Mention]:
        """The names right behind a common noun that they belong to ("political figures Alex Jones and …", "the app TikTok")."""
        if token.pos_ != "NOUN" or token.i + 1 >= len(self._doc):
            return []
        mention = self._at.get(token.i + 1)
        if mention is None or mention.kind != "name" or mention.first != token.i + 1:
            return []
        head = self._doc[mention.head]
        if head.dep_ not in {"appos", "npadvmod", "dep", "nmod"} and head.head is not token:
            return []
        members = [self._at.get(part.i) for part in expand_list(head)]
        return [m for m in members if m is not None and m.agent is not None]

    def _name_phrase(self, token: Token, how: str) -> list[Party]:
        """Let a phrase that names nobody known stand for itself."""
        if token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ in {
            "MONEY",
            "DATE",
            "TIME",
            "PERCENT",
            "CARDINAL",
            "QUANTITY",
        }:
            return []
        if token.lemma_.lower() in self._classes["transparent"]:
            return []
        first = token.i
        for child in token.lefts:
            if child.dep_ in {"compound", "amod", "nummod", "nmod"} and child.i - child.left_edge.i < 4:
                first = min(first, child.left_edge.i)
        words = self._doc[first : token.i + 1]
        if any(word.is_punct and word.text not in {"-", "'"} for word in words):
            words, first = self._doc[token.i : token.i + 1], token.i
        text = (
            words.text
            if token.pos_ == "PROPN"
            else " ".join(w.text if w.pos_ == "PROPN" else w.text.lower() for w in words).replace(" - ", "-")
        )
        agent = AgentRef(make_agent_id(text, "Group"), text, "Group", None)
        span = Span(words.start_char, words.end_char, words.text)
        return [
            Party(
                Mention(span, first, token.i + 1, token.i, "phrase", "Group", agent, None, token.tag_ == "NNS"),
                f"{how}>np",
            )
        ]

    def _find_owners(self, token: Token, how: str, role: str, action: str, depth: int) -> list[Party]:
        for child in token.children:
            if child.dep_ == "poss":
                found = self.find(child, f"{how}>poss", role, action, depth + 1)
                if found:
                    return found
        for child in reversed([c for c in token.lefts if c.dep_ in {"compound", "nmod"}]):
            mention = self._at.get(child.i)
            if mention is not None and mention.agent is not None and mention.kind != "adjective":
                return [Party(mention, f"{how}>compound")]
            described = self._mentions.get(child.i)
            if described is not None and described.agent is not None and described.type in _AUTHORITIES:
                return [Party(described, f"{how}>compound")]
        for child in token.children:
            if child.dep_ == "appos":
                mention = self._mentions.get(child.i) or self._at.get(child.i)
                if mention is not None and mention.agent is not None and mention.kind == "name":
                    return [Party(mention, f"{how}>appos")]
        for child in token.children:
            if child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"}:  # "channels run by", "pages associated with"
                for grandchild in child.children:
                    if grandchild.dep_ in {"agent", "prep"} and grandchild.lower_ in {"by", "with", "to"}:
                        found = [
                            p
                            for c in grandchild.children
                            if c.dep_ == "pobj"
                            for part in expand_list(c)
                            for p in self.find(part, f"{how}>acl", role, action, depth + 1)
                        ]
                        if found:
                            return found
        lemma = token.lemma_.lower()
        leads = lemma in self._classes["transparent"] or lemma in self._classes["content"]
        for preposition in _PEELED if leads and role != "actor" else ("of", "by"):
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ == preposition:
                    found = [
                        p
                        for c in child.children
                        if c.dep_ == "pobj"
                        for part in expand_list(c)
                        for p in self.find(part, f"{how}>{preposition}", role, action, depth + 1)
                    ]
                    if found:
                        return found
        return []

    def tokens(self, mention: Mention) -> Span_:
        """The tokens of a mention."""
        return self._doc[mention.first : mention.last]

    # -- headlines -----------------------------------------------------------------------------------------------------

    def name_before(self, token: Token) -> Party | None:
        """The name that ends right before a token."""
        mention = self._at.get(token.i - 1)
        if mention is None or mention.agent is None or mention.last != token.i or mention.kind == "adjective":
            return None
        return Party(mention, "adjacent")

    def name_after(self, token: Token) -> Party | None:
        """The name that follows a token, articles and adjectives between them aside."""
        for index in range(token.i + 1, min(token.i + 5, len(self._doc))):
            mention = self._at.get(index)
            if mention is not None and mention.agent is not None and mention.kind != "adjective":
                return Party(mention, "adjacent")
            if self._doc[index].pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}:
                return None
        return None

    # -- parties that the text leaves out ------------------------------------------------------------------------------

    def imply_authority(self, trigger: Token, target: Mention) -> Party | None:
        """The authority that an action without a named actor is likely to come from."""
        for child in trigger.children:
            if child.dep_ == "prep" and child.lower_ in {"in", "by", "across", "throughout", "from"}:
                for grandchild in child.children:
                    mention = self._mentions.get(grandchild.i) or self._at.get(grandchild.i)
                    if mention is not None and mention.agent is not None and mention.agent.type in _AUTHORITIES:
                        return Party(mention, "place")
        for index in range(target.first - 3 if target.first > 3 else 0, target.last):
            mention = self._at.get(index)
            if mention is not None and mention.kind == "adjective" and mention.agent is not None:
                return Party(mention, "demonym")
        sentence = trigger.sent
        near: Mention | None = None
        counts: Counter[str] = Counter()
        last: dict[str, Mention] = {}
        for mention in self._ordered:
            if mention.head >= sentence.end:
                break
            if (
                mention.agent is None
                or mention.agent.type not in _AUTHORITIES
                or mention.kind == "group"
                or mention.agent == target.agent
            ):
                continue
            if mention.head >= sentence.start:
                if mention.first and self._doc[mention.first - 1].lower_ == "from":
                    continue  # where somebody comes from
                if mention.kind == "adjective":
                    noun = self._doc[mention.head].head
                    if noun.lemma_.lower() not in self._classes["authority"] and noun.pos_ != "PROPN":
                        continue  # "a French citizen"
                if near is None or abs(mention.head - trigger.i) < abs(near.head - trigger.i):
                    near = mention
            else:
                counts[mention.agent.id] += 1
                last[mention.agent.id] = mention
        if near is not None:
            heading = near.last < len(self._doc) and self._doc[near.last].text == ":" and near.first == sentence.start
            return Party(near, "heading" if heading else "near")
        if not counts:
            return None
        top = max(counts.values())
        best = max((m for agent_id, m in last.items() if counts[agent_id] == top), key=lambda m: m.head)
        return Party(best, "previous") if sentence.start - best.head < 120 else None

    def imply_platform(self, trigger: Token, target: Mention) -> Party | None:
        """The platform whose moderation a passive tells ("the account was suspended")."""
        implied = self.imply_target(trigger, target)
        return Party(implied.mention, f"implied-{implied.how}") if implied is not None else None

    def imply_target(self, trigger: Token, actor: Mention | None, types: frozenset[str] = _BUSINESSES) -> Party | None:
        """The platform or company (or who else fits) that an action without a target is likely to be about."""
        sentence = trigger.sent
        before: Mention | None = None
        after: Mention | None = None
        for mention in self._ordered:
            if mention.head >= sentence.end:
                break
            if mention.agent is None or mention.agent.type not in types or mention.kind == "group":
                continue
            if actor is not None and mention.agent == actor.agent:
                continue
            if mention.head < trigger.i:
                before = mention
            elif after is None:
                after = mention
        if before is not None and before.head >= sentence.start:
            return Party(before, "near")
        if after is not None:
            return Party(after, "near-after")
        if before is not None and sentence.start - before.head < 60:
            return Party(before, "previous")
        return None
