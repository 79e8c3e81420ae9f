"""Read documents: from text to claims and facts, each with its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc

from kg.extract.attribution import find_speaker
from kg.extract.candidates import Candidate, CandidateFinder
from kg.extract.charges import ChargeFinder
from kg.extract.choice import choose_tellings, find_ids
from kg.extract.confidence import ConfidenceModel, load_confidence_model
from kg.extract.date_evidence import Telling
from kg.extract.dating import Dates
from kg.extract.facts import FactFinder, FoundFact
from kg.extract.features import describe_candidate, is_own_whole, is_within_one_house
from kg.extract.penalties import Amounts
from kg.kb import KnowledgeBase
from kg.kb.lexicon import load_lexicon
from kg.model import AgentRef, Claim, Document, Evidence, Fact, Money, PartialDate, Reading, Span
from kg.model.ids import make_digest
from kg.model.mention import Mention


class ClaimReader:
    """Turn an annotated text into the claims and facts that its document makes."""

    def __init__(self, kb: KnowledgeBase, model: ConfidenceModel | None = None) -> None:
        lexicon = load_lexicon()
        self._kb = kb
        self._candidates = CandidateFinder(lexicon)
        self._charges = ChargeFinder(kb, lexicon)
        self._facts = FactFinder(lexicon, kb)
        self._model = model or load_confidence_model()

    def read(self, document: Document, doc: Doc, mentions: dict[int, Mention]) -> Reading:
        """Read one document.

        Parameters
        ----------
        document
            The document; ``doc.text`` is its text.
        doc, mentions
            Its parse and its mentions by head token.
        """
        charges, amounts, dates = self._charges.read(doc), Amounts(doc, mentions), Dates(doc, document.published)
        scored = list(_raise_refusals(self._score(doc, mentions)))
        sure = [(confidence, candidate) for confidence, candidate in scored if confidence >= self._model.threshold]
        chosen = choose_tellings(sure, partial(_find_sum, amounts))
        claims: dict[str, Claim] = {}
        for confidence, candidate, told in chosen:
            assert candidate.actor is not None and candidate.target is not None
            trigger, light = candidate.trigger, candidate.light_verb
            evidence = _make_evidence(document, doc, candidate)
            actor, target = candidate.actor.mention.agent, candidate.target.mention.agent
            assert actor is not None and target is not None
            unlike = _find_unlike(candidate, scored, amounts)
            claim = Claim(
                id=make_digest(
                    document.id, str(evidence.trigger.start), candidate.action, actor.id, target.id, candidate.status
                ),
                action=candidate.action,
                actor=actor,
                target=target,
                status=candidate.status,
                evidence=evidence,
                confidence=confidence,
                rule=f"{candidate.frame}|{candidate.actor.how}|{candidate.target.how}",
                charges=charges.charges_of(trigger, candidate.action, light, (actor, target)),
                laws=charges.laws_of(trigger),
                money=_find_sum(amounts, candidate) or told,
                date=dates.date_of(
                    trigger,
                    candidate.status,
                    light,
                    candidate.action,
                    _find_tellings(candidate, scored, unlike),
                    [word for other in unlike for word in (other.trigger, other.light_verb) if word is not None],
                ),
                speaker=find_speaker(trigger, mentions),
                published=document.published,
            )
            claims.setdefault(claim.id, claim)
        ordered = tuple(
            sorted(_share_dates(claims.values()), key=lambda claim: (claim.evidence.trigger.start, claim.id))
        )
        facts = tuple(_make_fact(document, doc, found) for found in self._facts.find(doc, mentions))
        return Reading(document.id, ordered, tuple(sorted(facts, key=lambda fact: (fact.start, fact.id))))

    def _score(self, doc: Doc, mentions: dict[int, Mention]) -> list[tuple[float, Candidate]]:
        """Keep the surest reading of each trigger and pair."""
        best: dict[tuple[int, str, str], tuple[float, Candidate]] = {}
        for candidate in self._candidates.find(doc, mentions):
            if candidate.actor is None or candidate.target is None:
                continue
            if is_within_one_house(candidate, self._kb.agents) or is_own_whole(candidate):
                continue
            actor, target = candidate.actor.mention.agent, candidate.target.mention.agent
            assert actor is not None and target is not None
            confidence = self._model.estimate(describe_candidate(candidate, self._kb.agents))
            key = (candidate.trigger.i, actor.id, target.id)
            if key not in best or best[key][0] < confidence:
                best[key] = (confidence, candidate)
        return list(best.values())


def _raise_refusals(scored: list[tuple[float, Candidate]]) -> Iterator[tuple[float, Candidate]]:
    """Make a refusal as sure as the request that it refuses: "rejected its demand" tells both or neither."""
    asked: dict[tuple[int, str, str], float] = {}
    for confidence, candidate in scored:
        noun = candidate.trigger
        if candidate.action == "request" and noun.pos_ == "NOUN" and noun.dep_ in {"dobj", "nsubjpass"}:
            asker, asked_one = find_ids(candidate)
            asked[noun.head.i, asked_one, asker] = confidence
    for confidence, candidate in scored:
        if candidate.action in {"refuse", "deny"}:
            confidence = max(confidence, asked.get((candidate.trigger.i, *find_ids(candidate)), 0.0))
        yield confidence, candidate


def _share_dates(claims: Collection[Claim]) -> Iterator[Claim]:
    """Let what a body did to somebody in one breath have one date ("in May it fined Acme and ordered it to stop")."""
    dated: dict[tuple[str, str, int, int], set[PartialDate]] = {}
    for claim in claims:
        # On the day that a ban was lifted it was not imposed.
        if claim.date is not None and claim.status == "actual" and claim.action != "release":
            dated.setdefault(_locate(claim), set()).add(claim.date)
    for claim in claims:
        dates = dated.get(_locate(claim), set()) if claim.date is None and claim.status == "actual" else set()
        yield replace(claim, date=next(iter(dates))) if len(dates) == 1 else claim


def _locate(claim: Claim) -> tuple[str, str, int, int]:
    return claim.actor.id, claim.target.id, claim.evidence.start, claim.evidence.end


def _find_sum(amounts: Amounts, candidate: Candidate) -> Money | None:
    assert candidate.actor is not None and candidate.target is not None
    return amounts.amount_of(
        candidate.trigger,
        candidate.action,
        candidate.light_verb,
        status=candidate.status,
        actor=candidate.actor.mention.agent,
        target=candidate.target.mention,
    )


def _find_tellings(
    candidate: Candidate, scored: list[tuple[float, Candidate]], unlike: list[Candidate]
) -> list[Telling]:
    """Find what else in the text may tell the same type of action against the same target."""
    actor_id, target_id = find_ids(candidate)
    return [
        Telling(other.trigger, other.light_verb, find_ids(other)[0] == actor_id)
        for _, other in scored
        if other.action == candidate.action and find_ids(other)[1] == target_id and other is not candidate
        if other not in unlike
    ]


def _find_unlike(candidate: Candidate, scored: list[tuple[float, Candidate]], amounts: Amounts) -> list[Candidate]:
    """Find the party's fines of other sums: their dates are their own ("in 2023 the same body fined Acme 3m")."""
    money = _find_sum(amounts, candidate) if candidate.action == "fine" else None
    if money is None:
        return []
    target_id = find_ids(candidate)[1]
    others = (
        other
        for _, other in scored
        if other.action == "fine" and other.trigger != candidate.trigger and find_ids(other)[1] == target_id
    )
    fines = ((other, _find_sum(amounts, other)) for other in others)
    return [other for other, its in fines if its is not None and its != money]


