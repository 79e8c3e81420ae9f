"""The misses, wrong edges and hits of a document, each with the sentence that it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.evaluate.gold import GoldDocument, GoldEvent
from kg.evaluate.matching import match_edges
from kg.evaluate.predictions import PredictedEvent, Prediction
from kg.evaluate.sentences import find_sentence, split_sentences
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """One edge of a report: what the gold or the extraction says, and the sentence it rests on."""

    kind: str  # "missed", "wrong" or "hit"
    edge: GoldEvent | PredictedEvent
    sentence: Span | None
    note: str = ""

    @property
    def actor(self) -> str:
        """The actor, of alternatives the best."""
        return name_party(self.edge.actor)

    @property
    def target(self) -> str:
        """The target, of alternatives the best."""
        return name_party(self.edge.target)

    @property
    def details(self) -> str:
        """Amount, date, charges and law, as far as they are stated."""
        edge = self.edge
        amount = "" if edge.amount is None else f"{edge.amount:,.0f} {edge.currency or ''}".strip()
        return " · ".join(filter(None, (amount, edge.date, ", ".join(edge.charges), ", ".join(edge.law))))


def name_party(party: tuple[str, ...] | str | None) -> str:
    """Name a party: of alternatives the best, nothing where there is none."""
    return (party[0] if party else "") if isinstance(party, tuple) else party or ""


def list_findings(gold: GoldDocument, prediction: Prediction, text: str) -> Iterator[Finding]:
    """Yield the misses of one document, then its wrong edges, then its hits, each with its sentence."""
    edges = prediction.edges
    matching = match_edges(gold, edges, "edge")
    # What reads the same parties with another action of the group, or another status, is the likeliest cause.
    pairs = match_edges(gold, edges, "pair").hits
    read_as = {index: edges[edge] for index, edge in pairs}
    meant_as = {edge: gold.events[index] for index, edge in pairs}
    for index in matching.missed:
        event, near = gold.events[index], read_as.get(index)
        note = f"read as {near.action}, {near.status}" if near else ""
        yield Finding("missed", event, find_sentence(gold, event, text), note)
    for edge in matching.wrong:
        expected = meant_as.get(edge)
        note = f"the gold has {expected.action}, {expected.status}" if expected else ""
        yield Finding("wrong", edges[edge], _locate_quote(edges[edge], text), note)
    for _, edge in matching.hits:
        yield Finding("hit", edges[edge], _locate_quote(edges[edge], text))


def _locate_quote(edge: PredictedEvent, text: str) -> Span | None:
    """Find the sentences that a prediction quotes; its quote alone where the text does not hold it."""
    start = edge.start if isinstance(edge.start, int) else -1
    end = edge.end if isinstance(edge.end, int) else -1
    if not 0 <= start < end <= len(text):
        start = text.find(edge.quote) if edge.quote else -1
        end = start + len(edge.quote or "")
    if start < 0:
        return Span(0, len(edge.quote), edge.quote) if edge.quote else None
    around = [sentence for sentence in split_sentences(text) if sentence.start < end and start < sentence.end]
    if not around:
        return Span(start, end, text[start:end])
    return Span(around[0].start, around[-1].end, text[around[0].start : around[-1].end])
