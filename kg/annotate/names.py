"""Find who is named: the gazetteer's names joined with those that only the entity recogniser sees."""

from __future__ import annotations

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.annotate.entities import EntityJoiner, NameCandidate
from kg.annotate.gazetteer import Gazetteer, Hit
from kg.annotate.history import BUSINESSES
from kg.annotate.linking import NameLinker
from kg.annotate.name_lists import split_list
from kg.annotate.name_types import TYPE_OF_LABEL, load_name_types
from kg.annotate.place_names import join_places
from kg.annotate.unseen import find_short_forms, find_unseen
from kg.kb import KnowledgeBase
from kg.kb.lexicon import load_words
from kg.model.mention import Mention
from kg.normalize.datelines import find_datelines

_BODIES = frozenset("Regulator Court Ministry LawEnforcement Legislature".split())


class NameFinder:
    """Turn hits and recognised entities into mentions that are linked to the knowledge base or to new agents."""

    def __init__(self, kb: KnowledgeBase, nlp: Language) -> None:
        self.kb = kb
        self.gazetteer = Gazetteer(kb, nlp)
        word_types = load_name_types()
        self._joiner = EntityJoiner(kb, word_types)
        self._linker = NameLinker(kb, word_types)

    def find(self, doc: Doc) -> list[Mention]:
        """Return the named mentions of a text in order, without overlap."""
        datelines = list(find_datelines(doc.text))  # where a report was filed is nobody who acts
        hits = [hit for hit in self.gazetteer.find(doc) if covers_context(hit, doc)]
        hits = [hit for hit in hits if not _is_in(doc[hit.first].idx, datelines)]
        taken: dict[int, Hit] = {index: hit for hit in hits for index in range(hit.first, hit.last)}
        candidates: list[NameCandidate] = []
        used: set[Hit] = set()
        for entity in doc.ents:
            if _is_in(entity.start_char, datelines):
                continue
            candidate = self._joiner.join(entity, taken)
            if candidate is not None:
                used |= {taken[index] for index in range(candidate.first, candidate.last) if index in taken}
                candidates.append(candidate)
        candidates = [part for candidate in candidates for part in split_list(doc, candidate)]
        candidates += [_extend(doc, hit, taken) for hit in hits if hit not in used]
        candidates += find_short_forms(doc, candidates, _cover(candidates))
        candidates += find_unseen(doc, _cover(candidates))
        candidates.sort(key=lambda candidate: candidate.first)
        candidates = join_places(doc, self._join_countries(candidates), self._get_type)
        return self._linker.link(doc, candidates, self._count_countries(hits))

    def _get_type(self, name: NameCandidate) -> str:
        """The type of who bears a name, by the knowledge base or else by the recogniser's label."""
        if name.hit is not None:
            return self.kb.agents[name.hit.ids[0]].type
        return TYPE_OF_LABEL.get(name.label, "")

    def _join_countries(self, candidates: list[NameCandidate]) -> list[NameCandidate]:
        """Let a body's name take in the country before it ("United States Department of Defense")."""
        joined: list[NameCandidate] = []
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
                    joined[-1] = NameCandidate(before.first, candidate.last, "name", hit, candidate.label)
                    continue
            joined.append(candidate)
        return joined

    def _count_countries(self, hits: list[Hit]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for hit in hits:
            if len(hit.ids) == 1:
                agent = self.kb.agents[hit.ids[0]]
                if agent.country and agent.type not in BUSINESSES:  # where an app is from says nothing of whose courts
                    counts[agent.country] += 1
        return counts


def _cover(candidates: list[NameCandidate]) -> set[int]:
    return {index for candidate in candidates for index in range(candidate.first, candidate.last)}


def _is_in(offset: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def covers_context(hit: Hit, doc: Doc) -> bool:
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
    if text[0].isdigit() and any(character.isalpha() for character in text):
        return True  # "4chan"
    # The tagger takes "Uber" or "Grab" for other words at a sentence's start; a lower-case one is no name at all.
    return text[0].isupper() and not token.is_sent_start


def _extend(doc: Doc, hit: Hit, taken: dict[int, Hit]) -> NameCandidate:
    """Take in the proper nouns about a place's name that make it another's ("Verbraucherzentrale Hamburg")."""
    first, titles = hit.first, load_words("title")
    whole = _find_whole(doc, hit, taken)  # "Acme Romania Distribution"
    while hit.kind in {"name", "metonym"} and first > 0:
        token = doc[first - 1]
        if (
            token.pos_ != "PROPN"
            or token.dep_ != "compound"
            or token.i in taken
            or token.lower_ in titles
            or token.ent_type_ in {"DATE", "TIME"}  # "On Friday Texas attorney general …"
            or not (hit.first <= token.head.i < hit.last or token.head == whole)
        ):
            break
        first -= 1
    if (
        first < hit.first
        and len(doc[first].text) > 3
        and not doc[first].text.isupper()
        and doc[first].sent.start != first
    ):
        return NameCandidate(first, hit.last if whole is None else whole.i + 1, "name", None, "ORG")
    return NameCandidate(hit.first, hit.last, hit.kind, hit, "")


def _find_whole(doc: Doc, hit: Hit, taken: dict[int, Hit]) -> Token | None:
    """Find the head of the longer name that a place's name stands in, if all between them is a part of it."""
    place = doc[hit.last - 1]
    head = place.head
    if place.dep_ != "compound" or head.i < hit.last or head.pos_ != "PROPN":
        return None
    titles = load_words("title")
    behind = doc[hit.last : head.i + 1]
    plain = all(token.pos_ == "PROPN" and token.i not in taken and token.lower_ not in titles for token in behind)
    return head if plain else None
