"""Find who is named: the gazetteer's names joined with those that only the entity recogniser sees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from kg.annotate.gazetteer import Gazetteer, Hit
from kg.kb import KnowledgeBase, read_table
from kg.model import Agent, AgentRef, Span
from kg.model.ids import make_agent_id
from kg.model.mention import Mention
from kg.resources import find_data

_NER_TYPES = {
    "PERSON": "Person",
    "ORG": "Company",
    "GPE": "Place",
    "LOC": "Place",
    "PRODUCT": "Platform",
    "NORP": "Group",
}
_SUFFIXES = frozenset(
    "inc inc. ltd ltd. llc plc corp corp. corporation limited co co. company gmbh ag sa s.a. bv b.v. nv se platforms holdings group".split()
)
_TITLES = frozenset(
    """mr mr. mrs mrs. ms ms. dr dr. sir lord lady president minister prime chancellor senator sen. rep. representative judge justice
    ceo founder cofounder co-founder chief executive officer chairman chairwoman chair commissioner secretary attorney general
    spokesman spokeswoman spokesperson congressman congresswoman governor mayor king queen prince director former the new app
    vice-president vice deputy""".split()
)  # fmt: skip


_BODIES = frozenset("Regulator Court Ministry LawEnforcement Legislature".split())
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    first: int
    last: int
    kind: str
    hit: Hit | None
    label: str


def _covers_context(hit: Hit, doc: Doc) -> bool:
    """Tell whether a hit is used as a name here: short or everyday names need the tagger's support."""
    token = doc[hit.first]
    if hit.last - hit.first > 1:
        return True
    if hit.kind == "adjective":
        return True
    text = token.text
    if len(text) == 1:  # "X": a letter in most places
        after = doc[hit.last] if hit.last < len(doc) else None
        before = doc[hit.first - 1] if hit.first else None
        joined = (
            before is not None and before.text in {"-", "iPhone", "Mac", "OS", "World", "Malcolm", "Project", "Space"}
        ) or (after is not None and after.text in {"-", "ray", "x", "&"})
        return token.pos_ in {"PROPN", "NOUN", "X", "PRON"} and not joined and token.tag_ != "SYM"
    if token.pos_ in {"PROPN", "NOUN", "X"} or token.ent_type_ or text.isupper():
        return True
    # The tagger takes "Uber" or "Grab" for other words at a sentence's start; a lower-case one is no name at all.
    return text[0].isupper() and not token.is_sent_start


