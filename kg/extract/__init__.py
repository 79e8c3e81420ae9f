"""From an annotated text to claims and facts."""

from kg.extract.reader import ClaimReader

__all__ = ["ClaimReader"]
