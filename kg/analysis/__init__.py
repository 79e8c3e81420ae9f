"""From the graph to networks and figures: projections, and measures, one a file."""

from kg.analysis.catalogue import MEASURES, find_measure
from kg.analysis.measure import Measure, Options
from kg.analysis.projections import PROJECTIONS
from kg.analysis.read import read_graph_data
from kg.analysis.records import ActionRecord, AgentRecord, GraphData
from kg.analysis.selection import Selection, Window, parse_window, select_actions
from kg.analysis.sensitivity import measure_sensitivity

__all__ = [
    "MEASURES",
    "PROJECTIONS",
    "ActionRecord",
    "AgentRecord",
    "GraphData",
    "Measure",
    "Options",
    "Selection",
    "Window",
    "find_measure",
    "measure_sensitivity",
    "parse_window",
    "read_graph_data",
    "select_actions",
]
