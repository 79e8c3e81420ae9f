"""Stream quads to an N-Quads file, document by document, for a store's writer to load."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import pyoxigraph as ox
from pyoxigraph import Quad, RdfFormat


def write_nquads(quads: Iterable[Quad], out: IO[bytes]) -> None:
    """Append quads to a file that is open for writing bytes; memory does not grow with their number."""
    ox.serialize(quads, out, RdfFormat.N_QUADS)
