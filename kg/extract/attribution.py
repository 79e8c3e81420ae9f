"""Who says so: the speaker that a claim is attributed to."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import find_subjects
from kg.kb.lexicon import load_words
from kg.model import AgentRef
from kg.model.mention import Mention


def find_speaker(trigger: Token, mentions: dict[int, Mention]) -> AgentRef | None:
    """Find who says what a trigger tells: the subject of the verb of saying above it, or who follows *according to*."""
    saying = load_words("speech")
    token = trigger
    for _ in range(10):
        head = token.head
        if head.i == token.i:
            break
        if token.dep_ in {"ccomp", "xcomp", "parataxis"} and head.lemma_.lower() in saying:
            for subject, _ in find_subjects(head):
                mention = mentions.get(subject.i)
                if mention is not None and mention.agent is not None:
                    return mention.agent
            return None
        token = head
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "according":
            for word in child.subtree:
                mention = mentions.get(word.i)
                if word.dep_ == "pobj" and mention is not None and mention.agent is not None:
                    return mention.agent
        elif child.dep_ in {"parataxis", "ccomp"} and child.lemma_.lower() in saying and token.dep_ == "ROOT":
            for subject, _ in find_subjects(child):
                mention = mentions.get(subject.i)
                if mention is not None and mention.agent is not None:
                    return mention.agent
    return None
