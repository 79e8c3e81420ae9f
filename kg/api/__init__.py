"""The graph for Python: build or open it, and ask it for tables, networks, measures and pictures."""

from kg.api.graph import KnowledgeGraph
from kg.api.inline import GraphView

__all__ = ["GraphView", "KnowledgeGraph"]
