"""Measure what a store holds, in a way that can follow a change without reading all the rest again.

The digest of a set of quads is that of the sum of their hashes, so a quad can be put in and taken out (the incremental
hash of Bellare and Micciancio, 1997). It tells contents apart; it is no defence against who may choose them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.rdf.store import Store

_MODULUS = 1 << 512


@dataclass(frozen=True, slots=True)
class Content:
    """What a store holds: the sum of the BLAKE2b hashes of its N-Quads lines modulo 2^512, and how much there is."""

    total: int
    quads: int
    graphs: int

    @property
    def digest(self) -> str:
        """The name of this content: equal for equal quads, in whatever order they came."""
        return hashlib.sha256(self.total.to_bytes(64, "big")).hexdigest()


class ContentTally:
    """A content that lines are put into and taken out of.

    Parameters
    ----------
    content
        What is there to begin with; nothing if None.
    """

    def __init__(self, content: Content | None = None) -> None:
        self._total = content.total if content else 0
        self._quads = content.quads if content else 0
        self.graphs = content.graphs if content else 0

    def add(self, lines: Iterable[bytes]) -> None:
        """Put in lines that were not there, each once."""
        for line in lines:
            self._total += _hash_line(line)
            self._quads += 1

    def subtract(self, lines: Iterable[bytes]) -> None:
        """Take out lines that were there, each once."""
        for line in lines:
            self._total -= _hash_line(line)
            self._quads -= 1

    def measure(self) -> Content:
        """Give the content as it is now."""
        return Content(self._total % _MODULUS, self._quads, self.graphs)


def measure_content(store: Store) -> Content:
    """Count what a store holds, and hash it, graph by graph."""
    tally = ContentTally()
    for graph in store.graphs():
        if lines := format_lines(store.quads(graph)):
            tally.add(lines)
            tally.graphs += 1
    return tally.measure()


def format_lines(quads: Iterable[Quad]) -> list[bytes]:
    """Write quads as N-Quads lines, each with its line feed, sorted by their bytes and each once."""
    text = ox.serialize(quads, format=RdfFormat.N_QUADS) or b""
    # N-Quads escapes line feeds in literals, so a line feed ends a statement.
    return sorted({line + b"\n" for line in text.split(b"\n") if line})


def read_lines(store: Store, graph: NamedNode) -> list[bytes]:
    """List the N-Quads lines of a graph, each with its line feed, sorted by their bytes."""
    return format_lines(store.quads(graph))


def parse_lines(lines: Iterable[bytes]) -> list[Quad]:
    """Read N-Quads lines; `format_lines` is the way back."""
    return [quad for quad in ox.parse(b"".join(lines), RdfFormat.N_QUADS) if isinstance(quad, Quad)]


def _hash_line(line: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(line).digest(), "big")
