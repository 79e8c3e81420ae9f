"""A small store and a way to run the real command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.kb import load_knowledge_base
from kg.rdf import (
    StoreWriter,
    encode_actions,
    encode_agents,
    encode_document,
    encode_knowledge_base,
    encode_ontology,
    encode_run,
)
from tests.factories import make_fine


@dataclass(frozen=True)
class Result:
    """What a command line printed, and its exit code."""

    code: int
    out: str
    err: str


Runner = Callable[..., Result]


@pytest.fixture
def run_kg(tmp_path: Path) -> Runner:
    """Run ``kg`` as a process of its own, in an empty folder."""

    def run(*arguments: str | Path, stdin: str = "", **environment: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "KG_TRACEBACK": "", **environment},
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a store of one document, by the real encoders: Germany fined Telegram EUR 5,100,000 in 2022."""
    folder = tmp_path_factory.mktemp("stores") / "fine"
    document, reading, action = make_fine()
    kb = load_knowledge_base()
    with StoreWriter(folder) as writer:
        writer.load(encode_ontology())
        writer.load(encode_knowledge_base(kb))
        writer.load(encode_run())
        writer.load(encode_actions([action]))
        parties = [action.actor, action.target]
        writer.load(encode_agents(parties, known=kb.agents, government_of=kb.government_of))
        writer.load(encode_document(replace(document, group=document.id), reading, {action.claim_ids[0]: action.id}))
        writer.publish()
    return folder
