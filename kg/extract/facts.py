"""Who is what: roles, nationalities, seats, owners, wholes and users."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.clauses import expand_list, find_agent_phrase, find_subjects
from kg.kb.lexicon import Lexicon
from kg.model import AgentRef
from kg.model.ids import make_agent_id
from kg.model.mention import Mention

_ORGANISATIONS = frozenset("Platform Company Government Regulator Court Ministry LawEnforcement Legislature Supranational CivilSociety Media ArmedGroup".split())
_SEATED = frozenset("Platform Company CivilSociety Media Regulator Court".split())
_BUSINESSES = frozenset({"Platform", "Company"})
_TITLES = frozenset(
    """ceo founder co-founder cofounder chief executive chairman chairwoman chair president minister spokesman spokeswoman
    spokesperson director owner commissioner secretary judge senator chancellor governor mayor attorney general head
    leader premier boss lawyer counsel editor manager officer vice-president representative congressman congresswoman justice
    prosecutor ambassador king queen prince ombudsman member partner analyst adviser advisor professor whistleblower""".split()
)  # fmt: skip
_PART_NOUNS = frozenset("unit arm division subsidiary affiliate branch part offshoot department wing member agency".split())
_USER_NOUNS = frozenset({"user", "subscriber", "customer", "member"})
_NUMBER = re.compile(r"\d[\d.,]*(?:\s?(?:million|billion|thousand|percent|per cent|m|bn|%))?|\d+\s?%", re.I)


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact as found, before it gets its evidence: ``tokens`` are those that must stand in the quote."""

    relation: str
    subject: AgentRef
    object: AgentRef | None
    value: str | None
    tokens: tuple[int, int]
    confidence: float


