"""Lead from an argument's head word to the agents that it means."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words

from kg.extract.candidate import Party
from kg.extract.clauses import find_counted_among, find_subjects
from kg.extract.descriptions import drop_descriptions
from kg.extract.implied import BUSINESSES, ImpliedPartyFinder
from kg.extract.lists import expand_list
from kg.extract.mention_index import MentionIndex
from kg.extract.name_lists import NameListReader
from kg.extract.nominals import expand_objects, find_leaders, has_owner, is_former
from kg.extract.slots import Found
from kg.extract.strangers import Strangers
from kg.kb.lexicon import Lexicon, load_words
from kg.model import AgentRef, Span
from kg.model.ids import make_agent_id
from kg.model.mention import Mention
from kg.model.vocabulary import AUTHORITIES

__all__ = ["Party", "PartyFinder"]

_PEELED = ("of", "by", "on", "to", "at", "for", "with", "from", "in", "against", "over", "into")
_ON_PERSONS = frozenset({"arrest", "convict", "charge", "restrict"})
_REFERRING = frozenset({"name", "metonym", "pronoun", "description"})
_ARGUMENTS = frozenset({"nsubj", "pobj", "dobj", "nsubjpass", "poss"})
_MEASURES = frozenset({"MONEY", "DATE", "TIME", "PERCENT", "CARDINAL", "QUANTITY"})
_UNNAMED = frozenset({"group", "phrase"})
_MAX_PEEL = 3
_TERRITORIAL = frozenset({"Government", "Supranational", "Place"})
_INSTITUTION_REACH = 60  # tokens


class PartyFinder:
    """Find the agents behind argument heads in one text.

    Attributes
    ----------
    implied
        Guesses at the parties that the text leaves out.
    """

    def __init__(self, doc: Doc, mentions: dict[int, Mention], lexicon: Lexicon) -> None:
        self._doc = doc
        self._index = MentionIndex(doc, mentions)
        self.implied = ImpliedPartyFinder(self._index, lexicon.noun_classes["authority"])
        self._lists = NameListReader(self._index, lexicon.noun_classes)
        self._authority_nouns = lexicon.noun_classes["authority"]
        self._placed = lexicon.noun_classes
        self._representatives = lexicon.words["representative"]
        self._suits = lexicon.words["suit"]
        self._public = lexicon.words["public"]
        self._quantities = lexicon.words["quantity"]
        self._content = lexicon.noun_classes["content"]
        self._transparent = lexicon.noun_classes["transparent"]
        self._strangers = Strangers(self._index, self._transparent)

    def find(self, token: Token, how: str, role: str, action: str, depth: int = 0) -> list[Party]:
        """Find the agents that an argument means, looking through words that only lead to them.

        Parameters
        ----------
        token
            The head of the argument.
        how
            How the grammar led to it.
        role, action
            ``actor`` or ``target``, and of which action: not every word leads on in every role.
        depth
            How many words were looked through so far ("access to Facebook": one).
        """
        if depth > _MAX_PEEL:
            return []
        mention = self._find_titled(self._index.find(token))
        if mention is None and token.pos_ in {"VERB", "AUX"}:
            subjects = [subject for subject, _ in find_subjects(token)]
            return self._find_all(subjects, f"{how}>clause", role, action, depth)
        if mention is not None and mention.agent is not None and mention.kind in _REFERRING:
            return [
                Party(other, f"{how}>list") if other is not mention else party
                for other in self._lists.find_neighbours(mention)
                for party in self._lists.spread(other, how)
            ]
        if mention is not None and mention.kind == "adjective":
            return [Party(mention, how)] if how == "modifier" or token.dep_ in _ARGUMENTS else []
        lemma = token.lemma_.lower()
        if lemma in self._quantities:  # "a group of US states", "dozens of companies"
            found = self._find_below(token, "of", how, role, action, depth)
            if found:
                return found
        named = self._lists.find_named_members(token)
        if named:
            return [Party(member, f"{how}>named") for member in named]
        if how == "modifier":
            kind = mention is not None and mention.agent is not None and mention.agent.type == "Platform"
            return [Party(mention, how)] if mention is not None and kind else []  # "a social media ban"
        if token.pos_ == "NUM" and token.dep_ == "conj":  # "two inquiries into Acme and one into Umbrella"
            return self._find_below(token, token.head.head.lower_, how, role, action, depth)
        apposed = self._find_apposed(token, how) if token.tag_ == "NN" else None
        if apposed is not None and mention is not None and _is_kind_of(apposed.mention, mention):
            return [apposed]
        if mention is not None and mention.agent is not None:
            content = lemma in self._content
            if role == "actor" and lemma in self._representatives and not is_former(token):
                owners = self._find_owners(token, how, role, action, depth)
                if owners:
                    return owners
            if (
                role == "actor"
                or mention.type == "Person"
                or lemma in self._public
                or lemma in load_words("other_party")
                or (action == "moderate" and content and token.tag_ == "NNS" and not has_owner(token))
                or (action in _ON_PERSONS and not (content and action == "restrict"))
                or (action in {"release", "order", "ban", "moderate"} and mention.type == "Group" and not content)
            ):
                return [Party(mention, how)]
            owners = self._find_owners(token, how, role, action, depth)
            if mention.type in BUSINESSES and all(p.is_one_of(_TERRITORIAL) for p in owners):
                return [Party(mention, how)]  # "the municipality of Rome": no state
            return owners or [Party(mention, how)]
        if mention is None and self._strangers.is_name(token):
            return [self._strangers.name(token, how)] if depth <= 1 else []
        owners = self._find_owners(token, how, role, action, depth)
        if owners or (role == "target" and lemma in load_words("misdeed")):
            return owners
        return self._strangers.describe(token, how) if depth <= 1 else []

    def find_each(self, words: Found, role: str, action: str) -> list[Party]:
        """Find the agents of several arguments, the members of lists each for itself, nobody twice."""
        found: dict[int | str, Party] = {}
        led = [(leader, f"{how}>lead") for token, how in words if role == "actor" for leader in find_leaders(token)]
        for token, how in (*words, *led):
            counted = find_counted_among(token)
            for part in [t for member in counted for t in expand_list(member)] or expand_list(token):
                for party in self.find(part, how, role, action):
                    agent = party.mention.agent
                    found.setdefault(party.mention.head if agent is None else agent.id, party)
        return drop_descriptions(self._doc, list(found.values()))

    def _find_titled(self, mention: Mention | None) -> Mention | None:
        """The person whose title a country's name stands before ("the account of U.S. Senator Ann Lee")."""
        if (
            mention is None
            or mention.agent is None
            or mention.agent.type != "Government"
            or mention.kind == "description"
        ):
            return mention
        index = mention.last
        while index < len(self._doc) and self._doc[index].lower_ in load_words("title"):
            index += 1
        person = self._index.naming.get(index) if index > mention.last else None
        return person if person is not None and person.type == "Person" else mention

    def find_institution(self, modifier: Token) -> Party | None:
        """The body that a noun before an action noun names by its kind alone ("a court order", "the jury verdict")."""
        type_ = self._authority_nouns.get(modifier.lemma_.lower())
        if type_ is None or modifier.dep_ != "compound" or modifier.i in self._index.naming:
            return None
        known = self._index.find(modifier)
        if known is not None and known.agent is not None:
            return Party(known, "modifier")
        named = [m for m in self._index.ordered if m.type == type_ and m.head < modifier.i and m.kind != "group"]
        if named and modifier.i - named[-1].head < _INSTITUTION_REACH:
            return Party(named[-1], "modifier")
        text = modifier.text.lower()
        span = Span(modifier.idx, modifier.idx + len(modifier.text), modifier.text)
        agent = AgentRef(make_agent_id(text, type_), text, type_, None)
        return Party(Mention(span, modifier.i, modifier.i + 1, modifier.i, "group", type_, agent), "modifier")

    def find_plaintiffs(self, modifier: Token) -> list[Party]:
        """Those who sue together, named before the suit by their kind ("a shareholder class action")."""
        mention = self._index.find(modifier)
        if mention is None or mention.agent is None or mention.kind != "group" or mention.agent.type in AUTHORITIES:
            return []
        return [Party(mention, "modifier")] if modifier.pos_ == "NOUN" and mention.type != "Law" else []

    def spread(self, party: Party) -> list[Party]:
        """A party, and those who stand beside it in a list that the parser broke."""
        head = self._doc[party.mention.head]
        while head.dep_ == "conj" and head.head.pos_ in {"NOUN", "PROPN"}:
            head = head.head
        first = self._index.naming.get(head.i, party.mention)
        same = first.kind == "name" and first.type in BUSINESSES and party.mention.type in BUSINESSES
        return [
            Party(other, f"{party.how}>list") if other is not party.mention else party
            for other in self._lists.find_neighbours(first if same else party.mention)
        ]

    def is_scene(self, party: Party) -> bool:
        """Tell whether a party is named only for where something happened ("settled a suit in Illinois")."""
        head = self._doc[party.mention.head]
        return head.dep_ == "pobj" and head.head.lower_ in {"in", "across"}

    def tokens(self, mention: Mention) -> Words:
        """The tokens of a mention."""
        return self._doc[mention.first : mention.last]

    def name_before(self, token: Token) -> Party | None:
        """The name that ends right before a token."""
        mention = self._index.naming.get(token.i - 1)
        if mention is None or mention.agent is None or mention.last != token.i or mention.kind == "adjective":
            return None
        return Party(mention, "adjacent")

    def name_after(self, token: Token) -> Party | None:
        """The name that follows a token, articles and adjectives between them aside."""
        for index in range(token.i + 1, min(token.i + 5, len(self._doc))):
            mention = self._index.naming.get(index)
            if mention is not None and mention.agent is not None and mention.kind != "adjective":
                return Party(self._find_described_by(mention) or mention, "adjacent")
            if self._doc[index].pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "NUM"}:
                return None
        return None

    def _find_described_by(self, mention: Mention) -> Mention | None:
        """The firm behind a name that only says what it makes ("sues Acme developer Umbrella")."""
        doc, last = self._doc, mention.last
        if last + 1 >= len(doc) or doc[last].lower_ not in self._placed["company"]:
            return None
        named = self._index.naming.get(last + 1)
        return named if named is not None and named.first == last + 1 and named.agent is not None else None

    # -- words that lead to others -------------------------------------------------------------------------------------

    def _find_all(self, tokens: Iterable[Token], how: str, role: str, action: str, depth: int) -> list[Party]:
        return [party for token in tokens for party in self.find(token, how, role, action, depth + 1)]

    def _find_below(self, token: Token, preposition: str, how: str, role: str, action: str, depth: int) -> list[Party]:
        """Find the agents that a preposition leads to; of several such phrases the first that leads to any."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == preposition:
                found = self._find_all(expand_objects(child), how, role, action, depth)
                if found:
                    return found
        return []

    def _find_owners(self, token: Token, how: str, role: str, action: str, depth: int) -> list[Party]:
        """Find whose a thing is: by a possessive, a name beside it, a participle or a preposition."""
        for child in token.children:
            if child.dep_ == "poss":
                found = self.find(child, f"{how}>poss", role, action, depth + 1)
                if found:
                    return found
        behind = self._find_below(token, "behind", f"{how}>behind", role, action, depth)
        if behind and role != "actor":
            return behind  # "the team behind the app"
        lemma = token.lemma_.lower()
        beside = self._find_beside(token, how)
        if beside is not None and beside.mention.agent is not None and beside.mention.agent.type in _TERRITORIAL:
            owners = self._find_below(token, "of", f"{how}>of", role, action, depth)
            if owners:
                return owners  # "the Delhi offices of Twitter"
        if beside is not None:
            return [beside]
        for child in token.children:
            # "channels run by", "pages associated with"; but not "the deal criticised by"
            quoting = child.lemma_ in load_words("stating") or child.lemma_ in load_words("quoting")
            if child.dep_ == "acl" and child.tag_ in {"VBN", "VBG"} and not quoting:
                for grandchild in child.children:
                    if grandchild.dep_ in {"agent", "prep"} and grandchild.lower_ in {"by", "with", "to"}:
                        found = self._find_all(expand_objects(grandchild), f"{how}>acl", role, action, depth)
                        if lemma in self._content:  # "accounts linked to a conspiracy theory" are those accounts
                            found = [party for party in found if party.mention.kind not in _UNNAMED]
                        if found:
                            return found
        for child in token.children:  # "addresses that belonged to Acme"
            if child.dep_ == "relcl" and child.lemma_ == "belong":
                found = self._find_below(child, "to", f"{how}>relcl", role, action, depth)
                if found:
                    return found
        leads = role != "actor" and (lemma in self._transparent or lemma in self._content)
        from_others = action == "investigate" and lemma in self._suits  # "reviews claims from Acme": Acme complains
        leads = leads and action != "appeal"  # "challenges the decision at the General Court": another's decision
        for preposition in () if from_others else _PEELED if leads else ("of", "by"):
            found = self._find_below(token, preposition, f"{how}>{preposition}", role, action, depth)
            if preposition == "of" and role != "actor" and lemma in load_words("misdeed"):
                # "a crackdown on misuse of its service"; not so "abuses of dominance by Acme"
                found = [party for party in found if party.how.startswith((f"{how}>of>by", f"{how}>of>poss"))]
            if found:
                return found
        if role == "target" and action == "ban":  # "restricts calls on Telegram", "limits ads in Facebook"
            for preposition in ("on", "to", "in"):
                found += self._find_below(token, preposition, f"{how}>{preposition}", role, action, depth)
            return [p for p in found if p.mention.kind in {"name", "description"} and p.is_one_of(BUSINESSES)]
        return []

    def _find_beside(self, token: Token, how: str) -> Party | None:
        """Find the agent right before a noun ("Telegram channels"), or in apposition to it."""
        for child in reversed([c for c in token.lefts if c.dep_ in {"compound", "nmod"}]):
            mention = self._index.naming.get(child.i)
            if mention is not None and mention.agent is not None and mention.kind != "adjective":
                if mention.agent.type in _TERRITORIAL and self._is_of_place(token):
                    continue  # "US companies" are not the United States
                return Party(mention, f"{how}>compound")
            described = self._index.by_head.get(child.i)
            if described is None or described.agent is None or child.lower_ == "state":  # "state media"
                continue
            if described.type in AUTHORITIES:
                return Party(described, f"{how}>compound")
        return self._find_apposed(token, how)

    def _find_apposed(self, token: Token, how: str) -> Party | None:
        """Find the name in apposition to a noun ("her press secretary, Ann Lee")."""
        for child in token.children:
            if child.dep_ == "appos":
                mention = self._index.find(child)
                if mention is not None and mention.agent is not None and mention.kind == "name":
                    return Party(mention, f"{how}>appos")
        return None

    def _is_of_place(self, token: Token) -> bool:
        """Tell whether a noun is of those whom a country's name before it only places."""
        lemma = token.lemma_.lower()
        if token.tag_ == "NNPS":  # a headline's plural, which the lemmatiser leaves as it is
            lemma = lemma.removesuffix("s")
        return any(lemma in self._placed[name] for name in ("platform", "company", "person", "group", "content"))


def _is_kind_of(named: Mention, described: Mention) -> bool:
    """Tell whether a name may be what an unnamed phrase beside it describes: a person a person, a body a body."""
    return described.kind == "group" and (named.type == "Person") == (described.type == "Person")
