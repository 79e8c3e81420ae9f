"""The graph as tables of plain values with documented columns: one table a file."""

from kg.analysis.tables.actions import ACTIONS
from kg.analysis.tables.agents import AGENTS
from kg.analysis.tables.cases import CASES
from kg.analysis.tables.claims import CLAIMS
from kg.analysis.tables.documents import DOCUMENTS
from kg.analysis.tables.facts import FACTS
from kg.analysis.tables.layout import Column, Layout

LAYOUTS: dict[str, Layout] = {layout.name: layout for layout in (ACTIONS, CLAIMS, AGENTS, CASES, FACTS, DOCUMENTS)}

__all__ = ["LAYOUTS", "Column", "Layout"]
