"""Parties that the text leaves out: whose arrest, whose fine, whose app it is likely to be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from spacy.tokens import Span, Token

from kg.extract.candidate import Party
from kg.extract.lists import expand_list
from kg.extract.mention_index import MentionIndex
from kg.kb import load_knowledge_base
from kg.kb.lexicon import load_words
from kg.model.mention import Mention
from kg.model.vocabulary import AUTHORITIES

# What police and courts do, which are a state's wherever they sit.
_OF_STATES = frozenset({"arrest", "charge", "convict", "search", "restrict"})
BUSINESSES = frozenset({"Platform", "Company"})
# How many tokens before the sentence a party may have been named last.
_PLACING = frozenset({"in", "by", "across", "throughout", "from", "at"})
_BESIDE = frozenset({"conj", "appos", "compound", "nmod"})
_AUTHORITY_REACH = 120
_TARGET_REACH = 60
_BRACKET = 5


class ImpliedPartyFinder:
    """Guess at the parties that one text does not name where they act."""

    def __init__(self, index: MentionIndex, authority_nouns: dict[str, str]) -> None:
        self._index = index
        self._doc = index.doc
        self._authority_nouns = authority_nouns

    def find_authorities(self, trigger: Token, target: Mention, action: str) -> list[Party]:
        """The authority that an action without a named actor is likely to come from; of several places each."""
        places = self._find_places(trigger, action in _OF_STATES)
        if places:
            return places
        # "A Turkish blogger was arrested" by Turkey; "the American parent has to pay" nobody knows whom.
        by_origin = self._find_demonym(target) if target.type not in BUSINESSES else None
        one = by_origin or self._find_near_authority(trigger, target)
        return [one] if one is not None else []

    def _find_places(self, trigger: Token, of_states: bool) -> list[Party]:
        """Where it happened ("was fined in Russia", "is blocked in Turkey and Iran")."""
        for child in trigger.children:
            if child.dep_ == "prep" and child.lower_ in _PLACING:
                objects = [c for c in child.children if c.dep_ == "pobj"]
                mentions = [self._index.find(part) for c in objects for part in expand_list(c)]
                mentions += [self._index.naming.get(left.i) for c in objects for left in c.lefts if left.dep_ == "amod"]
                found = [
                    Party(self._lift_city(mention, of_states), "place")
                    for mention in mentions
                    if mention is not None and mention.agent is not None and mention.agent.type in AUTHORITIES
                ]
                if found:
                    return found
        return []

    def _lift_city(self, place: Mention, of_states: bool) -> Mention:
        """The country of a city, if the text names it: police and courts are the state's, not the town hall's."""
        city = place.agent
        if place.kind != "metonym" or city is None or city.country is None:
            return place
        for other in self._index.ordered:
            agent = other.agent
            if agent is None or agent.type != "Government" or agent == city or other.kind in {"metonym", "group"}:
                continue
            if agent.country == city.country:
                return replace(place, agent=agent)
        knowledge = load_knowledge_base()
        country = knowledge.government_of.get(city.country) if of_states else None
        return place if country is None else replace(place, agent=knowledge.refer_to(country))

    def _find_demonym(self, target: Mention) -> Party | None:
        """The country that the target is said to be of ("a Turkish blogger was arrested")."""
        for index in range(target.first - 3 if target.first > 3 else 0, target.last):
            mention = self._index.naming.get(index)
            if mention is not None and mention.kind == "adjective" and mention.agent is not None:
                return Party(mention, "demonym")
        return None

    def _find_near_authority(self, trigger: Token, target: Mention) -> Party | None:
        """The authority nearest in the sentence, else the one named most before."""
        sentence = trigger.sent
        start, end = sentence.start, sentence.end
        near: Mention | None = None
        counts: Counter[str] = Counter()
        last: dict[str, Mention] = {}
        for mention in self._index.ordered:
            if mention.head >= end:
                break
            agent = mention.agent
            if agent is None or agent.type not in AUTHORITIES or mention.kind == "group" or agent == target.agent:
                continue
            if mention.head < start:
                if self._is_of_past(mention) or self._is_constituency(mention):
                    continue
                counts[agent.id] += 1
                last[agent.id] = mention
            elif self._may_act(mention, trigger) and (
                near is None or abs(mention.head - trigger.i) < abs(near.head - trigger.i)
            ):
                near = mention
        if near is not None:
            return Party(near, "heading" if self._is_heading(near, sentence) else "near")
        if not counts:
            return None
        top = max(counts.values())
        best = max((m for agent_id, m in last.items() if counts[agent_id] == top), key=lambda m: m.head)
        return Party(best, "previous") if start - best.head < _AUTHORITY_REACH else None

    def _may_act(self, mention: Mention, trigger: Token) -> bool:
        if mention.kind == "pronoun" or self._is_of_past(mention) or self._is_constituency(mention):
            return False
        if mention.first and self._doc[mention.first - 1].lower_ == "from":
            return False  # where somebody comes from
        noun = self._doc[mention.head].head
        if (
            trigger.pos_ == "VERB"
            and self._doc[mention.head].dep_ == "nsubj"
            and noun.pos_ == "VERB"
            and noun != trigger
        ):
            return noun.lemma_.lower() in load_words("speech")  # who does something else is less likely to do this
        if self._doc[mention.head].dep_ == "pobj" and noun.head.pos_ == "NOUN" and noun.lower_ == "in":
            return noun.head.lemma_.lower() in self._authority_nouns  # not "its listing in New York"
        if mention.kind != "adjective":  # "a U.S. class action" is nothing that the state did
            unnamed = noun.pos_ == "NOUN" or (noun.pos_ == "PROPN" and noun.i not in self._index.naming)
            modifies = self._doc[mention.head].dep_ in {"compound", "nmod"} and unnamed
            return not modifies or noun.lemma_.lower() in self._authority_nouns
        return noun.pos_ == "PROPN" or noun.lemma_.lower() in self._authority_nouns  # not "a French citizen"

    def _is_constituency(self, mention: Mention) -> bool:
        """Tell whether a place only says whence somebody was elected ("Ann Lee of Ohio", "Bo Kim (D-Texas)")."""
        token = self._doc[mention.head]
        if token.dep_ == "pobj" and token.head.lower_ in {"of", "from"}:
            named = self._index.naming.get(token.head.head.i)
            if named is not None and named.type == "Person":
                return True
        for before in reversed(self._doc[max(0, mention.first - _BRACKET) : mention.first]):
            if before.text in {"(", ")"}:
                return before.text == "("
        return False

    def _is_of_past(self, mention: Mention) -> bool:
        """Tell whether a country only says where somebody served before ("Vestager, a former Danish minister")."""
        noun = self._doc[mention.head].head
        return mention.kind == "adjective" and any(child.lower_ in {"former", "ex", "then"} for child in noun.lefts)

    def _is_heading(self, mention: Mention, sentence: Span) -> bool:
        if mention.first != sentence.start or mention.last >= len(self._doc):
            return False
        return self._doc[mention.last].text == ":"

    def _is_owner(self, mention: Mention) -> bool:
        """Tell whether a name only says whose a thing is ("the Amazon-owned service")."""
        return mention.kind == "name" and mention.last < len(self._doc) and self._doc[mention.last].text == "-"

    def _is_doer(self, mention: Mention) -> bool:
        """Tell whether somebody is said to have done something else ("the deal, criticised by Acme and Umbrella")."""
        token = self._doc[mention.head]
        while token.dep_ in _BESIDE and token.head != token:
            token = token.head
        return token.dep_ == "pobj" and token.head.dep_ == "agent"

    def _is_site(self, mention: Mention) -> bool:
        """Tell whether a platform is only where something was said or shown ("a video posted on Acme")."""
        token = self._doc[mention.head]
        on = token.head
        return (
            token.dep_ == "pobj"
            and on.lower_ in {"on", "via", "onto"}
            and on.head.lemma_.lower() in load_words("posting")
        )

    def find_moderator(self, trigger: Token, target: Mention) -> Party | None:
        """The platform whose moderation a passive tells ("the account was suspended")."""
        implied = self.find_target(trigger, target)
        return Party(implied.mention, f"implied-{implied.how}") if implied is not None else None

    def find_target(
        self,
        trigger: Token,
        actor: Mention | None,
        types: frozenset[str] = BUSINESSES,
        others: frozenset[str] = frozenset(),
    ) -> Party | None:
        """The platform or company (or who else fits) that an action without a target is likely to be about."""
        sentence = trigger.sent
        start, end = sentence.start, sentence.end
        before: Mention | None = None
        after: Mention | None = None
        aside: Mention | None = None
        for mention in self._index.ordered:
            if mention.head >= end:
                break
            agent = mention.agent
            if agent is None or agent.type not in types or mention.kind == "group":
                continue
            if (actor is not None and agent == actor.agent) or agent.id in others or self._is_owner(mention):
                continue
            if self._is_doer(mention) or self._is_site(mention):
                continue
            if start <= mention.head < trigger.i and self._doc[mention.head].dep_ in {"compound", "nmod"}:
                aside = mention  # "over the Acme leak": seldom whom it befell
            elif mention.head < trigger.i:
                before = mention
            elif after is None:
                after = mention
        if before is not None and before.head >= start:
            return Party(before, "near")
        if aside is not None:
            return Party(aside, "near")
        if after is not None:
            return Party(after, "near-after")
        if before is not None and start - before.head < _TARGET_REACH:
            return Party(before, "previous")
        return None
