"""A store with hostile names, and a server of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.kb import load_knowledge_base
from kg.model import AgentRef, Reading
from kg.rdf import (
    StoreWriter,
    encode_actions,
    encode_agents,
    encode_document,
    encode_knowledge_base,
    encode_ontology,
    encode_run,
)
from kg.resolve import resolve_claims
from tests.factories import GERMANY, make_agent, make_claim, make_document, make_fine
from tests.served import Served, serve_store

MARKUP = "<img src=x onerror=alert(1)>\"'&"
SAID = [
    ("sue", "sued", make_agent("Acme Mediaworks", "Company", "us")),
    ("ban", "banned", make_agent(f"Evil {MARKUP}", "Platform")),
    ("warn", "warned", make_agent("Acme Mediaworks Ltd", "Company")),
]


def write_store(folder: Path, stories: int = 3, *, knowledge: bool = True) -> Path:
    """Write a store of a fine and as many stories more, the second of which has markup for a name."""
    document, reading, action = make_fine()
    kb = load_knowledge_base()
    told = [(document, reading)]
    parties: list[AgentRef] = [action.actor, action.target]
    for number, (kind, verb, target) in enumerate(SAID[:stories]):
        text = f"Germany {verb} {target.name} in 2023."
        other = make_document(text, id=f"story-{number}", title=f"Story {number} {MARKUP}", url="javascript:alert(1)")
        claim = make_claim(other, GERMANY, kind, target, trigger=verb)
        told.append((other, Reading(other.id, (claim,), ())))
        parties.append(target)
    actions = list(resolve_claims(claim for _, read in told for claim in read.claims))
    action_of = {claim: one.id for one in actions for claim in one.claim_ids}
    with StoreWriter(folder) as writer:
        if knowledge:
            writer.load(encode_ontology())
            writer.load(encode_knowledge_base(kb))
        writer.load(encode_run())
        writer.load(encode_actions(actions))
        writer.load(encode_agents(parties, known=kb.agents, government_of=kb.government_of))
        for document, reading in told:
            writer.load(encode_document(replace(document, group=document.id), reading, action_of))
        writer.publish()
    return folder


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the store that most tests ask; none changes it."""
    return write_store(tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def served(store: Path) -> Iterator[Served]:
    """Serve it, for reading."""
    with serve_store(store, "--timeout", "20") as server:
        yield server
