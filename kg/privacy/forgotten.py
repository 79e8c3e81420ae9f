"""Who is to be forgotten: a file of JSON lines that names nobody, for it holds digests of ids and names.

::

    {"agent": "7c0e…", "names": ["2:91ab…"], "by": "ada", "when": "2026-11-22", "why": "asked by letter"}
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.append import append_lines
from kg.errors import DataError
from kg.privacy.masks import MOST_WORDS, digest_name

FILE_NAME = "forgotten.jsonl"
"""The file in a store's folder."""

_FIELDS = ("agent", "names", "by", "when", "why")
_DIGITS = 32
_AGENT = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"([1-9]):[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whom to leave out: digests of the ids of agents, and of the names that documents call them by."""

    agents: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def has(self, agent: str) -> bool:
        """Tell whether the agent of an id is to be left out."""
        return bool(self.agents) and _digest_agent(agent) in self.agents

    @property
    def digest(self) -> str:
        """The same for the same agents and names; '' for none."""
        content = "\n".join([*sorted(self.agents), *sorted(self.names)])
        return hashlib.sha256(content.encode("ascii")).hexdigest()[:_DIGITS] if content else ""


def make_forgotten(agent: str, names: Iterable[str], *, by: str, when: str, why: str = "") -> dict[str, Any]:
    """Make the line that leaves an agent out.

    Parameters
    ----------
    agent
        The agent's id.
    names
        The names that documents call it by, in full.
    by, when, why
        Who decided that, when (a day) and why.
    """
    digests = sorted({digest for name in names if (digest := digest_name(name))})
    return {"agent": _digest_agent(agent), "names": digests, "by": by, "when": when, "why": why}


def read_forgotten(path: Path) -> Forgotten:
    """Read a file of lines as `make_forgotten` makes them; nobody where there is no such file.

    Raises
    ------
    DataError
        If it can't be read, or a line is none; the message names file and line. Better no graph than one that tells of
        somebody who was to be forgotten.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Forgotten()
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error
    agents, names = set(), set()
    for number, line in enumerate(content.split(b"\n"), start=1):
        if line.strip() and not line.startswith(b"#"):
            try:
                record = _check(json.loads(line.decode("utf-8")))
            except (ValueError, RecursionError) as error:
                raise DataError(f"{path}:{number}: {error}; want a line that kg forget wrote") from error
            agents.add(record["agent"])
            names.update(record["names"])
    return Forgotten(frozenset(agents), frozenset(names))


def append_forgotten(path: Path, records: Iterable[dict[str, Any]]) -> None:
    """Add lines at the end of a file, which is made if it is missing; all of them, or none.

    Raises
    ------
    DataError
        If the file can't be written.
    """
    lines = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    append_lines(path, lines.encode("utf-8", "replace"))


def _check(record: object) -> dict[str, Any]:
    if not isinstance(record, dict) or sorted(record) != sorted(_FIELDS):
        raise ValueError(f"want the fields {', '.join(_FIELDS)}")
    agent, names = record["agent"], record["names"]
    if not isinstance(agent, str) or not _AGENT.fullmatch(agent):
        raise ValueError("agent is no digest")
    if not isinstance(names, list) or not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names):
        raise ValueError("names are no digests")
    if any(int(name[0]) > MOST_WORDS for name in names):
        raise ValueError(f"a name has more than {MOST_WORDS} words")
    return record


def _digest_agent(agent: str) -> str:
    return hashlib.sha256(f"kg agent\x1f{agent}".encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
