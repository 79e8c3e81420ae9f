"""Platform-regulation knowledge graph: who acted against whom, each edge with its proof."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph

__version__ = "0.1.0"
__all__ = ["KnowledgeGraph", "__version__"]


def __getattr__(name: str) -> Any:
    # Loaded when it is asked for: the command line imports this module for its version alone.
    if name == "KnowledgeGraph":
        import importlib

        return importlib.import_module("kg.api").KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), "KnowledgeGraph"])
