"""Read judgements from JSON objects, and refuse what does not say who decided what.

::

    {"agents": ["ofcom", "office-of-communications.regulator"], "names": ["Ofcom", "Office of Communications"],
     "is": "same", "by": "ada", "when": "2026-11-22", "why": "its full name"}
    {"claim": {"document": "d1", "text": "3f…", "quote": "…", "trigger": "fined", "at": 8, "start": 8, "action": "fine",
     "actor": "germany", "target": "telegram", "status": "actual", "actor_words": "Berlin", "target_words": "Telegram"},
     "is": "corrected", "correction": {"status": "planned", "amount": null}, "by": "b", "when": "2026-11-22", "why": ""}
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kg.errors import DataError
from kg.judge.corrections import decode_correction
from kg.kb import KnowledgeBase
from kg.model import AgentJudgement, ClaimJudgement, ClaimKey, Correction, Judgement, Origin
from kg.model.judgement import AGENT_VERDICTS, CLAIM_VERDICTS

_ORIGIN = ("is", "by", "when", "why")
_TEXTS = ("document", "text", "quote", "trigger", "action", "actor", "target", "status", "actor_words", "target_words")
_NUMBERS = ("at", "start")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", re.ASCII)


def decode_judgement(record: object, kb: KnowledgeBase) -> Judgement:
    """Read a judgement.

    Parameters
    ----------
    record
        The JSON object.
    kb
        Knows the agents that a correction names.

    Raises
    ------
    DataError
        If a part is missing, unknown or not one of those that are allowed.
    """
    if not isinstance(record, Mapping):
        raise DataError(f"{_show(record)}: want a JSON object")
    subjects = [name for name in ("agents", "claim") if name in record]
    if len(subjects) != 1:
        raise DataError(f"it has {' and '.join(subjects) or 'neither'}: want either 'agents' or 'claim'")
    decode = _decode_agents if subjects == ["agents"] else _decode_claim
    return decode(record, _decode_origin(record), kb)


def decode_time(text: str) -> str:
    """Return a day (2026-11-22) or a time in UTC (2026-11-22T06:00:00Z) as given.

    Raises
    ------
    DataError
        If it is neither, or no calendar has it.
    """
    try:
        if not _TIME.fullmatch(text):
            raise ValueError(text)
        datetime.datetime.strptime(text[:10], "%Y-%m-%d")
        if len(text) > 10:
            datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise DataError(f"when {text!r}: want a day such as 2026-11-22, or UTC such as 2026-11-22T06:00:00Z") from None
    return text


def _decode_origin(record: Mapping[str, Any]) -> Origin:
    by, when, why = (_read_text(record, name) for name in ("by", "when", "why"))
    if not by.strip():
        raise DataError("by '': want the name of who decided")
    return Origin(by, decode_time(when), why)


def _decode_agents(record: Mapping[str, Any], origin: Origin, kb: KnowledgeBase) -> AgentJudgement:
    _refuse_others(record, ("agents", "names", *_ORIGIN))
    agents = _read_pair(record, "agents")
    if agents[0] == agents[1]:
        raise DataError(f"agents {agents[0]!r} and {agents[1]!r}: want two")
    names = _read_pair(record, "names") if "names" in record else tuple(_name_agent(agent, kb) for agent in agents)
    verdict = _read_verdict(record, AGENT_VERDICTS)
    (first, first_name), (second, second_name) = sorted(zip(agents, names, strict=True))
    return AgentJudgement((first, second), (first_name, second_name), verdict, origin)


def _decode_claim(record: Mapping[str, Any], origin: Origin, kb: KnowledgeBase) -> ClaimJudgement:
    _refuse_others(record, ("claim", "correction", *_ORIGIN))
    verdict = _read_verdict(record, CLAIM_VERDICTS)
    if (verdict == "corrected") != bool(record.get("correction")):
        raise DataError(f"a claim that is {verdict!r} {'wants' if verdict == 'corrected' else 'takes no'} 'correction'")
    correction = decode_correction(record["correction"], kb) if verdict == "corrected" else Correction()
    return ClaimJudgement(_decode_key(record["claim"]), verdict, origin, correction)


def _decode_key(record: object) -> ClaimKey:
    if not isinstance(record, Mapping):
        raise DataError(f"claim {_show(record)}: want a JSON object")
    _refuse_others(record, (*_TEXTS, *_NUMBERS), "claim: ")
    numbers: dict[str, int] = {}
    for name in _NUMBERS:
        value = record.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise DataError(f"claim: {name} {_show(value)}: want a whole number of at least 0")
        numbers[name] = value
    texts = {name: _read_text(record, name, "claim: ") for name in _TEXTS}
    key = ClaimKey(**texts, at=numbers["at"], start=numbers["start"])
    if key.quote[key.at : key.at + len(key.trigger)] != key.trigger or not key.trigger:
        raise DataError(f"claim: the trigger {key.trigger!r} does not stand in the quote at {key.at}")
    return key


def _name_agent(agent: str, kb: KnowledgeBase) -> str:
    return kb.agents[agent].name if agent in kb.agents else agent


def _read_verdict(record: Mapping[str, Any], allowed: Sequence[str]) -> str:
    verdict = _read_text(record, "is")
    if verdict not in allowed:
        raise DataError(f"is {verdict!r}: want one of {', '.join(allowed)}")
    return verdict


def _read_text(record: Mapping[str, Any], name: str, where: str = "") -> str:
    value = record.get(name)
    if not isinstance(value, str):
        raise DataError(f"{where}{name} {'is missing' if value is None else _show(value)}: want a string")
    return value


def _read_pair(record: Mapping[str, Any], name: str) -> tuple[str, str]:
    value = record.get(name)
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(part, str) and part for part in value):
        raise DataError(f"{name} {_show(value)}: want a list of two strings")
    return value[0], value[1]


def _refuse_others(record: Mapping[str, Any], known: Sequence[str], where: str = "") -> None:
    for name in record:
        if name not in known:
            raise DataError(f"{where}{_show(name)} is not known: there are {', '.join(known)}")


def _show(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
