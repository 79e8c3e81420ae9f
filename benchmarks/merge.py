"""Measure how well the reports of several documents are merged into actions, given gold claims and extracted ones.

    python benchmarks/merge.py                          # the sets beside the repository and our own
    python benchmarks/merge.py --wrong                  # also the pairs that were merged or kept apart wrongly
    python benchmarks/merge.py GOLD TEXTS               # a folder of gold with keys, and its texts

Gold events with the same ``key`` are one action; in our own corpus an event without a key is told by one document
alone (and is one of its own), in other sets it is left out. Given gold claims, each gold event is a claim of its best
actor and target; given extracted ones, a gold event is paired with an event that was read, of the same action and
parties (as ``merge.py`` of the shared gold does it). Over those with a key: precision and recall of the pairs that are
held to be one action, and B-cubed (Bagga and Baldwin 1998), where leaving every report apart is right for most.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from pathlib import Path

from kg.evaluate import GoldDocument, load_gold
from kg.evaluate.gold import GoldEvent
from kg.evaluate.matching import find_agreement
from kg.evaluate.predictions import PredictedEvent
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import Action, AgentRef, Claim, Document, Evidence, Money, PartialDate, Reading, Span
from kg.model.ids import make_agent_id, make_digest
from kg.pipeline.read import read_claims
from kg.resolve import resolve_claims
from kg.resources import find_data
from kg.sources import CopyGrouper

OWN = "own corpus"
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@dataclass(frozen=True, slots=True)
class Told:
    """One report of a keyed action: which it is, and which it was held to be."""

    key: str
    action_id: str
    words: str


def main() -> None:
    """Print a line of scores for each set and way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", type=Path, help="a folder of gold documents with keys")
    parser.add_argument("texts", nargs="?", type=Path, help="their texts")
    parser.add_argument("--wrong", action="store_true", help="list the pairs that are wrong")
    parser.add_argument("--gold-only", action="store_true", help="do not read the texts")
    arguments = parser.parse_args()
    for name, gold_path, texts in list_sets(arguments.gold, arguments.texts):
        golds = load_gold(gold_path)
        if name == OWN:
            golds = {id: give_keys(gold) for id, gold in golds.items()}
        ways = [("gold claims", lambda golds=golds: merge_gold(golds))]
        if not arguments.gold_only and texts is not None:
            ways.append(("extracted", lambda golds=golds, texts=texts: merge_extracted(golds, texts)))
        for way, merge in ways:
            told = merge()
            print(f"{name}, {way}: {format_scores(told)}")
            if arguments.wrong:
                for line in list_wrong(told):
                    print(f"  {line}")


def list_sets(gold: Path | None, texts: Path | None) -> Iterator[tuple[str, Path, Path | None]]:
    """List name, gold and texts of the sets to measure."""
    if gold is not None:
        yield str(gold), gold, texts
        return
    if (SHARED / "gold").is_dir():
        yield "shared dev articles", SHARED / "gold/dev/articles", SHARED / "corpus/dev/articles/docs.jsonl"
    yield OWN, find_data() / "gold" / "corpus", find_data() / "corpus"


def give_keys(gold: GoldDocument) -> GoldDocument:
    """Give each event without a key one of its own."""
    events = (replace(event, key=event.key or f"{gold.id}-{number}") for number, event in enumerate(gold.events))
    return replace(gold, events=tuple(events))


def merge_gold(golds: dict[str, GoldDocument]) -> list[Told]:
    """Resolve the claims that the gold would have us read."""
    kb = load_knowledge_base()
    keyed: list[tuple[str, Claim]] = []
    claims: list[Claim] = []
    for gold in golds.values():
        for number, event in enumerate(gold.events):
            if event.is_edge:
                claims.append(claim := make_claim(gold, event, number, kb))
                if event.key:
                    keyed.append((event.key, claim))
    action_of = index_claims(resolve_claims(claims))
    return [Told(key, action_of[claim.id].id, describe_claim(claim)) for key, claim in keyed]


def merge_extracted(golds: dict[str, GoldDocument], texts: Path) -> list[Told]:
    """Resolve the claims that are read from the texts, and pair them with the gold's."""
    read = list(read_claims([str(texts)], model=None, processes=1, columns=None, progress=None, refuse=None))
    return pair_claims(golds, read)


def pair_claims(golds: dict[str, GoldDocument], read: Sequence[tuple[Document, Reading]]) -> list[Told]:
    """Resolve the claims of readings, and pair each keyed gold event with one of them at most."""
    copies = CopyGrouper()
    for document, _ in read:
        copies.add(document)
    action_of = index_claims(resolve_claims([c for _, reading in read for c in reading.claims], copies.groups()))
    told = []
    for document, reading in sorted(read, key=lambda pair: pair[0].id):
        if document.id not in golds:
            continue
        for event, claim in pair_events(golds[document.id], reading.claims):
            told.append(Told(event.key or "", action_of[claim.id].id, describe_claim(claim)))
    return told


