"""Platform-regulation knowledge graph: who acted against whom, each edge with its proof."""

__version__ = "0.1.0"
