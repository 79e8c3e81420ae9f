"""Find who is meant: pronouns, definite descriptions, institutions of a country, groups.

A text is read left to right with a history of the agents mentioned so far; each reference takes the best antecedent by
type, number, distance and grammatical role, after Lappin and Leass (1994), with the knowledge base's countries and owners as
constraints ("the Chinese-owned app").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from spacy.tokens import Doc, Token

from kg.kb import KnowledgeBase
from kg.kb.lexicon import Lexicon
from kg.model import AgentRef, Span
from kg.model.ids import make_agent_id
from kg.model.mention import Mention

_ORGANISATIONS = frozenset(
    "Platform Company Government Regulator Court Ministry LawEnforcement Legislature Supranational CivilSociety Media ArmedGroup".split()
)
_FITTING = {
    "platform": frozenset({"Platform", "Company"}),
    "company": frozenset({"Company", "Platform"}),
    "person": frozenset({"Person"}),
    "Government": frozenset({"Government", "Supranational"}),
    "Regulator": frozenset({"Regulator", "Supranational", "Ministry", "LawEnforcement"}),
    "Ministry": frozenset({"Ministry"}),
    "LawEnforcement": frozenset({"LawEnforcement", "Ministry"}),
    "Court": frozenset({"Court"}),
    "Legislature": frozenset({"Legislature"}),
}
_SINGULAR_PERSON = frozenset({"he", "she", "him", "her", "his", "hers"})
_THING = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "them", "their", "theirs"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "said"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "several", "many", "any", "no", "every", "each"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_GENERIC_AUTHORITIES = frozenset(
    "authority official government regulator police prosecutor state administration country nation regime investigator officer".split()
)


class ReferenceResolver:
    """Complete the named mentions of a text with those that refer without a name."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon) -> None:
        self._kb = kb
        self._classes = lexicon.noun_classes

    def resolve(self, doc: Doc, named: list[Mention]) -> dict[int, Mention]:
        """Return all mentions of a text by the index of their head token."""
        return _Reading(self._kb, self._classes, doc, named).read()


