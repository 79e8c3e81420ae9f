"""Find which authority an institution's noun means: "the Turkish court", "prosecutors", "the Commission"."""

from __future__ import annotations

from collections.abc import Callable

from kg.annotate.history import BUSINESSES, History, is_passed
from kg.annotate.noun_phrases import DEFINITE, INDEFINITE, NounPhrase
from kg.kb import load_knowledge_base
from kg.kb.lexicon import Lexicon, load_words
from kg.model import AgentRef
from kg.model.mention import Mention

# What a noun of this type may be short for.
_FITTING = {
    "Government": frozenset({"Government", "Supranational"}),
    "Regulator": frozenset({"Regulator", "Supranational", "Ministry", "LawEnforcement"}),
    "Ministry": frozenset({"Ministry"}),
    "LawEnforcement": frozenset({"LawEnforcement", "Ministry"}),
    "Court": frozenset({"Court"}),
    "Legislature": frozenset({"Legislature"}),
}
_REMITS_ALIKE = {
    "competition": ("antitrust",),
    "antitrust": ("competition",),
    "privacy": ("data",),
    "data": ("privacy",),
}
_ONE_A_COUNTRY = frozenset({"government", "country", "nation", "regime"})  # a country has one
_UNIONS = frozenset({"Supranational"})  # whom "the regulator" rarely means where a body is named
_BODIES = frozenset({"Regulator", "Ministry", "Court", "LawEnforcement", "Legislature"})
# How many sentences back a body may have been named.
_OWNED_REACH, _TITLE_REACH, _REACH = 12, 40, 8


