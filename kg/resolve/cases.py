"""Which actions belong to one matter. First version: what passes between two agents, whoever acts."""

from __future__ import annotations

from kg.model import AgentRef
from kg.model.ids import make_digest


def make_case_id(actor: AgentRef, target: AgentRef) -> str:
    """Identify the matter between two agents: a fine and the appeal against it fall into one case."""
    return make_digest("case", *sorted((actor.id, target.id)))
