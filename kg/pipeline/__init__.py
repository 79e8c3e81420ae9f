"""The only place where the stages are wired together: from sources to a store, or to one object a document."""

from kg.pipeline.build_graph import BuildSummary, build
from kg.pipeline.changes import ActionChange
from kg.pipeline.extract_events import extract
from kg.pipeline.judged import rejudge, report_review
from kg.pipeline.read import Progress
from kg.pipeline.remove_documents import RemoveSummary, remove

__all__ = [
    "ActionChange",
    "BuildSummary",
    "Progress",
    "RemoveSummary",
    "build",
    "extract",
    "rejudge",
    "remove",
    "report_review",
]
