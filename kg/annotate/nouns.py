"""Find whom a common noun means: definite descriptions, a country's institutions, groups.

The knowledge base's countries and owners are constraints ("the Chinese-owned app").
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from kg.annotate.authorities import AuthorityReader
from kg.annotate.history import BUSINESSES, History
from kg.annotate.noun_phrases import DEFINITE, INDEFINITE, NounPhrase, read_noun_phrase
from kg.kb import KnowledgeBase
from kg.kb.lexicon import Lexicon, load_words
from kg.model import AgentRef
from kg.model.mention import Mention
from kg.model.vocabulary import AUTHORITIES

_FITTING = {"platform": BUSINESSES, "company": BUSINESSES, "person": frozenset({"Person"})}
_NAMED = BUSINESSES | {"CivilSociety", "Media", "Group"}
_GROUP_TYPES = {"platform": "Platform", "company": "Company", "person": "Person"}
_REACH = 6  # sentences
_FIRM_REACH = 12
_BRACKET_REACH = 6  # tokens


class NounReader:
    """Resolve the nouns of one text."""

    def __init__(self, kb: KnowledgeBase, lexicon: Lexicon, history: History) -> None:
        self._kb = kb
        self._classes = lexicon.noun_classes
        self._parents = lexicon.words["business_parent"]
        self._history = history
        self._authorities = AuthorityReader(lexicon, history, self._lift_city)

    def refer(self, token: Token) -> Mention | None:
        """Make the mention of a noun; None if it is of no class of the lexicon."""
        phrase = read_noun_phrase(token, self._classes)
        if phrase is None:
            return None
        described = self._find_described(phrase) if phrase.determiner not in INDEFINITE else None
        if described is not None:
            return phrase.describe(described, None, described.type)
        members = self._find_members(phrase)
        if members is not None:
            return phrase.follow(members)
        if phrase.class_ == "authority":
            named = self._find_bracketed(phrase) or self._find_apposed(phrase)
            if named is not None and named.type in AUTHORITIES and named.type != "Government":
                return phrase.follow(named)  # "the cyberspace watchdog, the CAC", "the authority of Luxembourg (CNPD)"
            owner = self._find_owner(token)
            return self._authorities.refer(phrase, self._lift_city(owner) if owner is not None else None)
        if phrase.class_ in {"company", "platform"}:
            return self._refer_to_businesses(phrase) if phrase.plural else self._refer_to_business(phrase)
        if phrase.class_ == "person":
            return self._refer_to_person(phrase)
        campaign = self._find_campaign(phrase)
        return phrase.follow(campaign) if campaign is not None else phrase.stand_alone("Group")

    def _find_campaign(self, phrase: NounPhrase) -> Mention | None:
        """The association that "the campaigners" and "the consumer advocates" speak for."""
        if phrase.determiner not in DEFINITE or phrase.token.lemma_.lower() not in load_words("campaigning"):
            return None
        return self._history.find_antecedent(
            phrase.token, lambda mention: mention.type == "CivilSociety" and mention.kind == "name", reach=_REACH
        )

    def _find_members(self, phrase: NounPhrase) -> Mention | None:
        """The bodies that a number of them is of ("a group of 48 state attorneys general")."""
        if phrase.plural or phrase.token.lemma_.lower() not in load_words("quantity"):
            return None
        below = (c for child in phrase.token.rights if child.lower_ == "of" for c in child.children if c.dep_ == "pobj")
        named = next((self._history.at_token.get(token.i) for token in below), None)
        return named if named is not None and named.type in AUTHORITIES and named.agent is not None else None

    def _refer_to_business(self, phrase: NounPhrase) -> Mention:
        if phrase.token.lemma_.lower() in self._parents:
            owner = self._find_owner(phrase.token)
            parent = (
                self._find_parent(owner.agent, phrase.token.lemma_.lower())
                if owner is not None and owner.agent is not None
                else None
            )
            if parent is not None:
                return phrase.describe(parent, owner, parent.type)
        possessor = next((self._history.find(child) for child in phrase.token.lefts if child.dep_ == "poss"), None)
        if possessor is not None and possessor.agent is not None and possessor.agent.type in BUSINESSES:
            return phrase.follow(possessor)  # "its platform"
        if possessor is not None and possessor.agent is not None and possessor.agent.type == "Person":
            own = self._find_own_business(possessor.agent, phrase)
            if own is not None:
                return phrase.follow(own)  # "his app", "our platform"
        named = self._find_apposed(phrase)
        if named is not None and named.type in _NAMED:
            return phrase.follow(named)  # "the exchange Acme", "the lobby group Acme"
        antecedent = self._find_fitting(phrase) if phrase.determiner in DEFINITE else None
        if antecedent is None:
            return self._stand_alone(phrase)
        return phrase.follow(self._find_firm(phrase, antecedent) or antecedent)

    def _find_firm(self, phrase: NounPhrase, antecedent: Mention) -> Mention | None:
        """The firm behind a service, where both were named and "the company" is said: Meta, rather than WhatsApp."""
        if phrase.token.lemma_.lower() not in load_words("firm") or antecedent.agent is None:
            return None
        service = self._kb.agents.get(antecedent.agent.id)
        if service is None or service.type != "Platform":
            return None
        firms = {id for id in (service.operator, service.owner) if id and self._kb.agents[id].type == "Company"}
        return self._history.find_antecedent(
            phrase.token, lambda m: m.agent is not None and m.agent.id in firms and m.kind == "name", reach=_FIRM_REACH
        )

    def _refer_to_businesses(self, phrase: NounPhrase) -> Mention:
        if phrase.determiner in {"the", "these", "those", "both"}:
            antecedent = self._history.find_coordinated(phrase.token)
            if antecedent is not None:
                return phrase.follow(antecedent)
        return phrase.stand_alone("Group")

    def _refer_to_person(self, phrase: NounPhrase) -> Mention:
        own = any(
            child.dep_ in {"poss", "compound"} and child.i in self._history.at_token for child in phrase.token.lefts
        )
        named = self._find_apposed(phrase)
        if named is not None and named.type == "Person":
            return phrase.follow(named, "Person")  # "the prime minister, Ann Lee"
        if phrase.determiner in DEFINITE and not own and phrase.token.lemma_.lower() not in load_words("party_to_suit"):
            antecedent = self._find_fitting(phrase)
            if antecedent is not None:
                return phrase.follow(antecedent, "Person")
        return self._stand_alone(phrase)

    def _find_apposed(self, phrase: NounPhrase) -> Mention | None:
        """The name that stands in apposition behind a noun."""
        at_token, token = self._history.at_token, phrase.token
        found = [at_token.get(child.i) for child in token.rights if child.dep_ == "appos"]
        behind = at_token.get(token.i + 1)
        if behind is not None and behind.first == token.i + 1 and behind.kind == "name":
            head = self._history.doc[behind.head]
            beside = head.dep_ == token.dep_ and head.head == token.head
            if beside or (token.dep_ == "compound" and token.head == head):
                found.append(behind)  # "the privacy group noyb sued": two subjects to the parser
        return next((mention for mention in found if mention is not None and mention.agent is not None), None)

    def _find_bracketed(self, phrase: NounPhrase) -> Mention | None:
        """The name in brackets behind a body's description."""
        doc, at_token = self._history.doc, self._history.at_token
        for index in range(phrase.token.i + 1, min(phrase.token.i + _BRACKET_REACH, len(doc) - 2)):
            named = at_token.get(index + 1) if doc[index].text == "(" else None
            if named is not None:
                return named if named.last < len(doc) and doc[named.last].text == ")" else None
            if doc[index].pos_ in {"VERB", "AUX", "PUNCT"} and doc[index].text != "(":
                return None
        return None

    def _stand_alone(self, phrase: NounPhrase) -> Mention:
        return phrase.stand_alone(_GROUP_TYPES[phrase.class_])

    def _find_described(self, phrase: NounPhrase) -> AgentRef | None:
        """Look the description up in the knowledge base, as it stands and with its country's adjective."""
        doc, end = self._history.doc, phrase.token.i + 1
        words = doc[phrase.first : end].text.lower()
        ids = self._kb.descriptors.get(words) or self._kb.descriptors.get(words.replace("-", " "), ())
        if not ids:
            at_token = self._history.at_token
            owner = next((at_token.get(child.i) for child in phrase.token.lefts if child.dep_ == "poss"), None)
            if owner is None or owner.agent is None or owner.agent.id not in self._kb.agents:
                return None
            rest = doc[owner.last : end].text.lower().removeprefix("'s ").removeprefix("’s ")
            for adjective in self._kb.agents[owner.agent.id].adjectives:
                ids = self._kb.descriptors.get(f"{adjective.lower()} {rest}", ())
                if ids:
                    break
        if len(ids) > 1 or not self._is_telling(phrase):
            ids = tuple(agent_id for agent_id in ids if self._history.counts[agent_id])
        return self._kb.refer_to(ids[0]) if len(ids) == 1 else None

    def _is_telling(self, phrase: NounPhrase) -> bool:
        """Tell whether a description leads to somebody whom the text names nowhere: it names somebody itself."""
        words = self._history.doc[phrase.first : phrase.token.i + 1]
        if len(words) == 1:
            return words[0].lower_ in load_words("telling")  # a headline's capital makes no name of "Retailer"
        return any(word.pos_ == "PROPN" or word.ent_type_ or word.lower_ in load_words("telling") for word in words)

    def _find_owner(self, token: Token) -> Mention | None:
        """The agent that a noun belongs to: a possessive, a demonym, a name before it, or *of* and *for* a name."""
        for child in token.lefts:
            if child.dep_ in {"poss", "amod", "compound", "nmod"} or child.tag_ == "PRP$":
                mention = self._history.find(child)
                if mention is not None and mention.agent is not None:
                    return mention
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in {"of", "in", "for", "from"}:
                for grandchild in child.children:
                    mention = self._history.at_token.get(grandchild.i)
                    if grandchild.dep_ == "pobj" and mention is not None and mention.agent is not None:
                        if child.lower_ == "in" and mention.agent.type not in {"Government", "Place"}:
                            continue
                        return mention
        return None

    def _lift_city(self, place: Mention) -> Mention:
        """The country of a city that is named for where a body sits ("a court in Munich"): the body is the state's."""
        known = self._kb.agents.get(place.agent.id) if place.agent is not None and place.kind == "metonym" else None
        if known is None or known.type != "Government" or not known.part_of or not known.country:
            return place
        country = self._kb.government_of.get(known.country)
        return place if country is None else replace(place, agent=self._kb.refer_to(country))

    def _find_own_business(self, person: AgentRef, phrase: NounPhrase) -> Mention | None:
        """The business of a person that the text has named: what they own, lead or work for."""
        known = self._kb.agents.get(person.id)
        if known is None:
            return None

        def fits(mention: Mention) -> bool:
            business = self._kb.agents.get(mention.agent.id) if mention.agent is not None else None
            if business is None or business.type not in BUSINESSES:
                return False
            return known.part_of in (business.id, business.operator, business.owner) or business.owner == person.id

        return self._history.find_antecedent(phrase.token, fits, reach=_FIRM_REACH, type_=phrase.type)

    def _find_parent(self, agent: AgentRef, noun: str) -> AgentRef | None:
        """Who owns or runs a business; who runs it is a business, so that a founder who owns all is not meant."""
        known = self._kb.agents.get(agent.id)
        if known is None:
            return None
        ids = [known.owner, known.operator, known.part_of] if noun == "owner" else [known.operator, known.owner]
        parents = [self._kb.refer_to(agent_id) for agent_id in ids if agent_id]
        return next((p for p in parents if noun == "owner" or p.type in BUSINESSES), agent if parents else None)

    def _find_fitting(self, phrase: NounPhrase) -> Mention | None:
        """The antecedent of a description's class, and of the country that its adjectives name."""
        at_token, doc = self._history.at_token, self._history.doc
        inside = [at_token[index] for index in range(phrase.first, phrase.token.i) if index in at_token]
        countries = {m.agent.country for m in inside if m.agent and m.kind == "adjective"}
        owners = {m.agent.id for m in inside if m.agent and m.kind == "name" and doc[m.last].text == "-"}
        fitting, agents = _FITTING[phrase.class_], self._kb.agents

        def fits(mention: Mention) -> bool:
            if mention.type not in fitting or mention.kind == "group" or mention.agent is None:
                return False
            if (
                mention.last < len(doc)
                and doc[mention.last].text == "-"
                and doc[mention.head].sent == phrase.token.sent
            ):
                return False  # "Microsoft-owned LinkedIn sued the company"
            if mention.first >= phrase.first or mention.agent.id in owners:
                return False  # "the Microsoft-owned network" is not Microsoft
            known = agents.get(mention.agent.id)
            if owners and known is not None and not owners & {known.owner, known.operator, known.part_of}:
                return False
            if not countries or known is None:
                return True
            owner = agents.get(known.owner or "") or agents.get(known.operator or "")
            return known.country in countries or (owner is not None and owner.country in countries)

        lemma = phrase.token.lemma_.lower()
        service = phrase.class_ == "platform" and lemma not in load_words("firm")
        makes = phrase.class_ == "company" and lemma.endswith("maker")  # no service, nor what is made
        type_ = "Platform" if service else "Company" if makes else ""
        return self._history.find_antecedent(phrase.token, fits, reach=_REACH, type_=type_)
