"""Sources become documents (`read_documents`); copies of one text are found (`CopyGrouper`, `group_copies`)."""

from kg.sources.copies import CopyGrouper, CopySigner, Signature, group_copies
from kg.sources.read import read_documents

__all__ = ["CopyGrouper", "CopySigner", "Signature", "group_copies", "read_documents"]