class NameFinder:
    """Turn hits and recognised entities into mentions that are linked to the knowledge base or to new agents."""

    def __init__(self, kb: KnowledgeBase, nlp: Language) -> None:
        self.kb = kb
        self.gazetteer = Gazetteer(kb, nlp)
        self._word_types = {
            row["word"]: row["type"]
            for row in read_table(find_data() / "kb" / "lexicon" / "name_types.csv", ("word", "type"))
        }
        self._laws = {name for law in kb.laws.values() for name in (law.name, *law.aliases)}
        self._media = {agent.name for agent in kb.agents.values() if agent.type == "Media"}

    def find(self, doc: Doc) -> list[Mention]:
        """Return the named mentions of a text in order, without overlap."""
        hits = [hit for hit in self.gazetteer.find(doc) if _covers_context(hit, doc)]
        countries = self._count_countries(hits)
        taken: dict[int, Hit] = {index: hit for hit in hits for index in range(hit.first, hit.last)}
        candidates: list[_Candidate] = []
        used: set[Hit] = set()
        for entity in doc.ents:
            candidate = self._join_entity(entity, taken)
            if candidate is None:
                continue
            inside = {taken[index] for index in range(candidate.first, candidate.last) if index in taken}
            used |= inside
            candidates.append(candidate)
        candidates += [_extend(doc, hit, taken) for hit in hits if hit not in used]
        candidates.sort(key=lambda candidate: candidate.first)
        candidates = self._join_countries(candidates)
        return self._make_mentions(doc, candidates, countries)

    def _join_countries(self, candidates: list[_Candidate]) -> list[_Candidate]:
        """Let a body's name take in the country before it ("United States Department of Defense")."""
        joined: list[_Candidate] = []
        for candidate in candidates:
            before = joined[-1] if joined else None
            if (
                before is not None
                and before.last == candidate.first
                and before.hit is not None
                and candidate.hit is not None
            ):
                owner, body = self.kb.agents[before.hit.ids[0]], [self.kb.agents[i] for i in candidate.hit.ids]
                if owner.type in {"Government", "Supranational"} and any(
                    agent.type in _BODIES and agent.country == owner.country for agent in body
                ):
                    ids = tuple(agent.id for agent in body if agent.country == owner.country)
                    hit = Hit(before.first, candidate.last, "name", ids)
                    joined[-1] = _Candidate(before.first, candidate.last, "name", hit, candidate.label)
                    continue
            joined.append(candidate)
        return joined

    def _count_countries(self, hits: list[Hit]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for hit in hits:
            if len(hit.ids) == 1:
                country = self.kb.agents[hit.ids[0]].country
                if country:
                    counts[country] += 1
        return counts

    def _join_entity(self, entity: SpacySpan, taken: dict[int, Hit]) -> _Candidate | None:
        """Decide whether a recognised entity is a name of its own beside the hits that it overlaps."""
        if entity.label_ not in _NER_TYPES:
            return None
        first, last = entity.start, entity.end
        doc = entity.doc
        titled = _TITLES if entity.label_ == "PERSON" else _ARTICLES
        while first < last and (doc[first].lower_ in titled or doc[first].is_punct):
            first += 1
        while last > first and (doc[last - 1].lower_ in {"'s", "’s", "’", "'"} or doc[last - 1].is_punct):
            last -= 1
        while (
            last > first + 1
            and any(c.isdigit() for c in doc[last - 1].text)
            and any(c in "€$£¥₹" for c in doc[last - 1].text)
        ):
            last -= 1  # "Meta €200M"
        while last > first + 1 and doc[last - 1].pos_ in {"VERB", "AUX", "ADP"} and doc[last - 1].text.islower():
            last -= 1
        if first >= last or not any(token.text[:1].isupper() or token.text[:1].isdigit() for token in doc[first:last]):
            return None
        inside = {taken[index] for index in range(first, last) if index in taken}
        if doc[first:last].text in self._laws:
            return None
        if not inside and last - first == 1 and doc[first].lower_ in self._word_types and entity.label_ != "PERSON":
            return None  # "the Commission": short for a body named before
        if any(hit.first < first or hit.last > last for hit in inside):
            return None  # the gazetteer knows a longer name
        named = [hit for hit in inside if hit.kind == "name"]
        if not inside:
            return None if entity.label_ == "NORP" else _Candidate(first, last, "name", None, entity.label_)
        if (
            entity.label_ == "PERSON"
            and last - first >= 2
            and not any(hit.last == last and hit.first == first for hit in inside)
        ):
            if any(hit.last == last and self.kb.agents[hit.ids[0]].type == "Person" for hit in named):
                return None
            if any(self.kb.agents[hit.ids[0]].type in {"Platform", "Company"} for hit in named):
                rest = [index for index in range(first, last) if index not in taken]
                # "Meta CEO Mark Zuckerberg" read as one person: the name is what follows the company.
                if rest and rest[-1] == last - 1 and len(rest) >= 2:
                    return (
                        _Candidate(rest[0], last, "name", None, "PERSON")
                        if rest == list(range(rest[0], last))
                        else None
                    )
                return None
            return _Candidate(first, last, "name", None, "PERSON")
        tail = max((hit.last for hit in inside), default=first)
        trailing = [doc[index] for index in range(tail, last)]
        if named and (
            not trailing
            or all(token.lower_ in _SUFFIXES or token.is_punct or token.lower_ in _TITLES for token in trailing)
        ):
            return None
        if not trailing:  # only adjectives or metonyms inside, and they end the entity ("Tribunal of Paris")
            lead = [token for token in doc[first:last] if token.i not in taken and token.text[:1].isupper()]
            return _Candidate(first, last, "name", None, entity.label_) if lead and entity.label_ == "ORG" else None
        if entity.label_ in {"GPE", "NORP", "LOC"}:
            return None
        if (
            len(trailing) == 1
            and trailing[0].lower_ in self._word_types
            and all(hit.kind != "name" or self.kb.agents[hit.ids[0]].type == "Government" for hit in inside)
        ):
            return None  # "Chinese Government", "Hamburg Court": a description
        if all(hit.kind == "adjective" for hit in inside) and all(token.text[:1].islower() for token in trailing):
            return None
        return _Candidate(first, last, "name", None, entity.label_)

    def _make_mentions(self, doc: Doc, candidates: list[_Candidate], countries: Counter[str]) -> list[Mention]:
        mentions: list[Mention] = []
        people: dict[str, AgentRef] = {}
        acronyms: dict[str, AgentRef] = {}
        organisations: dict[str, AgentRef] = {}  # the first word of a longer name -> who bears it
        for candidate in candidates:
            first, last = candidate.first, candidate.last
            text = doc[first:last].text
            head = _find_head(doc, first, last)
            if candidate.hit is not None:
                agent = self._choose(candidate.hit, doc, countries)
                type_ = agent.type
            else:
                known = acronyms.get(text)
                agent = known or self._make_agent(doc[first:last], candidate.label, people, organisations)
                type_ = agent.type
            if type_ == "Law":
                continue
            start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1].text)
            mention = Mention(Span(start, end, doc.text[start:end]), first, last, head.i, candidate.kind, type_, agent)
            mentions.append(mention)
            if type_ == "Person":
                people.setdefault(agent.name.split()[-1], agent)
            elif (
                " " in text
                and candidate.kind == "name"
                and type_ in {"Platform", "Company", "CivilSociety", "Media", "Group"}
            ):
                organisations.setdefault(text.split()[0], agent)
            if type_ == "Person":
                pass
            elif (
                last + 2 < len(doc)
                and doc[last].text == "("
                and doc[last + 2].text == ")"
                and doc[last + 1].text.isupper()
            ):
                acronyms[doc[last + 1].text] = agent
        return mentions

    def _choose(self, hit: Hit, doc: Doc, countries: Counter[str]) -> AgentRef:
        """Choose among the bearers of a name by the countries that the text speaks of."""
        if len(hit.ids) == 1:
            return self.kb.refer_to(hit.ids[0])
        before = doc[hit.first - 1].text if hit.first else ""
        near = {self.kb.agents[i].country for i in self.kb.adjectives.get(before, ())}

        def rank(agent_id: str) -> tuple[bool, int, bool, str]:
            agent: Agent = self.kb.agents[agent_id]
            country = agent.country or ""
            return (country not in near, -countries[country], agent.type == "Place", agent_id)

        return self.kb.refer_to(min(hit.ids, key=rank))

    def _make_agent(
        self, span: SpacySpan, label: str, people: dict[str, AgentRef], organisations: dict[str, AgentRef]
    ) -> AgentRef:
        words = [token for token in span if not (token.is_punct and token.text not in {"-", "&", ".", "'", "’"})]
        name = _clean_name(span)
        type_ = _NER_TYPES[label]
        if type_ == "Person":
            known = people.get(words[-1].text if words else name)
            if known is not None and (len(words) == 1 or known.name.split()[0] == words[0].text):
                return known
        elif type_ in {"Company", "Place"}:
            known = organisations.get(name)
            if known is not None:
                return known
            for token in (*reversed(words), *(w for w in words)):
                if token.lower_ in self._word_types and token.text[:1].isupper():
                    type_ = self._word_types[token.lower_]
                    break
        return AgentRef(make_agent_id(name, type_), name, type_, None)