def _span(doc: Doc, first: int, last: int) -> Span:
    words = doc[first:last]
    return Span(words.start_char, words.end_char, words.text)


def _make_evidence(document: Document, doc: Doc, candidate: Candidate) -> Evidence:
    """Quote the sentences from the first to the last of trigger, actor and target."""
    assert candidate.actor is not None and candidate.target is not None
    trigger = candidate.trigger
    actor, target = candidate.actor.mention, candidate.target.mention
    tokens = [doc[i] for i in (trigger.i, actor.first, actor.last - 1, target.first, target.last - 1)]
    first = min(token.sent.start for token in tokens)
    last = max(token.sent.end for token in tokens)
    while first < trigger.i and doc[first].is_space:
        first += 1
    while last - 1 > trigger.i and doc[last - 1].is_space:
        last -= 1
    quote = _span(doc, first, last)
    return Evidence(
        document.id, quote.start, quote.end, quote.text, _span(doc, trigger.i, trigger.i + 1), actor.chain, target.chain
    )


def _make_fact(document: Document, doc: Doc, found: FoundFact) -> Fact:
    first, last = doc[found.tokens[0]].sent.start, doc[found.tokens[1] - 1].sent.end
    while first < last - 1 and doc[first].is_space:
        first += 1
    while last - 1 > first and doc[last - 1].is_space:
        last -= 1
    quote = _span(doc, first, last)
    object_: AgentRef | None = found.object
    key = (document.id, found.relation, found.subject.id, object_.id if object_ else "", found.value or "")
    return Fact(
        make_digest(*key),
        found.relation,
        found.subject,
        object_,
        found.value,
        document.id,
        quote.start,
        quote.end,
        quote.text,
        found.confidence,
    )
