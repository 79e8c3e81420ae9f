"""A small world for the tests of judgements: an agent known by two names, and a fine that may not be one."""

from __future__ import annotations

import json
from pathlib import Path

from kg.judge import Entry, Judgements, decode_judgement, make_judgements
from kg.kb import KnowledgeBase
from kg.model import Agent, AgentRef, ClaimKey, Document, Fact, Reading
from tests.factories import make_claim, make_document

OFCOM = AgentRef("ofcom", "Ofcom", "Regulator", "gb")
OFFICE = AgentRef("office-of-communications.regulator", "Office of Communications", "Regulator")
BODY = AgentRef("communications-body.regulator", "Communications Body", "Regulator")
ACME = AgentRef("acme", "Acme", "Company", "us")
ACME_CHAT = AgentRef("acme-chat.platform", "Acme Chat", "Platform")
KB = KnowledgeBase(
    {
        "ofcom": Agent("ofcom", "Regulator", "Ofcom", ("UK media watchdog",), "gb"),
        "acme": Agent("acme", "Company", "Acme", ("Acme Inc",), "us"),
    },
    {},
)


def make_reading(text: str = "Office of Communications fined Acme.", id: str = "d1") -> tuple[Document, Reading]:
    """Make a document of one claim, that the office fined Acme, and of one fact."""
    document = make_document(text, id=id)
    claim = make_claim(document, OFFICE, "fine", ACME, trigger="fined")
    fact = Fact(f"f-{id}", "part_of", OFFICE, BODY, None, id, 0, len(text), text, 0.8)
    return document, Reading(id, (claim,), (fact,))


def judge_agents(first: str, second: str, verdict: str, **more: object) -> dict[str, object]:
    """Write a judgement of agents."""
    record: dict[str, object] = {
        "agents": [first, second],
        "is": verdict,
        "by": "ada",
        "when": "2026-11-22",
        "why": "w",
    }
    return record | more


def judge_claim(document: Document, reading: Reading, verdict: str, **more: object) -> dict[str, object]:
    """Write a judgement of the first claim of a reading."""
    from kg.judge import encode_key

    key = encode_key(ClaimKey.from_claim(reading.claims[0], document))
    return {"claim": key, "is": verdict, "by": "ada", "when": "2026-11-22T06:00:00Z", "why": "w"} | more


def make_entries(*records: object, kb: KnowledgeBase = KB) -> tuple[Entry, ...]:
    """Read records as the lines of a file."""
    return tuple(
        Entry(decode_judgement(json.loads(json.dumps(record)), kb), f"judgements.jsonl:{line}")
        for line, record in enumerate(records, start=1)
    )


def judge(*records: object, kb: KnowledgeBase = KB) -> Judgements:
    """Make judgements of records ready to apply."""
    return make_judgements(make_entries(*records, kb=kb), kb)


def write_lines(path: Path, *records: object) -> Path:
    """Write records as a file of judgements."""
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path
