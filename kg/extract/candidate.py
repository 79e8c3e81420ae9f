"""What the reading of a text proposes: a claim that it may make, and the parties of that claim."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.model.mention import Mention


@dataclass(frozen=True, slots=True)
class Party:
    """A mention that fills a role, and how the grammar led to it."""

    mention: Mention
    how: str

    def is_one_of(self, types: frozenset[str]) -> bool:
        """Tell whether the agent or the words for it are of one of these types; if none is given, any will do."""
        if not types:
            return True
        agent = self.mention.agent
        return self.mention.type in types or (agent is not None and agent.type in types)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that the text may make, before its confidence is known."""

    trigger: Token
    light_verb: Token | None
    action: str
    frame: str
    actor: Party | None
    target: Party | None
    status: str
    cues: tuple[str, ...]
    hints: tuple[str, ...] = ()
