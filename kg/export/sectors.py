"""The sector of a platform or company, by what the knowledge base calls it."""

from __future__ import annotations

import re
from functools import cache

from kg.kb import load_knowledge_base
from kg.kb.tables import read_table
from kg.model import Agent
from kg.resources import find_data


@cache
def load_sectors() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Load ``data/export/sectors.csv``: words of a description, and the sector that they mean; the first that fits.

    Raises
    ------
    DataError
        If a row lacks its words or its sector.
    """
    rows = []
    for row in read_table(find_data() / "export" / "sectors.csv", ("sector", "words")):
        words = row.split("words")
        if not words or not row["sector"]:
            raise row.reject("want a sector and the words that mean it")
        rows.append((re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.I), row["sector"]))
    return tuple(rows)


@cache
def map_sectors() -> dict[str, str]:
    """Map the ids of the platforms and companies of the knowledge base to their sectors, where that is known.

    A company that is not described has the sector of the platforms that it owns or runs, if they have but one.
    """
    agents = load_knowledge_base().agents
    services = {id: agent for id, agent in agents.items() if agent.type in ("Platform", "Company")}
    sectors = {id: sector for id, agent in services.items() if (sector := _find_sector(agent))}
    below: dict[str, set[str]] = {}
    for id, agent in services.items():
        for above in {agent.owner, agent.operator} - {None}:
            below.setdefault(str(above), set()).add(sectors.get(id, ""))
    for id, found in below.items():
        known = found - {""}
        if id in services and id not in sectors and len(known) == 1:
            sectors[id] = known.pop()
    return sectors


def _find_sector(agent: Agent) -> str | None:
    # The first description is the most usual one.
    for text in agent.descriptors:
        for pattern, sector in load_sectors():
            if pattern.search(text):
                return sector
    return None