class AuthorityReader:
    """Resolve the authorities that one text mentions without their names.

    ``lift`` leads from a city to the country whose institutions sit in it.
    """

    def __init__(self, lexicon: Lexicon, history: History, lift: Callable[[Mention], Mention]) -> None:
        self._lift = lift
        self._generic = lexicon.words["generic_authority"]
        self._business_agents = lexicon.words["business_agent"]
        self._history = history
        self._agents = load_knowledge_base().agents
        self._remits = load_words("remit")

    def refer(self, phrase: NounPhrase, owner: Mention | None) -> Mention:
        """Make the mention of an authority; ``owner`` is whom the noun is said to belong to."""
        if _is_of_some(phrase):
            return phrase.stand_alone("Group")
        if owner is not None and owner.agent is not None:
            owned = self._refer_by_owner(phrase, owner, owner.agent)
            if owned is not None:
                return owned
        judge = self._find_judge(phrase)
        if judge is not None:
            return phrase.follow(judge)
        scene = self._history.find_scene(phrase.token)
        if scene is not None and scene.agent is not None and phrase.type != "Government":
            return self._refer_by_owner(phrase, scene, scene.agent) or phrase.follow(scene, phrase.type)
        if phrase.determiner not in INDEFINITE or phrase.type == "Court":
            antecedent = self._find_by_title(phrase) or (None if self._is_title(phrase) else self._find_fitting(phrase))
            if antecedent is not None and not (antecedent.type == "Court" and self._is_of_many(phrase)):
                return phrase.follow(antecedent)
        if phrase.plural and _is_counted(phrase):
            return phrase.stand_alone("Group")  # "42 attorneys general": whose, the text need not say
        place = self._history.find_place(phrase.token)
        place = self._lift(place) if place is not None else None
        return phrase.follow(place, phrase.type) if place is not None else phrase.stand_alone(phrase.type)

    def _find_judge(self, phrase: NounPhrase) -> Mention | None:
        """The judge whom the text named with the title, for "the judge"."""
        titles = load_words("judge_title")
        if phrase.plural or phrase.determiner not in DEFINITE or phrase.token.lemma_.lower() not in titles:
            return None
        doc = self._history.doc
        return self._history.find_antecedent(
            phrase.token,
            lambda m: m.type == "Person" and m.first > 0 and doc[m.first - 1].lower_ in titles,
            reach=_REACH,
        )

    def _is_of_many(self, phrase: NounPhrase) -> bool:
        """Tell whether a plural means other bodies than the one court that was named: "officials", "courts there"."""
        if not phrase.plural:
            return False
        return phrase.token.lemma_.lower() in self._generic or phrase.determiner not in DEFINITE

    def _refer_by_owner(self, phrase: NounPhrase, owner: Mention, agent: AgentRef) -> Mention | None:
        if phrase.plural and phrase.token.lemma_.lower() in load_words("member_state"):
            return phrase.stand_alone("Group")  # "a dozen US states", "EU member states": some, not the union
        if agent.type in {"Government", "Supranational"}:
            antecedent = (
                self._find_of_country(phrase, agent)
                if phrase.type != "Government" and (phrase.determiner in DEFINITE or owner.kind != "adjective")
                else None
            )
            if antecedent is not None and antecedent.kind == "name":
                return phrase.follow(antecedent)
            listed = phrase.plural and any(c.dep_ == "conj" for c in self._history.doc[owner.head].children)
            return phrase.describe(agent, owner if owner.first < phrase.first or listed else None)
        if agent.type in _BODIES:
            return phrase.describe(agent, owner)  # "FTC officials", "the court's judges"
        if agent.type in BUSINESSES and phrase.token.lemma_.lower() in self._business_agents:
            return phrase.describe(agent, owner, agent.type)
        return None

    def _find_of_country(self, phrase: NounPhrase, owner: AgentRef) -> Mention | None:
        fitting = _FITTING[phrase.type]

        def fits(mention: Mention) -> bool:
            country = mention.agent.country if mention.agent else None
            return mention.type in fitting and bool(country) and country == owner.country

        return self._history.find_antecedent(phrase.token, fits, reach=_OWNED_REACH)

    def _find_by_title(self, phrase: NounPhrase) -> Mention | None:
        """The last body whose name has the noun in it, for one with a capital ("the Commission", "the Court")."""
        title = phrase.token.text
        if not title[:1].isupper() or phrase.token.is_sent_start:
            return None
        found = self._history.find_antecedent(
            phrase.token, lambda m: bool(m.agent and title in m.agent.name.split()), reach=_TITLE_REACH
        )
        return found if found is not None else self._history.find_later(lambda m: title in m.span.text.split())

    def _is_title(self, phrase: NounPhrase) -> bool:
        """Tell whether a ministry's noun with a capital is its name in short: of no other than one that bears it."""
        token = phrase.token
        return phrase.type == "Ministry" and token.pos_ == "PROPN" and token.text[:1].isupper()

    def _find_fitting(self, phrase: NounPhrase) -> Mention | None:
        if phrase.plural and _is_counted(phrase):
            return None  # "dozens of states": others than those named before
        fitting = _FITTING[phrase.type]
        return (
            self._find_named(phrase, fitting - _UNIONS) if phrase.type == "Regulator" and not phrase.plural else None
        ) or self._find_named(phrase, fitting)

    def _may_mean(self, phrase: NounPhrase, mention: Mention) -> bool:
        """Tell whether a body may be meant: no place in passing, nor one of another remit ("the privacy regulator")."""
        if is_passed(mention, self._history.doc):
            return False
        words = {word.lower_ for word in self._history.doc[phrase.first : phrase.token.i]} & self._remits
        words |= {other for word in words for other in _REMITS_ALIKE.get(word, ())}
        if not words or mention.agent is None or phrase.type != "Regulator":
            return True
        known = self._agents.get(mention.agent.id)
        told = " ".join((mention.agent.name, *(known.aliases + known.descriptors if known is not None else ()))).lower()
        return any(word in told for word in words)

    def _find_named(self, phrase: NounPhrase, fitting: frozenset[str]) -> Mention | None:
        return self._history.find_antecedent(
            phrase.token,
            lambda m: m.type in fitting and m.kind in {"name", "description"} and self._may_mean(phrase, m),
            reach=_REACH,
            type_=phrase.type,
        )


def _is_of_some(phrase: NounPhrase) -> bool:
    """Tell words for some states, none of which is meant: "state investigations", "Western governments"."""
    token = phrase.token
    if token.dep_ == "compound" and token.lemma_.lower() in load_words("member_state"):
        return token.head.lemma_.lower() in load_words("pursuit") | load_words("suit")
    return phrase.plural and phrase.determiner not in DEFINITE and token.lemma_.lower() in _ONE_A_COUNTRY


def _is_counted(phrase: NounPhrase) -> bool:
    """Tell whether a noun is counted ("eight states", "a group of regulators")."""
    token = phrase.token
    if any(child.dep_ == "nummod" for child in token.lefts):
        return phrase.determiner not in DEFINITE
    if token.dep_ != "pobj" or token.head.lower_ != "of":
        return False
    return token.head.head.lemma_.lower() in load_words("quantity")
