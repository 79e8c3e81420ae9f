"""From an annotated text to claims and facts."""

from kg.extract.reader import EXTRACTOR, ClaimReader

__all__ = ["EXTRACTOR", "ClaimReader"]
