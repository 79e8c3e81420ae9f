"""Report what was judged: what holds, what was left undecided, and what fits nothing any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from kg.judge import Entry, Judgements
from kg.model import AgentJudgement, ClaimJudgement
from kg.rdf import Store
from kg.rdf.iris import Iris

_AGENTS = """
PREFIX plr: <https://w3id.org/platform-regulation#>
SELECT ?agent WHERE { ?agent a plr:Agent }
"""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the judgements of a file.

    ``counts`` has those that hold, by what they are about and their verdict; ``superseded`` those that a later one
    replaced. ``undecided`` are pairs of agents; ``unknown`` are judgements of agents that the store does not have, and
    ``unfit`` those of claims that were not read again, each with its place in the file.
    """

    counts: dict[str, int]
    superseded: int
    undecided: tuple[Entry, ...]
    unknown: tuple[Entry, ...]
    unfit: tuple[Entry, ...]


def report_judgements(judgements: Judgements, *, agents: Container[str], used: Container[str]) -> Report:
    """Report what became of judgements.

    Parameters
    ----------
    judgements
        The judgements.
    agents
        The ids of the agents of the store, those included that others stand for.
    used
        The ids of the judgements that hold for a claim that was read.
    """
    latest = {_find_matter(entry): entry for entry in judgements.entries}
    holding = list(latest.values())
    counts = Counter(f"{_name_matter(entry)} {entry.judgement.verdict}" for entry in holding)
    of_agents = [entry for entry in holding if isinstance(entry.judgement, AgentJudgement)]
    return Report(
        counts=dict(sorted(counts.items())),
        superseded=len(judgements.entries) - len(holding),
        undecided=tuple(entry for entry in of_agents if entry.judgement.verdict == "undecided"),
        unknown=tuple(entry for entry in of_agents if _names_unknown(entry, agents)),
        unfit=tuple(
            entry for entry in holding if isinstance(entry.judgement, ClaimJudgement) and entry.judgement.id not in used
        ),
    )


def list_agents(store: Store) -> set[str]:
    """List the ids of the agents of a store."""
    rows: Any = store.query(_AGENTS)
    iris = Iris(store.base)
    return {iris.read("agent", row["agent"].value) for row in rows}


def describe_entry(entry: Entry) -> str:
    """Describe a judgement in a line: its place, what it is about, and who decided."""
    judgement, origin = entry.judgement, entry.judgement.origin
    if isinstance(judgement, AgentJudgement):
        about = " and ".join(f"{name} ({id})" for id, name in zip(judgement.agents, judgement.names, strict=True))
    else:
        key = judgement.key
        about = f"{key.document}: {key.actor} — {key.action} — {key.target} ({key.status}), {key.quote!r}"
    return f"{entry.place}: {judgement.verdict} by {origin.by}, {origin.when}: {about}"


def _find_matter(entry: Entry) -> object:
    judgement = entry.judgement
    return judgement.agents if isinstance(judgement, AgentJudgement) else judgement.key.subject


def _names_unknown(entry: Entry, agents: Container[str]) -> bool:
    return isinstance(entry.judgement, AgentJudgement) and not all(agent in agents for agent in entry.judgement.agents)


def _name_matter(entry: Entry) -> str:
    return "agents" if isinstance(entry.judgement, AgentJudgement) else "claims"
