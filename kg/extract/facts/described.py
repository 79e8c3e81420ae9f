"""Whom a description of an organisation stands for: "Acme, a Berlin startup", "Acme, Beta and other US companies"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.clauses import find_subjects
from kg.extract.facts.agents import agent_of
from kg.extract.facts.scene import Scene
from kg.extract.lists import expand_list
from kg.model.mention import Mention

SEATED = frozenset(["Platform", "Company", "CivilSociety", "Media", "Regulator", "Court", "Group", "ArmedGroup"])
_GROUPING = frozenset({"as", "including", "like"})


def find_described(scene: Scene, noun: Token) -> Iterator[Mention]:
    """Whom a description stands for: by apposition, copula, a list of examples or coreference."""
    doc = scene.doc
    found: list[Mention | None] = []
    if noun.dep_ == "appos":
        found.append(scene.name_of(noun.head, SEATED))
    found += [scene.name_of(child, SEATED) for child in noun.children if child.dep_ == "appos"]
    if noun.dep_ == "attr":
        found += [scene.organisation_of(subject, SEATED) for subject, _ in find_subjects(noun.head)]
    if not any(found) and noun.left_edge.i >= 2 and doc[noun.left_edge.i - 1].text in {",", "("}:
        found.append(scene.name_of(noun.left_edge.i - 2, SEATED))
    if not any(found):
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ in _GROUPING:
                found += [scene.name_of(t, SEATED) for c in child.subtree if c.dep_ == "pobj" for t in expand_list(c)]
    if not any(found):
        found += _list_others(scene, noun)
    if not any(found):
        found.append(scene.organisation_of(noun, SEATED))
    seen: set[str] = set()
    for mention in found:
        if mention is not None and agent_of(mention).id not in seen:
            seen.add(agent_of(mention).id)
            yield mention


def list_joined(scene: Scene, mention: Mention) -> Iterator[Mention]:
    """A mention, and the names that a list joins to it."""
    doc = scene.doc
    yield mention
    index = mention.last
    while index < len(doc) and (doc[index].text == "," or doc[index].lower_ == "and"):
        index += 1
        while index < len(doc) and doc[index].lower_ in {"and", "even", "or", "also"}:
            index += 1
        other = scene.name_of(index, SEATED)
        if other is None or other.kind != "name" or other.last < len(doc) and doc[other.last].text in {"'s", "’s"}:
            return
        yield other
        index = other.last


def _list_others(scene: Scene, noun: Token) -> Iterator[Mention]:
    """The names before "and other US companies"."""
    doc = scene.doc
    index = noun.i - 1
    while index > noun.sent.start and noun.i - index < 5 and doc[index].lower_ != "other":
        index -= 1
    if doc[index].lower_ != "other":
        return
    index -= 1
    while index >= noun.sent.start and (
        doc[index].text == "," or doc[index].lower_ in {"and", "or"} or scene.name_of(index, SEATED)
    ):
        mention = scene.name_of(index, SEATED)
        if mention is not None:
            yield mention
            index = mention.first
        index -= 1
