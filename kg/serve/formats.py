"""The formats of answers, and which of them a client wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat

RESULTS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    # What a browser or curl shows as it is, rather than saving it.
    "text/plain": QueryResultsFormat.TSV,
}
"""The formats of the answers to SELECT and ASK by their media types, the one that is given unasked first."""

GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "text/n3": RdfFormat.N3,
    "text/plain": RdfFormat.N_TRIPLES,
}
"""The formats of the answers to CONSTRUCT and DESCRIBE."""

# Said with the media type where the format is text; CSV has its own word on whether there is a header.
_PARAMETERS = {"text/csv": "; charset=utf-8; header=present"}


@dataclass(frozen=True, slots=True)
class Offer:
    """The media types that a client takes, for each of the two kinds of answer; None where it takes none."""

    results: str | None
    graph: str | None


def choose_types(accept: str) -> Offer:
    """Choose the media types that suit an Accept header best (RFC 9110, 12.5.1)."""
    return Offer(choose_type(accept, RESULTS), choose_type(accept, GRAPHS))


def choose_type(accept: str, offered: Mapping[str, object]) -> str | None:
    """Choose among media types, the first where all are as welcome; None where none is wanted.

    Parameters
    ----------
    accept
        The header; an empty one takes anything. Parts that can't be read count for nothing.
    offered
        The media types, the usual one first.
    """
    if not accept.strip():
        return next(iter(offered), None)
    ranges = _read_ranges(accept)
    best: tuple[float, str | None] = (0.0, None)
    for kind in offered:
        # The most specific range that covers a type says how welcome it is.
        fitting = [(depth, quality) for pattern, depth, quality in ranges if _covers(pattern, kind)]
        quality = max(fitting)[1] if fitting else 0.0
        if quality > best[0]:
            best = (quality, kind)
    return best[1]


def describe_type(kind: str) -> str:
    """Write a media type as a Content-Type."""
    if kind in _PARAMETERS:
        return f"{kind}{_PARAMETERS[kind]}"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _read_ranges(accept: str) -> list[tuple[str, int, float]]:
    ranges = []
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if kind.count("/") == 1:
            ranges.append((kind, 2 - kind.count("*"), quality))
    return ranges


def _covers(pattern: str, kind: str) -> bool:
    if pattern == "*/*":
        return True
    family, _, rest = pattern.partition("/")
    return kind == pattern or (rest == "*" and kind.startswith(f"{family}/"))
