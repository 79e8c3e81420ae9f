"""The errors a user can meet; the command line shows each in one line."""

from __future__ import annotations


class KgError(Exception):
    """Anything that the user can mend: the message names the offending value and what is allowed."""


class SourceError(KgError):
    """A source that can't be read as a document."""


class DataError(KgError):
    """A row of a data file that breaks its rules; the message starts with ``file:line``."""


class ModelError(KgError):
    """A spaCy pipeline that is missing or unfit."""


class StoreError(KgError):
    """A store that is missing, locked or damaged."""


class QueryError(KgError):
    """A query that does not exist, does not parse, or lacks a parameter."""


class EvidenceError(KgError):
    """A claim whose quote is not what the document says at its offsets."""