class _Reading:
    """One pass over one text."""

    def __init__(self, kb: KnowledgeBase, classes: dict[str, dict[str, str]], doc: Doc, named: list[Mention]) -> None:
        self.kb, self.classes, self.doc = kb, classes, doc
        self.mentions: dict[int, Mention] = {}
        self.named = {mention.head: mention for mention in named}
        self.covered = {index for mention in named for index in range(mention.first, mention.last)}
        self.at_token = {index: mention for mention in named for index in range(mention.first, mention.last)}
        self.history: list[Mention] = []
        self.counts: Counter[str] = Counter(m.agent.id for m in named if m.agent)
        self.sentence_of: list[int] = []
        for number, sentence in enumerate(doc.sents):
            self.sentence_of += [number] * len(sentence)
        self.country = self._find_main_country(named)

    def _find_main_country(self, named: list[Mention]) -> Mention | None:
        """The first mention of the government or region named most."""
        governments = [m for m in named if m.agent and m.agent.type == "Government"]
        counts = Counter(m.agent.id for m in governments if m.agent)
        if not counts:
            return None
        top = max(counts.values())
        return next(m for m in governments if m.agent and counts[m.agent.id] == top)

    def read(self) -> dict[int, Mention]:
        for token in self.doc:
            mention = self.named.get(token.i)
            if mention is None and token.i not in self.covered:
                mention = self._refer(token)
            if mention is not None:
                self.mentions[token.i] = mention
                if mention.agent is not None and mention.kind != "adjective":
                    self.history.append(mention)
        return self.mentions

    def _refer(self, token: Token) -> Mention | None:
        if token.pos_ == "PRON" or token.tag_ == "PRP$":
            return self._refer_by_pronoun(token)
        if token.pos_ in {"NOUN", "PROPN", "ADJ"} and token.dep_ not in {"compound", "amod"} or token.pos_ == "NOUN":
            return self._refer_by_noun(token)
        return None

    def _refer_by_pronoun(self, token: Token) -> Mention | None:
        word = token.lower_
        if word in _SINGULAR_PERSON:
            types = frozenset({"Person"})
        elif word in _THING:
            types = _ORGANISATIONS
            if word == "it" and token.dep_ in _SUBJECTS and token.head.lemma_ in {"be", "seem", "appear", "remain"}:
                return None
        elif word in _PLURAL:
            types = _ORGANISATIONS | {"Group", "Person"}
        else:
            return None
        many = word in _PLURAL
        antecedent = self._find_antecedent(
            token, lambda m: m.type in types and (not many or m.type != "Person" or m.plural), reach=3, plural=many
        )
        if antecedent is None:
            return None
        return Mention(
            Span(token.idx, token.idx + len(token.text), token.text), token.i, token.i + 1, token.i, "pronoun",
            antecedent.type, antecedent.agent, antecedent, word in _PLURAL,
        )  # fmt: skip

    def _find_antecedent(
        self, token: Token, fits: Callable[[Mention], bool], *, reach: int, plural: bool = False, type_: str = ""
    ) -> Mention | None:
        here = self.sentence_of[token.i]
        best: tuple[float, Mention] | None = None
        for mention in reversed(self.history[-60:]):
            distance = here - self.sentence_of[mention.head]
            if distance > reach:
                break
            if mention.agent is None or not fits(mention):
                continue
            head = self.doc[mention.head]
            if head.head is token.head and head.dep_ in _SUBJECTS and token.dep_ in {"dobj", "pobj", "dative"}:
                continue  # "X sued it": a subject is not its own object
            if mention.last > token.i:
                continue
            score = -2.0 * distance - 0.02 * (token.i - mention.head)
            score += 1.5 * (head.dep_ in _SUBJECTS) + 0.25 * min(self.counts[mention.agent.id], 6)
            score += 0.5 * (mention.kind == "name") - 1.0 * (
                mention.agent.type in {"Media", "Government"} and token.lower_ in _THING
            )
            score += (
                1.5 * (mention.type == type_)
                + 1.0 * (mention.plural == plural)
                - 1.5 * (head.dep_ in {"compound", "nmod", "amod"})
            )
            if best is None or score > best[0]:
                best = (score, mention)
        return best[1] if best else None

    # -- nouns ---------------------------------------------------------------------------------------------------------

    def _classify(self, token: Token) -> tuple[str, str] | None:
        lemma = token.lemma_.lower()
        plural = token.tag_ in {"NNS", "NNPS"}
        order = ("authority", "platform", "company", "person", "content", "group")
        if plural:
            order = ("authority", "content", "group", "company", "platform", "person")
        for name in order:
            type_ = self.classes[name].get(lemma)
            if type_ is not None:
                if name == "person" and plural:
                    return "group", "Group"
                return name, type_
        return None

    def _refer_by_noun(self, token: Token) -> Mention | None:
        found = self._classify(token)
        if found is None:
            return None
        class_, type_ = found
        plural = token.tag_ in {"NNS", "NNPS"}
        first = self._find_first(token)
        words = self.doc[first : token.i + 1]
        span = Span(words.start_char, words.end_char, words.text)
        determiner = next((child.lower_ for child in token.lefts if child.dep_ == "det"), "")

        def make(kind: str, agent: AgentRef | None, antecedent: Mention | None = None, type_: str = type_) -> Mention:
            return Mention(span, first, token.i + 1, token.i, kind, type_, agent, antecedent, plural)

        described = self._find_described(token, first) if determiner not in _INDEFINITE else None
        if described is not None:
            return make("description", described, None, described.type)
        owner = self._find_owner(token)
        if class_ == "authority":
            return self._refer_to_authority(token, type_, determiner, owner, make)
        if class_ in {"company", "platform"} and not plural:
            if (
                token.lemma_.lower() in {"parent", "owner", "operator"}
                and owner is not None
                and owner.agent is not None
            ):
                parent = self._find_parent(owner.agent)
                if parent is not None:
                    return make("description", parent, owner, parent.type)
            possessor = self._find_possessor(token)
            if (
                possessor is not None
                and possessor.agent is not None
                and possessor.agent.type in {"Platform", "Company"}
            ):
                return make("description", possessor.agent, possessor, possessor.type)  # "its platform"
            if determiner in _DEFINITE:
                antecedent = self._find_fitting(token, class_, first)
                if antecedent is not None:
                    return make("description", antecedent.agent, antecedent, antecedent.type)
            return make("group", self._make_group(token, first, "Company" if class_ == "company" else "Platform"))
        if class_ == "person":
            own = any(child.dep_ in {"poss", "compound"} and child.i in self.at_token for child in token.lefts)
            if determiner in _DEFINITE and not own and not plural:
                antecedent = self._find_fitting(token, class_, first)
                if antecedent is not None:
                    return make("description", antecedent.agent, antecedent, "Person")
            return make("group", self._make_group(token, first, "Person"))
        if plural and class_ in {"company", "platform"} and determiner in {"the", "these", "those", "both"}:
            antecedent = self._find_coordinated(token)
            if antecedent is not None:
                return make("description", antecedent.agent, antecedent, antecedent.type)
        return make("group", self._make_group(token, first, "Group"))

    def _find_first(self, token: Token) -> int:
        """The leftmost token of the noun's own phrase, without its article."""
        first = token.i
        for child in token.lefts:
            if child.dep_ in {"det", "predet", "punct", "cc", "mark", "advmod", "prep", "neg"}:
                continue
            if child.dep_ in {"relcl", "acl", "appos", "nsubj", "aux"}:
                break
            first = min(first, child.left_edge.i if child.i - child.left_edge.i < 5 else child.i)
        while first < token.i and (self.doc[first].dep_ == "det" or self.doc[first].is_punct):
            first += 1
        return first

    def _find_described(self, token: Token, first: int) -> AgentRef | None:
        """Look the description up in the knowledge base, as it stands and with its country's adjective."""
        text = self.doc[first : token.i + 1].text.lower()
        ids = self.kb.descriptors.get(text, ())
        if not ids:
            owner = next((self.at_token.get(child.i) for child in token.lefts if child.dep_ == "poss"), None)
            if owner is None or owner.agent is None or owner.agent.id not in self.kb.agents:
                return None
            rest = self.doc[owner.last : token.i + 1].text.lower().removeprefix("'s ").removeprefix("’s ")
            for adjective in self.kb.agents[owner.agent.id].adjectives:
                ids = self.kb.descriptors.get(f"{adjective.lower()} {rest}", ())
                if ids:
                    break
        if len(ids) == 1:
            return self.kb.refer_to(ids[0])
        known = [agent_id for agent_id in ids if self.counts[agent_id]]
        return self.kb.refer_to(known[0]) if len(known) == 1 else None

    def _find_owner(self, token: Token) -> Mention | None:
        """The agent that a noun belongs to: a possessive, a demonym, a name before it, or *of* and *for* a name."""
        for child in token.lefts:
            if child.dep_ in {"poss", "amod", "compound", "nmod"} or child.tag_ == "PRP$":
                mention = self.at_token.get(child.i) or self.mentions.get(child.i)
                if mention is not None and mention.agent is not None:
                    return mention
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "for", "from"}:
                for grandchild in child.children:
                    mention = self.at_token.get(grandchild.i)
                    if grandchild.dep_ == "pobj" and mention is not None and mention.agent is not None:
                        if child.lower_ == "in" and mention.agent.type not in {"Government", "Place"}:
                            continue
                        return mention
        return None

    def _find_possessor(self, token: Token) -> Mention | None:
        for child in token.lefts:
            if child.dep_ == "poss":
                return self.at_token.get(child.i) or self.mentions.get(child.i)
        return None

    def _find_parent(self, agent: AgentRef) -> AgentRef | None:
        known = self.kb.agents.get(agent.id)
        parent = known and (known.owner or known.operator or known.part_of)
        return self.kb.refer_to(parent) if parent else None

    def _refer_to_authority(
        self, token: Token, type_: str, determiner: str, owner: Mention | None, make: Callable[..., Mention]
    ) -> Mention | None:
        if owner is not None and owner.agent is not None:
            if owner.agent.type in {"Government", "Supranational"}:
                antecedent = (
                    self._find_antecedent(
                        token, lambda m: m.type in _FITTING[type_] and self._shares_country(m, owner), reach=12
                    )
                    if determiner in _DEFINITE or owner.kind != "adjective"
                    else None
                )
                if antecedent is not None and type_ != "Government" and antecedent.kind == "name":
                    return make("description", antecedent.agent, antecedent, antecedent.type)
                inside = owner.first >= self._find_first(token)
                return make("description", owner.agent, None if inside else owner)
            if owner.agent.type in {"Regulator", "Ministry", "Court", "LawEnforcement", "Legislature"}:
                return make("description", owner.agent, owner)  # "FTC officials", "the court's judges"
            if owner.agent.type in {"Platform", "Company"} and token.lemma_.lower() in {
                "official",
                "representative",
                "attorney",
                "agent",
                "board",
                "committee",
            }:
                return make("description", owner.agent, owner, owner.agent.type)
        if determiner not in _INDEFINITE or type_ == "Court":
            fitting = _FITTING[type_]
            title = token.text if token.text[:1].isupper() and not token.is_sent_start else ""
            antecedent = None
            if title:  # "the Commission", "the Court": short for the last body whose name ends so
                antecedent = self._find_antecedent(
                    token, lambda m: bool(m.agent and title in m.agent.name.split()), reach=40
                )
            antecedent = antecedent or self._find_antecedent(
                token, lambda m: m.type in fitting and m.kind in {"name", "description"}, reach=8, type_=type_
            )
            if antecedent is not None and not (
                token.lemma_.lower() in _GENERIC_AUTHORITIES and token.tag_ == "NNS" and antecedent.type == "Court"
            ):
                return make("description", antecedent.agent, antecedent, antecedent.type)
        place = self._find_place(token)
        if place is not None:
            return make("description", place.agent, place)
        return make("group", self._make_group(token, self._find_first(token), type_))

    def _shares_country(self, mention: Mention, owner: Mention) -> bool:
        return bool(
            mention.agent and owner.agent and mention.agent.country and mention.agent.country == owner.agent.country
        )

    def _find_place(self, token: Token) -> Mention | None:
        """The country whose authorities an unnamed institution is likely to be: of this sentence, else the latest, else the main one."""
        sentence = token.sent
        for index in (*range(token.i + 1, sentence.end), *range(token.i - 1, sentence.start - 1, -1)):
            mention = self.at_token.get(index)
            if mention is not None and mention.agent is not None and mention.agent.type == "Government":
                return mention
        here = self.sentence_of[token.i]
        for mention in reversed(self.history):
            if mention.agent and mention.agent.type == "Government" and mention.kind != "pronoun":
                if here - self.sentence_of[mention.head] > 4:
                    break
                return mention
        return self.country

    def _find_fitting(self, token: Token, class_: str, first: int) -> Mention | None:
        countries = {m.agent.country for m in self._mentions_in(first, token.i) if m.agent and m.kind == "adjective"}

        def fits(mention: Mention) -> bool:
            if mention.type not in _FITTING[class_] or mention.kind == "group" or mention.agent is None:
                return False
            if not countries:
                return True
            known = self.kb.agents.get(mention.agent.id)
            if known is None:
                return True
            owner = self.kb.agents.get(known.owner or "") or self.kb.agents.get(known.operator or "")
            return known.country in countries or (owner is not None and owner.country in countries)

        return self._find_antecedent(token, fits, reach=6)

    def _find_coordinated(self, token: Token) -> Mention | None:
        """The last name in a list of companies or platforms ("the two companies")."""
        here = self.sentence_of[token.i]
        for mention in reversed(self.history[-60:]):
            if here - self.sentence_of[mention.head] > 6:
                break
            head = self.doc[mention.head]
            if mention.kind == "name" and mention.type in {"Platform", "Company"}:
                if head.dep_ == "conj" or any(child.dep_ == "conj" for child in head.children):
                    return mention
        return None

    def _mentions_in(self, first: int, last: int) -> Iterable[Mention]:
        return (self.at_token[index] for index in range(first, last) if index in self.at_token)

    def _make_group(self, token: Token, first: int, type_: str) -> AgentRef:
        words = [
            t.text if t.pos_ == "PROPN" or t.text[1:].lower() != t.text[1:] else t.text.lower()
            for t in self.doc[first : token.i + 1]
        ]
        text = " ".join(words).replace(" - ", "-").replace(" 's", "'s").replace(" ’s", "’s")
        return AgentRef(make_agent_id(text, type_), text, type_, None)
