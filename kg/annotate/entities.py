"""Decide which recognised entities are names of their own beside the gazetteer's hits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.annotate.gazetteer import Hit
from kg.annotate.name_types import TYPE_OF_LABEL
from kg.kb import KnowledgeBase
from kg.kb.lexicon import load_lexicon, load_words

_ARTICLES = frozenset({"the", "a", "an"})
_BREAKS = frozenset({"/", "|", "•", "·"})  # a line of credits, not a name
_POSSESSIVES = frozenset({"'s", "’s", "’", "'"})


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A run of tokens (``last`` is exclusive) that may be a name; ``label`` is the recogniser's, if it saw the name."""

    first: int
    last: int
    kind: str
    hit: Hit | None
    label: str


class EntityJoiner:
    """Join the entity recogniser's names with the gazetteer's, which are more trusted."""

    def __init__(self, kb: KnowledgeBase, word_types: Mapping[str, str]) -> None:
        self._kb = kb
        self._word_types = word_types
        self._laws = {name for law in kb.laws.values() for name in (law.name, *law.aliases)}
        self._titles = load_words("title")
        forms = load_lexicon().verb_forms
        self._headline_verbs = {form for form, lemma in forms.items() if form.endswith("s") and form != lemma}
        self._endings = load_words("company_suffix") | self._titles

    def join(self, entity: Span, taken: Mapping[int, Hit]) -> NameCandidate | None:
        """Decide whether a recognised entity is a name of its own beside the hits that it overlaps.

        Parameters
        ----------
        entity
            The entity.
        taken
            The hits by the index of each of their tokens.
        """
        label, doc = entity.label_, entity.doc
        if label not in TYPE_OF_LABEL:
            return None
        first, last = self._trim(entity)
        if label == "PERSON" and last - first == 1:
            first = self._take_first_name(doc, first, taken)
        words = doc[first:last]
        if first >= last or not any(token.text[:1].isupper() or token.text[:1].isdigit() for token in words):
            return None
        if words.text in self._laws or any(token.text in _BREAKS for token in words):
            return None
        inside = {taken[index] for index in range(first, last) if index in taken}
        if any(hit.first < first or hit.last > last for hit in inside):
            return None  # the gazetteer knows a longer name
        name = NameCandidate(first, last, "name", None, label)
        if not inside:
            if last - first == 1 and label != "PERSON" and doc[first].lower_ in self._word_types:
                return None  # "the Commission": short for a body named before
            return name if label != "NORP" else None
        if any(h.kind == "name" and first < h.first and h.last == last and self._is_person(h) for h in inside):
            return None  # a known surname ends it, whatever the recogniser took it for
        if label == "PERSON" and last - first >= 2 and not any(h.last == last and h.first == first for h in inside):
            return self._join_person(name, inside, taken)
        return name if self._adds_to(name, inside, doc, taken) else None

    def _trim(self, entity: Span) -> tuple[int, int]:
        """Leave titles, articles, possessives, amounts of money and stray verbs out."""
        doc, first, last = entity.doc, entity.start, entity.end
        titled = self._titles if entity.label_ == "PERSON" else _ARTICLES
        while first < last and (doc[first].lower_ in titled or doc[first].is_punct or doc[first].is_space):
            first += 1
        while last > first and (
            doc[last - 1].lower_ in _POSSESSIVES or doc[last - 1].is_punct or doc[last - 1].is_space
        ):
            last -= 1
        while last > first + 1 and _is_amount(doc[last - 1].text):
            last -= 1  # "Meta €200M"
        if last > first + 2 and doc[last - 1].lower_ in {"million", "billion"} and doc[last - 2].like_num:
            last -= 2  # "Facebook 60 million"
        if last > first + 2 and doc[last - 1].text.islower() and doc[last - 2].lower_ == "of":
            last -= 2  # "suspected the Ministry of malice"
        while last > first + 1 and doc[last - 1].pos_ in {"VERB", "AUX", "ADP", "DET"} and doc[last - 1].text.islower():
            last -= 1
        return first, last

    def _take_first_name(self, doc: Doc, first: int, taken: Mapping[int, Hit]) -> int:
        """Take in the given name that the recogniser left out: an unknown word before a surname."""
        before = doc[first - 1] if first else None
        if before is None or before.tag_ != "NNP" or before.dep_ != "compound" or before.head.i != first:
            return first
        known = before.ent_type_ or before.i in taken or before.lower_ in self._titles
        unknown = before.vocab.vectors_length and not before.vocab[before.lower_].has_vector
        return first - 1 if unknown and not known and before.text[:1].isupper() and before.is_alpha else first

    def _is_person(self, hit: Hit) -> bool:
        return all(self._kb.agents[agent_id].type == "Person" for agent_id in hit.ids)

    def _join_person(self, name: NameCandidate, inside: set[Hit], taken: Mapping[int, Hit]) -> NameCandidate | None:
        """Tell a person's name from what the recogniser read as one with it: a known person, a company, a country."""
        named = [(hit, self._kb.agents[hit.ids[0]].type) for hit in inside if hit.kind == "name"]
        if any(hit.last == name.last and type_ == "Person" for hit, type_ in named):
            return None
        if not any(type_ in {"Platform", "Company"} for _, type_ in named):
            return name
        rest = [index for index in range(name.first, name.last) if index not in taken]
        # "Meta CEO Mark Zuckerberg" read as one person: the name is what follows the company.
        if len(rest) >= 2 and rest == list(range(rest[0], name.last)):
            return NameCandidate(rest[0], name.last, "name", None, "PERSON")
        return None

    def _adds_to(self, name: NameCandidate, inside: set[Hit], doc: Doc, taken: Mapping[int, Hit]) -> bool:
        """Tell whether an entity is more than the hits inside of it."""
        trailing = [doc[index] for index in range(max(hit.last for hit in inside), name.last)]
        has_name = any(hit.kind == "name" for hit in inside)
        if has_name and all(token.lower_ in self._endings or token.is_punct for token in trailing):
            return False
        if has_name and trailing and all(token.text.islower() for token in trailing):
            return False  # "ByteDance nine months"
        if has_name and len(trailing) == 1 and trailing[0].lower_ in self._headline_verbs:
            return False  # "Google Pays $1bn", "Meta Faces Probe": the verb of a headline in capitals
        if not trailing:  # only adjectives or metonyms inside, and they end the entity ("Tribunal of Paris")
            return name.label == "ORG" and any(
                token.i not in taken and token.text[:1].isupper() for token in doc[name.first : name.last]
            )
        if name.label in {"GPE", "NORP", "LOC"} or self._is_description(trailing, inside):
            return False
        return not (
            all(hit.kind == "adjective" for hit in inside) and all(token.text[:1].islower() for token in trailing)
        )

    def _is_description(self, trailing: list[Token], inside: set[Hit]) -> bool:
        """Tell "Chinese Government" and "Hamburg Court" from names."""
        return (
            len(trailing) == 1
            and trailing[0].lower_ in self._word_types
            and all(hit.kind != "name" or self._kb.agents[hit.ids[0]].type == "Government" for hit in inside)
        )


def _is_amount(text: str) -> bool:
    # The tokeniser joins the words of an amount into one token, which alone of tokens holds a space.
    return any(c.isdigit() for c in text) and (" " in text or any(c in "€$£¥₹" for c in text))
