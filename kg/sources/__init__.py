"""Sources become documents (`read_documents`); copies of one text are found (`CopyGrouper`, `group_copies`)."""

from kg.sources.copies import CopyGrouper, group_copies
from kg.sources.read import read_documents

__all__ = ["CopyGrouper", "group_copies", "read_documents"]