class FactFinder:
    """Find the six facts of the guidelines in one parsed text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._roles = {word for word, _ in lexicon.noun_classes["person"].items()} | _TITLES

    def find(self, doc: Doc, mentions: dict[int, Mention]) -> Iterator[FoundFact]:
        """Yield the facts of a text; each once, where it is told first."""
        at = {index: m for m in mentions.values() if m.kind in {"name", "adjective", "metonym"} for index in range(m.first, m.last)}
        seen: set[tuple[str, str, str, str]] = set()
        finders = (self._find_titles, self._find_appositions, self._find_copulas, self._find_seats, self._find_owners, self._find_users)
        for finder in finders:
            for fact in finder(doc, mentions, at):
                key = (fact.relation, fact.subject.id, fact.object.id if fact.object else "", (fact.value or "").lower())
                if key not in seen and fact.subject != fact.object:
                    seen.add(key)
                    yield fact

    # -- roles ---------------------------------------------------------------------------------------------------------

    def _find_titles(self, doc: Doc, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        """Title and organisation before a name: "Telegram CEO Pavel Durov", "French President Emmanuel Macron"."""
        for mention in mentions.values():
            if mention.kind != "name" or mention.agent is None or mention.agent.type != "Person":
                continue
            start = mention.first
            index = start - 1
            title_tokens: list[Token] = []
            while index >= 0 and start - index < 10 and doc[index].sent == doc[mention.first].sent:
                token = doc[index]
                if index in at or token.is_punct or token.pos_ in {"VERB", "AUX", "ADP", "CCONJ", "PRON"} or token.text in {"'s", "’s"}:
                    if token.lower_ not in {"of", "for", "and", "-", "'s", "’s"} or token.lower_ in {"'s", "’s"} or index in at:
                        break
                    if not title_tokens:
                        break
                if token.dep_ == "det":
                    break
                title_tokens.insert(0, token)
                index -= 1
            while title_tokens and title_tokens[0].lower_ in {"of", "for", "and", "-"}:
                title_tokens.pop(0)
            if not title_tokens or not any(t.lemma_.lower() in self._roles for t in title_tokens):
                continue
            value = doc[title_tokens[0].i : title_tokens[-1].i + 1].text
            organisation: Mention | None = None
            if index >= 0:
                owner = at.get(index) if doc[index].text not in {"'s", "’s"} else at.get(index - 1) or mentions.get(index - 1)
                if owner is not None and owner.agent is not None and owner.agent.type in _ORGANISATIONS:
                    organisation = owner
            if organisation is not None and organisation.agent is not None:
                yield FoundFact("role", mention.agent, organisation.agent, value, (organisation.first, mention.last), 0.8)
                if organisation.kind == "adjective" and not ({t.lemma_.lower() for t in title_tokens} & {"president", "minister", "chancellor", "judge", "commissioner", "regulator", "official", "premier", "senator"}):
                    yield FoundFact("nationality", mention.agent, organisation.agent, None, (organisation.first, mention.last), 0.6)

    def _find_appositions(self, doc: Doc, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        """A title behind a name: "Durov, the founder of Telegram", or before it: "its founder, Pavel Durov"."""
        for token in doc:
            if token.dep_ != "appos":
                continue
            one, other = token.head, token
            for name, title in ((one, other), (other, one)):
                person = at.get(name.i) or mentions.get(name.i)
                if person is None or person.agent is None or person.agent.type != "Person" or person.kind not in {"name"}:
                    continue
                for part in expand_list(title):
                    yield from self._read_title(doc, person, part, mentions, at, 0.75)
                break

    def _find_copulas(self, doc: Doc, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        """A title after *is*: "Durov is the founder of Telegram"; a verb for it: "Durov founded Telegram", "who heads the agency"."""
        for token in doc:
            if token.dep_ == "attr" and token.head.lemma_ == "be":
                for subject, _ in find_subjects(token.head):
                    person = at.get(subject.i) or mentions.get(subject.i)
                    if person is not None and person.agent is not None and person.agent.type == "Person":
                        for part in expand_list(token):
                            yield from self._read_title(doc, person, part, mentions, at, 0.7)
                    elif person is not None and person.agent is not None and token.lemma_.lower() in _PART_NOUNS:
                        yield from self._read_part(person, token, mentions, at)
            elif token.pos_ == "VERB" and token.lemma_.lower() in {"found", "cofound", "head", "lead", "run"} and token.tag_ != "VB":
                for subject, _ in find_subjects(token):
                    person = mentions.get(subject.i) or at.get(subject.i)
                    if person is None or person.agent is None or person.agent.type != "Person":
                        continue
                    for child in token.children:
                        thing = at.get(child.i) if child.dep_ == "dobj" else None
                        if thing is not None and thing.agent is not None and thing.agent.type in _ORGANISATIONS:
                            value = "founder" if "found" in token.lemma_ else "head"
                            yield FoundFact("role", person.agent, thing.agent, value, _cover(person, thing, token), 0.6)

    def _read_title(self, doc: Doc, person: Mention, title: Token, mentions: dict[int, Mention], at: dict[int, Mention], confidence: float) -> Iterator[FoundFact]:
        assert person.agent is not None
        if title.lemma_.lower() not in self._roles:
            return
        organisation: Mention | None = None
        first = title.i
        for child in title.lefts:
            mention = at.get(child.i) or (mentions.get(child.i) if child.dep_ == "poss" else None)
            if mention is not None and mention.agent is not None and mention.agent.type in _ORGANISATIONS:
                organisation = mention
                if mention.kind == "adjective" and title.lemma_.lower() in {"national", "citizen", "billionaire", "entrepreneur", "businessman", "journalist", "activist", "lawyer"}:
                    yield FoundFact("nationality", person.agent, mention.agent, None, _cover(person, mention, title), 0.6)
            elif child.dep_ in {"compound", "amod", "nmod"} and child.i not in at:
                first = min(first, child.left_edge.i if child.left_edge.i not in at else child.i)
        last = title.i
        for child in title.rights:
            if child.dep_ == "prep" and child.lower_ in {"of", "at", "for", "in", "with"}:
                for grandchild in child.children:
                    if grandchild.dep_ != "pobj":
                        continue
                    mention = at.get(grandchild.i) or mentions.get(grandchild.i)
                    if mention is not None and mention.agent is not None and mention.agent.type in _ORGANISATIONS and mention.kind != "group":
                        organisation = organisation or mention
        if organisation is None or organisation.agent is None:
            return
        value = doc[first : last + 1].text
        yield FoundFact("role", person.agent, organisation.agent, value, _cover(person, organisation, title), confidence)

    # -- organisations -------------------------------------------------------------------------------------------------

    def _find_seats(self, doc: Doc, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        """"Dubai-based Telegram", "headquartered in Dublin", "the British Virgin Islands, where it is registered"."""
        for token in doc:
            if token.lower_ == "based" and token.i >= 2 and token.nbor(-1).text == "-":
                place = at.get(token.i - 2)
                owner = at.get(token.head.i) or mentions.get(token.head.i)
                if place and place.agent and owner and owner.agent and owner.agent.type in _SEATED and owner.kind != "group":
                    yield FoundFact("based_in", owner.agent, _as_place(place), None, _cover(owner, place, token), 0.8)
            elif token.lemma_.lower() in {"headquarter", "base", "register", "incorporate"} and token.pos_ == "VERB" and token.tag_ == "VBN":
                for subject, _ in find_subjects(token):
                    owner = at.get(subject.i) or mentions.get(subject.i)
                    if owner is None or owner.agent is None or owner.agent.type not in _SEATED or owner.kind == "group":
                        continue
                    for place in _places(token, at):
                        yield FoundFact("based_in", owner.agent, _as_place(place), None, _cover(owner, place, token), 0.75)
            elif token.lemma_.lower() in {"headquarters", "headquarter", "seat"} and token.pos_ == "NOUN":
                owners = [at.get(c.i) or mentions.get(c.i) for c in token.children if c.dep_ in {"poss", "compound"}]
                for owner in owners:
                    if owner is not None and owner.agent is not None and owner.agent.type in _SEATED:
                        for place in _places(token, at):
                            yield FoundFact("based_in", owner.agent, _as_place(place), None, _cover(owner, place, token), 0.75)

    def _find_owners(self, doc: Doc, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        """"Alphabet's Google", "Google parent Alphabet", "owned by ByteDance", "its Windows system", "an affiliate of"."""
        for token in doc:
            if token.dep_ == "poss" and token.i in at and token.head.i in at:
                owner, thing = at[token.i], at[token.head.i]
                if owner is not thing and _both(owner, thing):
                    yield FoundFact("owns", owner.agent, thing.agent, None, _cover(owner, thing, token), 0.7)  # type: ignore[arg-type]
            elif token.dep_ == "poss" and token.tag_ == "PRP$" and token.head.i in at:
                owner_, thing = mentions.get(token.i), at[token.head.i]
                if owner_ is not None and _both(owner_, thing) and thing.kind == "name":
                    yield FoundFact("owns", owner_.agent, thing.agent, None, _cover(owner_, thing, token), 0.6)  # type: ignore[arg-type]
            elif token.lemma_.lower() in {"parent", "owner"} and token.pos_ == "NOUN":
                yield from self._read_parent(doc, token, mentions, at)
            elif token.lemma_.lower() in {"own", "acquire", "buy", "operate"} and token.pos_ == "VERB":
                yield from self._read_ownership(token, mentions, at)
            elif token.lemma_.lower() in _PART_NOUNS and token.pos_ == "NOUN" and token.dep_ == "appos":
                part = at.get(token.head.i)
                if part is not None:
                    yield from self._read_part(part, token, mentions, at)

    def _read_parent(self, doc: Doc, token: Token, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        things = [at.get(c.i) or mentions.get(c.i) for c in token.lefts if c.dep_ in {"compound", "poss", "nmod"}]
        top = token.head if token.dep_ == "compound" and token.head.pos_ == "NOUN" else token
        for node in {token, top}:
            things += [at.get(g.i) for c in node.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
        owners = [at.get(c.i) for c in (*top.children, top.head) if c.dep_ in {"appos"} or c is top.head]
        owners += [at.get(top.i + 1), at.get(top.i + 2)] if top.i + 2 < len(doc) else []
        for thing in things:
            for owner in owners:
                if thing is not None and owner is not None and owner is not thing and _both(owner, thing, persons=True):
                    yield FoundFact("owns", owner.agent, thing.agent, None, _cover(owner, thing, token), 0.75)  # type: ignore[arg-type]
                    break

    def _read_ownership(self, verb: Token, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        agent = find_agent_phrase(verb)
        if agent is not None:
            owner = at.get(agent.i)
            things = [at.get(subject.i) or mentions.get(subject.i) for subject, _ in find_subjects(verb)]
        elif verb.lower_ == "owned" and verb.i >= 2 and verb.nbor(-1).text == "-":
            owner = at.get(verb.i - 2)
            things = [at.get(verb.head.i)]
        elif verb.tag_ in {"VBZ", "VBP", "VBD"}:
            owners = [at.get(subject.i) or mentions.get(subject.i) for subject, _ in find_subjects(verb)]
            owner = owners[0] if owners else None
            things = [at.get(t.i) for c in verb.children if c.dep_ == "dobj" for t in expand_list(c)]
        else:
            return
        for thing in things:
            if owner is not None and thing is not None and _both(owner, thing, persons=True):
                yield FoundFact("owns", owner.agent, thing.agent, None, _cover(owner, thing, verb), 0.7)  # type: ignore[arg-type]

    def _read_part(self, part: Mention, noun: Token, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        wholes = [at.get(g.i) or mentions.get(g.i) for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]
        wholes += [at.get(c.i) for c in noun.children if c.dep_ in {"poss", "compound"}]
        for whole in wholes:
            if whole is None or whole.agent is None or part.agent is None or whole.agent == part.agent or whole.kind == "group":
                continue
            if whole.agent.type in _ORGANISATIONS and part.agent.type in _ORGANISATIONS:
                relation = "owns" if _both(whole, part) and noun.lemma_.lower() in {"subsidiary", "unit", "arm", "division"} else "part_of"
                if relation == "owns":
                    yield FoundFact("owns", whole.agent, part.agent, None, _cover(part, whole, noun), 0.6)
                else:
                    yield FoundFact("part_of", part.agent, whole.agent, None, _cover(part, whole, noun), 0.7)

    def _find_users(self, doc: Doc, mentions: dict[int, Mention], at: dict[int, Mention]) -> Iterator[FoundFact]:
        """"950 million users", "used by 40% of the country's internet users"."""
        for token in doc:
            if token.lemma_.lower() not in _USER_NOUNS or token.pos_ != "NOUN":
                continue
            window = doc[max(token.sent.start, token.i - 9) : token.i].text
            numbers = list(_NUMBER.finditer(window))
            if not numbers or not re.search(r"million|billion|thousand|percent|%|,\d{3}|\dm|\dbn", numbers[-1][0]):
                continue
            platform = next(
                (m for m in (at.get(i) or mentions.get(i) for i in (*range(token.i, token.sent.start - 1, -1), *range(token.i + 1, token.sent.end)))
                 if m is not None and m.agent is not None and m.agent.type in _BUSINESSES and m.kind != "group"),
                None,
            )  # fmt: skip
            if platform is not None and platform.agent is not None:
                place = next((m for m in _places(token, at)), None)
                yield FoundFact("users", platform.agent, place.agent if place else None, numbers[-1][0].strip(), _cover(platform, platform, token), 0.7)


def _places(token: Token, at: dict[int, Mention]) -> list[Mention]:
    found = []
    for child in token.subtree:
        mention = at.get(child.i)
        if child.dep_ == "pobj" and child.head.lower_ in {"in", "at", "of"} and mention is not None and mention.agent is not None:
            if mention.agent.type in {"Government", "Place"}:
                found.append(mention)
    return found[:1]


def _as_place(mention: Mention) -> AgentRef:
    """A seat is the place as written: Dublin, not the Ireland that it stands for when it acts."""
    assert mention.agent is not None
    if mention.kind == "metonym":
        return AgentRef(make_agent_id(mention.span.text, "Place"), mention.span.text, "Place", mention.agent.country)
    return mention.agent


def _both(owner: Mention, thing: Mention, persons: bool = False) -> bool:
    types = _BUSINESSES | ({"Person"} if persons else set())
    return bool(
        owner.agent and thing.agent and owner.agent != thing.agent and owner.kind != "group" and thing.kind != "group"
        and owner.agent.type in types and thing.agent.type in _BUSINESSES
    )  # fmt: skip


def _cover(one: Mention, other: Mention, token: Token) -> tuple[int, int]:
    return min(one.first, other.first, token.i), max(one.last, other.last, token.i + 1)
