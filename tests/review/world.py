"""A store of a few reports, made by the real encoders: agents under several names, a claim that is hardly certain."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kg.judge import Judgements
from kg.kb import KnowledgeBase, load_knowledge_base
from kg.model import AgentRef, Document, Evidence, Fact, Reading, Span
from kg.model.ids import make_digest
from kg.rdf import (
    LocalStore,
    StoreWriter,
    encode_actions,
    encode_agents,
    encode_document,
    encode_judgements,
    encode_knowledge_base,
    encode_ontology,
    encode_run,
)
from kg.resolve import resolve_claims
from tests.factories import make_agent, make_claim, make_document

Told = tuple[Document, Reading]


def tell(id: str, *sayings: tuple[AgentRef, str, str, AgentRef, float]) -> Told:
    """Make a document that says: actor, action, the verb, target, with that confidence, a sentence each."""
    sentences = [f"{actor.name} {verb} {target.name}." for actor, _, verb, target, _ in sayings]
    document = make_document(" ".join(sentences), id=id, url=f"https://news.example/{id}")
    claims, start = [], 0
    for sentence, (actor, action, verb, target, confidence) in zip(sentences, sayings, strict=True):
        claim = make_claim(make_document(sentence, id=id), actor, action, target, trigger=verb)
        evidence = move_evidence(claim.evidence, start)
        evidence.check(document.text)
        told = replace(claim, id=make_digest(claim.id, str(start)), confidence=confidence, evidence=evidence)
        claims.append(replace(told, published=document.published))
        start += len(sentence) + 1
    return document, Reading(id, tuple(claims), ())


def move_evidence(evidence: Evidence, by: int) -> Evidence:
    """Put evidence that many characters further on."""

    def move(span: Span) -> Span:
        return replace(span, start=span.start + by, end=span.end + by)

    return replace(
        evidence,
        start=evidence.start + by,
        end=evidence.end + by,
        trigger=move(evidence.trigger),
        actor_chain=tuple(map(move, evidence.actor_chain)),
        target_chain=tuple(map(move, evidence.target_chain)),
    )


def add_fact(told: Told, subject: AgentRef, relation: str, other: AgentRef) -> Told:
    """Make the document say who is what, too."""
    document, reading = told
    fact = Fact(
        f"f{len(reading.facts)}-{document.id}",
        relation,
        subject,
        other,
        None,
        document.id,
        0,
        len(document.text),
        document.text,
        0.9,
    )
    return document, replace(reading, facts=(*reading.facts, fact))


def make_quads(told: Iterable[Told], judgements: Judgements, kb: KnowledgeBase) -> list[ox.Quad]:
    """Encode documents with judgements applied, as a build does."""
    applied = [(document, judgements.apply(document, reading)) for document, reading in told]
    actions = resolve_claims([claim for _, reading in applied for claim in reading.claims])
    action_of = {claim: action.id for action in actions for claim in action.claim_ids}
    quads = [*encode_ontology(), *encode_knowledge_base(kb), *encode_run(), *encode_actions(actions)]
    quads += encode_judgements(judgements.judgements, judgements.identity.canonical)
    named = []
    for document, reading in applied:
        quads += encode_document(replace(document, group=document.id), reading, action_of)
        named += [party for claim in reading.claims for party in (claim.actor, claim.target)]
        named += [party for fact in reading.facts for party in (fact.subject, fact.object) if party]
    quads += encode_agents(named, known=kb.agents, government_of=kb.government_of)
    return list(dict.fromkeys(quads))


def make_store(told: Iterable[Told], judgements: Judgements, kb: KnowledgeBase) -> LocalStore:
    """Make a store in memory."""
    store = LocalStore(ox.Store())
    store.load(make_quads(told, judgements, kb))
    return store


def write_store(folder: Path, told: Iterable[Told], judgements: Judgements, kb: KnowledgeBase) -> Path:
    """Write a store in a folder."""
    with StoreWriter(folder) as writer:
        writer.load(make_quads(told, judgements, kb))
        writer.publish()
    return folder


def make_stories() -> list[Told]:
    """Make reports in which agents of the real knowledge base and new ones act, some under two names."""
    kb = load_knowledge_base()
    tiktok, meta, ofcom = (kb.refer_to(agent) for agent in ("tiktok", "meta", "gb-ofcom"))
    body = make_agent("Office of Communications", "Regulator")
    zorbo, chat = make_agent("Zorbo Holdings", "Company"), make_agent("Zorbo Chat", "Platform")
    founder = make_agent("Zed Zorbo", "Person")
    branch = make_agent("Zorbo France", "Company")
    typo = make_agent("Zorbo Holdngs", "Company")
    return [
        tell("one", (ofcom, "fine", "fined", tiktok, 0.9), (body, "investigate", "probed", zorbo, 0.7)),
        tell("two", (body, "fine", "fined", tiktok, 0.8), (ofcom, "warn", "warned", typo, 0.4)),
        add_fact(tell("three", (founder, "deny", "denied", body, 0.6)), founder, "role", zorbo),
        add_fact(tell("four", (meta, "sue", "sued", branch, 0.35)), branch, "part_of", zorbo),
        add_fact(tell("five", (body, "ban", "banned", chat, 0.95)), zorbo, "owns", chat),
    ]
