"""Write judgements as JSON objects, one a line."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from kg.judge.corrections import encode_correction
from kg.model import AgentJudgement, ClaimKey, Judgement

_KEY = tuple(field.name for field in fields(ClaimKey))


def encode_judgement(judgement: Judgement) -> dict[str, Any]:
    """Write a judgement as the object that `kg.judge.decode_judgement` reads."""
    record: dict[str, Any]
    if isinstance(judgement, AgentJudgement):
        record = {"agents": list(judgement.agents), "names": list(judgement.names), "is": judgement.verdict}
    else:
        record = {"claim": encode_key(judgement.key), "is": judgement.verdict}
        if correction := encode_correction(judgement.correction):
            record["correction"] = correction
    origin = judgement.origin
    return record | {"by": origin.by, "when": origin.when, "why": origin.why}


def encode_key(key: ClaimKey) -> dict[str, Any]:
    """Write which claim is meant."""
    return {name: getattr(key, name) for name in _KEY}


def format_judgement(judgement: Judgement) -> str:
    """Write a judgement as a line of a file of judgements, without its end."""
    line = json.dumps(encode_judgement(judgement), ensure_ascii=False)
    # Names come from anywhere: no character of one may end the line, or speak to a terminal that shows the file.
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)
