"""What the review has its workers do: list what is to be judged, and write what was decided."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.judge import FILE_NAME
from kg.judge.written import read_value
from kg.kb import load_knowledge_base
from kg.review import ClaimQuestion, Profile, Proposal, list_questions, propose_pairs, read_profiles
from kg.review.decisions import DecisionFile, judge_agents, judge_claim, list_values
from kg.serve.work import Output, Refused, Reply

if TYPE_CHECKING:
    from kg.serve.worker import OpenStore

SHOWN = 10
CLAIM_ANSWERS = ("accepted", "rejected", "corrected", "undecided")
AGENT_ANSWERS = ("same", "different", "undecided")
_MOST_WORDS = 1_000  # of a quote that is shown, in characters on each side


def list_claims(opened: OpenStore, output: Output, *, skip: int) -> Reply:
    """List claims that nobody has judged, those of the least confidence first; so many are passed over."""
    decided = _open_file(opened, by="nobody")
    questions = islice(list_questions(opened.store, decided.judgements), skip, skip + SHOWN + 1)
    return _write(output, [_describe_claim(question) for question in questions])


def _describe_claim(question: ClaimQuestion) -> dict[str, Any]:
    claim, document, evidence = question.claim, question.document, question.claim.evidence
    start = evidence.trigger.start - evidence.start
    end = start + len(evidence.trigger.text)
    return {
        "claim": claim.id,
        "confidence": claim.confidence,
        "values": list_values(claim),
        "before": evidence.quote[:start][-_MOST_WORDS:],
        "trigger": evidence.trigger.text,
        "after": evidence.quote[end:][:_MOST_WORDS],
        "document": document.id,
        "title": document.title or document.id,
        "published": document.published.iso if document.published else "",
        "url": document.url if (document.url or "").startswith(("http://", "https://")) else "",
    }


def list_agents(opened: OpenStore, output: Output, *, skip: int) -> Reply:
    """List pairs of agents that may be one and that nobody has judged, the likeliest first."""
    tell = _open_file(opened, by="nobody").judgements.identity.tell_verdict
    unjudged = (pair for pair in _propose(opened) if tell(pair.first.id, pair.second.id) is None)
    return _write(output, [_describe_pair(pair) for pair in islice(unjudged, skip, skip + SHOWN + 1)])


def _propose(opened: OpenStore) -> Sequence[Proposal]:
    store = opened.store
    found = opened.remembered.get("proposals")
    if found is None:
        pairs = propose_pairs(read_profiles(store), load_knowledge_base(), lambda *_: None)
        found = opened.remember("proposals", pairs)
    return found


def _describe_pair(proposal: Proposal) -> dict[str, Any]:
    pair = (proposal.first, proposal.second)
    return {"score": proposal.score, "signs": proposal.signs, "agents": [_describe_profile(one) for one in pair]}


def _describe_profile(profile: Profile) -> dict[str, Any]:
    return {
        "id": profile.id,
        "name": profile.name,
        "type": profile.type,
        "known": profile.known,
        "countries": sorted(profile.countries),
        "names": profile.names[1:4],
        "mentions": profile.mentions,
        "documents": len(profile.documents),
        "quote": profile.quote[:_MOST_WORDS],
    }


def decide_claim(
    opened: OpenStore, output: Output, *, claim: str, answer: str, written: Mapping[str, str], by: str, why: str
) -> Reply:
    """Write what somebody decided of a claim.

    Raises
    ------
    Refused
        If there is no such claim or answer, or nothing is corrected.
    """
    _require_answer(answer, CLAIM_ANSWERS)
    decided = _open_file(opened, by=by)
    question = next(list_questions(opened.store, decided.judgements, again=True, only={claim}), None)
    if question is None:
        raise Refused(404, f"no claim has the id {claim[:100]!r}, or it was judged otherwise meanwhile")
    correction = _read_correction(question, written, decided) if answer == "corrected" else {}
    if answer == "corrected" and not correction:
        raise Refused(400, "nothing is corrected: change what is wrong")
    decided.add([judge_claim(question, answer, decided.sign(why), correction, decided.kb)])
    return _write(output, {})


def _read_correction(question: ClaimQuestion, written: Mapping[str, str], decided: DecisionFile) -> dict[str, Any]:
    correction: dict[str, Any] = {}
    for name, former in list_values(question.claim).items():
        value = written.get(name, "").strip()
        if value and value != former:
            correction |= read_value(name, value, kb=decided.kb)
    return correction


def decide_agents(opened: OpenStore, output: Output, *, agents: Sequence[str], answer: str, by: str, why: str) -> Reply:
    """Write what somebody decided of two agents.

    Raises
    ------
    Refused
        If there is no such agent or answer.
    """
    _require_answer(answer, AGENT_ANSWERS)
    pairs = (pair for pair in _propose(opened) if [pair.first.id, pair.second.id] == list(agents))
    proposal = next(pairs, None)
    if proposal is None:
        raise Refused(404, f"the agents {', '.join(agents)[:200]} are not proposed as one")
    decided = _open_file(opened, by=by)
    reason = why or f"proposed with {proposal.score:.2f}: {'; '.join(proposal.signs)}"
    decided.add([judge_agents(proposal.first, proposal.second, answer, decided.sign(reason))])
    return _write(output, {})


def _require_answer(answer: str, allowed: Sequence[str]) -> None:
    if answer not in allowed:
        raise Refused(400, f"answer {answer[:40]!r}: want one of {', '.join(allowed)}")


def _open_file(opened: OpenStore, *, by: str) -> DecisionFile:
    settings = opened.settings
    file = Path(settings.judgements) if settings.judgements else Path(settings.store) / FILE_NAME
    return DecisionFile(file, load_knowledge_base(), by=by)


def _write(output: Output, content: object) -> Reply:
    output.write(json.dumps(content).encode("ascii"))
    return Reply(200, "application/json", None)
