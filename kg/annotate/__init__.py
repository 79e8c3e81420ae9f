"""From a document's text to a parsed text with its mentions of agents."""

from kg.annotate.annotator import Annotator
from kg.annotate.pipeline import load_pipeline

__all__ = ["Annotator", "load_pipeline"]