def _extend(doc: Doc, hit: Hit, taken: dict[int, Hit]) -> _Candidate:
    """Take in the proper nouns before a place's name that make it another's ("Verbraucherzentrale North Rhine-Westphalia")."""
    first = hit.first
    while hit.kind == "name" and first > 0:
        token = doc[first - 1]
        if (
            token.pos_ != "PROPN"
            or token.dep_ != "compound"
            or token.i in taken
            or token.lower_ in _TITLES
            or not hit.first <= token.head.i < hit.last
        ):
            break
        first -= 1
    if (
        first < hit.first
        and len(doc[first].text) > 3
        and not doc[first].text.isupper()
        and doc[first].sent.start != first
    ):
        return _Candidate(first, hit.last, "name", None, "ORG")
    return _Candidate(hit.first, hit.last, hit.kind, hit, "")


def _clean_name(span: SpacySpan) -> str:
    text = " ".join(span.text.split())
    for article in ("the ", "The "):
        text = text.removeprefix(article)
    return text.removesuffix("'s").removesuffix("’s").strip(' ,.;:"“”') or text


def _find_head(doc: Doc, first: int, last: int) -> Token:
    """The token of the span whose head lies outside of it (the last such one, for flat names)."""
    for index in range(last - 1, first - 1, -1):
        token = doc[index]
        if not first <= token.head.i < last or token.head is token:
            return token
    return doc[last - 1]
