"""Sources become documents: ``read_documents``, and ``CopyGrouper`` for copies of one text."""

from kg.sources.read import read_documents

__all__ = ["read_documents"]
