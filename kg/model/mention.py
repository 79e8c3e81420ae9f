"""A span of a document that names or refers to an agent."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.claim import AgentRef, Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that stands for an agent, and the chain of mentions that leads to the agent's name.

    ``first``, ``last`` and ``head`` are token indexes (``last`` is exclusive); ``kind`` is how the span refers:
    ``name``, ``metonym``, ``adjective``, ``description``, ``group``, ``pronoun``. ``type`` is the type that the words
    themselves have ("the Turkish court" is a Court, though the agent that stands for it is Turkey).
    """

    span: Span
    first: int
    last: int
    head: int
    kind: str
    type: str
    agent: AgentRef | None
    antecedent: Mention | None = None
    plural: bool = False

    @property
    def chain(self) -> tuple[Span, ...]:
        """The mention's span, then those of its antecedents down to the name."""
        spans, mention = [self.span], self.antecedent
        while mention is not None and len(spans) < 6:
            spans.append(mention.span)
            mention = mention.antecedent
        return tuple(spans)