def pair_events(gold: GoldDocument, claims: Sequence[Claim]) -> Iterator[tuple[GoldEvent, Claim]]:
    """Pair keyed gold events with claims one to one, the pair of most agreement first.

    An event that was not read has no claim: one that tells another sum is of another event.
    """
    edges = [make_edge(claim) for claim in claims]
    fits = [
        ((edge.amount == event.amount) + (edge.date == event.date) + (edge.status == event.status), -number, -index)
        for number, event in enumerate(gold.events)
        for index, edge in enumerate(edges)
        if event.key and event.is_edge and "typed" in find_agreement(gold, event, edge) and is_told(event, edge)
    ]
    paired: dict[int, int] = {}
    for _, number, index in sorted(fits, reverse=True):
        if -number not in paired and -index not in paired.values():
            paired[-number] = -index
    for number, index in sorted(paired.items()):
        yield gold.events[number], claims[index]


def is_told(event: GoldEvent, edge: PredictedEvent) -> bool:
    """Whether an edge tells no other sum than the event, but for rounding, and none where that has none."""
    if not edge.amount or (event.amount and event.currency != edge.currency):
        return True
    if not event.amount:
        return False
    return abs(event.amount - edge.amount) <= 0.05 * max(event.amount, edge.amount)


def make_edge(claim: Claim) -> PredictedEvent:
    """Describe a claim as scorers see it."""
    evidence = claim.evidence
    return PredictedEvent(
        claim.action,
        claim.actor.name,
        claim.target.name,
        claim.status,
        amount=float(claim.money.amount) if claim.money else None,
        currency=claim.money.currency if claim.money else None,
        date=claim.date.iso if claim.date else None,
        actor_mention=evidence.actor_chain[-1].text if evidence.actor_chain else None,
        target_mention=evidence.target_chain[-1].text if evidence.target_chain else None,
    )


def make_claim(gold: GoldDocument, event: GoldEvent, number: int, kb: KnowledgeBase) -> Claim:
    """Make the claim that a perfect reader would take from a gold event; its quote is empty."""
    trigger = Span(0, 0, event.trigger or "")
    return Claim(
        id=make_digest(gold.id, str(number)),
        action=event.action,
        actor=link_name(gold, event.actor, kb),
        target=link_name(gold, event.target, kb),
        status=event.status,
        evidence=Evidence(gold.id, 0, 0, "", trigger, (), ()),
        confidence=0.9,
        rule="gold",
        charges=event.charges,
        laws=event.law,
        money=Money(Decimal(str(event.amount)), event.currency) if event.amount and event.currency else None,
        date=PartialDate(event.date) if event.date else None,
        published=PartialDate(gold.published) if gold.published else None,
    )


def link_name(gold: GoldDocument, names: Sequence[str], kb: KnowledgeBase) -> AgentRef:
    """Link a party to the knowledge base by alias and type.

    Of its names that are known there the first counts, a state only if it is the best of all. Else the best name makes
    a new agent, one for all documents, as reviewers would have it, of the country of the state among the names.
    """
    country = None
    for name in names:
        ids = kb.aliases.get(name, ())
        kind = next((entity.type for entity in gold.entities if entity.name == name), None)
        known = kb.agents[next((id for id in ids if kb.agents[id].type == kind), ids[0])] if ids else None
        if known and (name == names[0] or known.type not in ("Government", "Supranational")):
            return kb.refer_to(known.id)
        country = country or (known.country if known else None)
    kind = next((entity.type for entity in gold.entities if entity.name == names[0]), "Group")
    return AgentRef(make_agent_id(names[0], "new"), names[0], kind, country)


def index_claims(actions: Iterable[Action]) -> dict[str, Action]:
    """Map the id of each claim to its action."""
    return {claim_id: action for action in actions for claim_id in action.claim_ids}


def describe_claim(claim: Claim) -> str:
    """Name a claim in a line."""
    money = f" {claim.money.amount:,} {claim.money.currency}" if claim.money else ""
    parts = (claim.document_id[:30], claim.published, claim.actor.id, claim.action, claim.status, claim.target.id)
    return " ".join(map(str, parts)) + money + (f" on {claim.date}" if claim.date else "")


def format_scores(told: Sequence[Told]) -> str:
    """Score what is held to be one against what is."""
    hits = said = expected = 0
    for one, other in combinations(told, 2):
        hits += one.key == other.key and one.action_id == other.action_id
        said += one.action_id == other.action_id
        expected += one.key == other.key
    precision = recall = 0.0
    for one in told:
        together = [other for other in told if other.action_id == one.action_id]
        truly = [other for other in told if other.key == one.key]
        both = sum(other.key == one.key for other in together)
        precision += both / len(together) / len(told)
        recall += both / len(truly) / len(told)
    f1 = 2 * precision * recall / (precision + recall) if told else 0.0
    return (
        f"{len(told)} reports, pairwise P {_ratio(hits, said)} R {_ratio(hits, expected)} "
        f"({hits} of {expected} pairs found, {said} said), B3 P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    )


def list_wrong(told: Sequence[Told]) -> Iterator[str]:
    """List the pairs that were merged or kept apart wrongly."""
    for one, other in combinations(told, 2):
        if (one.key == other.key) != (one.action_id == other.action_id):
            keys = f"apart   {one.key}" if one.key == other.key else f"merged  {one.key} and {other.key}"
            yield f"{keys} | {one.words} | {other.words}"


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
