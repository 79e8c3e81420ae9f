"""Read documents: from text to claims and facts, each with its evidence."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.extract.attribution import find_speaker
from kg.extract.candidates import Candidate, CandidateFinder
from kg.extract.charges import ChargeFinder
from kg.extract.confidence import ConfidenceModel, load_confidence_model
from kg.extract.date_evidence import Telling
from kg.extract.dating import Dates
from kg.extract.facts import FactFinder, FoundFact
from kg.extract.features import classify_grammar, describe_candidate, is_own_whole, is_within_one_house
from kg.extract.organs import find_doubled
from kg.extract.parties import Party
from kg.extract.penalties import Amounts
from kg.kb import KnowledgeBase
from kg.kb.lexicon import load_lexicon
from kg.model import AgentRef, Claim, Document, Evidence, Fact, Reading, Span
from kg.model.ids import make_digest
from kg.model.mention import Mention

_STRENGTH = {"implied": 0, "place": 1}  # how a party was found; any grammatical tie is stronger
_CONTRADICTING = 0.51  # a second status for the same action needs to be surer than the threshold


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
        scored = self._score(doc, mentions)
        chosen = self._choose(scored)
        charges, amounts, dates = self._charges.read(doc), Amounts(doc, mentions), Dates(doc, document.published)
        claims: dict[str, Claim] = {}
        for confidence, candidate in chosen:
            assert candidate.actor is not None and candidate.target is not None
            trigger, light = candidate.trigger, candidate.light_verb
            evidence = _make_evidence(document, doc, candidate)
            actor, target = candidate.actor.mention.agent, candidate.target.mention.agent
            assert actor is not None and target is not None
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
                money=amounts.amount_of(
                    trigger,
                    candidate.action,
                    light,
                    status=candidate.status,
                    actor=actor,
                    target=candidate.target.mention,
                ),
                date=dates.date_of(
                    trigger, candidate.status, light, candidate.action, _find_tellings(candidate, scored)
                ),
                speaker=find_speaker(trigger, mentions),
                published=document.published,
            )
            claims.setdefault(claim.id, claim)
        ordered = tuple(sorted(claims.values(), key=lambda claim: (claim.evidence.trigger.start, claim.id)))
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

    def _choose(self, scored: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
        """Keep the surest telling of each action."""
        sure = [(confidence, candidate) for confidence, candidate in scored if confidence >= self._model.threshold]
        told: dict[tuple[str, str, str, str], tuple[float, Candidate]] = {}
        for confidence, candidate in _drop_weaker_guesses(sure):
            actor_id, target_id = _ids(candidate)
            telling = (candidate.action, actor_id, target_id, candidate.status)
            if telling not in told or told[telling][0] < confidence:
                told[telling] = (confidence, candidate)
        for telling in list(find_doubled(told.keys(), _index_agents(sure))):
            del told[telling]
        surest: dict[tuple[str, str, str], float] = {}
        for (action, actor_id, target_id, _), (confidence, _candidate) in told.items():
            pair = (action, actor_id, target_id)
            surest[pair] = max(surest.get(pair, 0.0), confidence)
        return [
            (confidence, candidate)
            for (action, actor_id, target_id, _), (confidence, candidate) in told.items()
            if confidence == surest[action, actor_id, target_id] or confidence >= _CONTRADICTING
        ]


def _index_agents(scored: list[tuple[float, Candidate]]) -> dict[str, AgentRef]:
    parties = [party for _, candidate in scored for party in (candidate.actor, candidate.target)]
    found = [party.mention.agent for party in parties if party is not None]
    return {agent.id: agent for agent in found if agent is not None}


def _find_tellings(candidate: Candidate, scored: list[tuple[float, Candidate]]) -> list[Telling]:
    """Find what else in the text may tell the same type of action against the same target."""
    actor_id, target_id = _ids(candidate)
    return [
        Telling(other.trigger, other.light_verb, _ids(other)[0] == actor_id)
        for _, other in scored
        if other.action == candidate.action and _ids(other)[1] == target_id and other is not candidate
    ]


def _ids(candidate: Candidate) -> tuple[str, str]:
    assert candidate.actor is not None and candidate.target is not None
    actor, target = candidate.actor.mention.agent, candidate.target.mention.agent
    assert actor is not None and target is not None
    return actor.id, target.id


def _drop_weaker_guesses(sure: list[tuple[float, Candidate]]) -> list[tuple[float, Candidate]]:
    """Leave out a party that was only guessed where the text tells the same action, surer, with another.

    "His arrest" in an article on an arrest by France is that arrest, whatever country was named last.
    """
    best: dict[tuple[str, str, str], tuple[int, float, str]] = {}
    for confidence, candidate in sure:
        for key, party, other in _sides(candidate):
            rank = (_STRENGTH.get(classify_grammar(party), 2), confidence, other)
            if key not in best or best[key] < rank:
                best[key] = rank
    return [
        (confidence, candidate)
        for confidence, candidate in sure
        if all(classify_grammar(party) != "implied" or best[key][2] == other for key, party, other in _sides(candidate))
    ]


def _sides(candidate: Candidate) -> tuple[tuple[tuple[str, str, str], Party, str], ...]:
    """Each party of a candidate, with what else is told of the action and the party's id."""
    assert candidate.actor is not None and candidate.target is not None
    actor_id, target_id = _ids(candidate)
    return (
        ((candidate.action, "target", target_id), candidate.actor, actor_id),
        ((candidate.action, "actor", actor_id), candidate.target, target_id),
    )


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
