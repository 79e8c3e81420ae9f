"""The only place where the stages are wired together: from sources to a store, or to one object a document."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.pipeline.build_graph import BuildSummary, build
    from kg.pipeline.changes import ActionChange
    from kg.pipeline.extract_events import extract
    from kg.pipeline.import_graph import import_graphs
    from kg.pipeline.judged import rejudge, report_review
    from kg.pipeline.read import Progress
    from kg.pipeline.remove_documents import RemoveSummary, remove

# Whoever adds one document should not wait for what takes documents out, or proposes what to review.
_MODULES = {
    "ActionChange": "changes",
    "BuildSummary": "build_graph",
    "Progress": "read",
    "RemoveSummary": "remove_documents",
    "build": "build_graph",
    "extract": "extract_events",
    "import_graphs": "import_graph",
    "rejudge": "judged",
    "remove": "remove_documents",
    "report_review": "judged",
}

__all__ = [
    "ActionChange",
    "BuildSummary",
    "Progress",
    "RemoveSummary",
    "build",
    "extract",
    "import_graphs",
    "rejudge",
    "remove",
    "report_review",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
