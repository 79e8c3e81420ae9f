"""The only place where the stages are wired together: from sources to a store, or to one object a document."""

from kg.pipeline.build_graph import BuildSummary, build
from kg.pipeline.extract_events import extract
from kg.pipeline.read import Progress

__all__ = ["BuildSummary", "Progress", "build", "extract"]
