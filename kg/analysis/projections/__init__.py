"""Networks made of the actions of a graph, one projection a file."""

from kg.analysis.projections.actions import project_actions
from kg.analysis.projections.against import project_against
from kg.analysis.projections.authorities import project_authorities
from kg.analysis.projections.cotargets import project_cotargets

PROJECTIONS = {
    "actions": project_actions,
    "against": project_against,
    "authorities": project_authorities,
    "cotargets": project_cotargets,
}

__all__ = ["PROJECTIONS", "project_actions", "project_against", "project_authorities", "project_cotargets"]
