"""Kinds of SPARQL servers: where each takes writes, and what it does otherwise than the standard says.

The kinds are rows of ``data/endpoints.csv``; the first that fits is taken. Oxigraph and Virtuoso are tested against
real servers; the others stand there as their manuals describe them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from kg.resources import find_data


@dataclass(frozen=True, slots=True)
class EndpointKind:
    """A kind of server, at an address.

    ``graph_store`` is where the Graph Store protocol answers, ``update`` where SPARQL updates go. One that
    ``takes_quads`` takes and gives all graphs in one request there; others want a request a graph. ``parameters`` go
    with each query, so that its default graph is the union of all. ``most_triples`` is how many one update may have.
    ``own_graphs`` matches graphs that are the server's own.
    """

    name: str
    graph_store: str
    update: str
    takes_quads: bool = True
    parameters: tuple[tuple[str, str], ...] = ()
    most_triples: int | None = None
    own_graphs: str | None = None

    def is_own_graph(self, graph: str) -> bool:
        """Tell whether a graph is the server's own, and not of those that were put into it."""
        return self.own_graphs is not None and re.fullmatch(self.own_graphs, graph) is not None


@cache
def _load_rows() -> list[dict[str, str]]:
    with (find_data() / "endpoints.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def find_kind(url: str, headers: Mapping[str, str]) -> EndpointKind:
    """Find the kind of a server by its address for queries, and by the headers of one of its answers."""
    address = url.partition("?")[0]
    for row in _load_rows():
        fits = re.fullmatch(row["address"], address)
        said = headers.get(row["header"]) if row["header"] else ""
        if fits and said is not None and re.fullmatch(row["header_pattern"], said.strip()):
            return EndpointKind(
                name=row["kind"],
                graph_store=fits.expand(row["graph_store"]),
                update=fits.expand(row["update"]),
                takes_quads=row["takes_quads"] == "yes",
                parameters=tuple(parse_qsl(row["parameters"], keep_blank_values=True)),
                most_triples=int(row["most_triples"]) if row["most_triples"] else None,
                own_graphs=row["own_graphs"] or None,
            )
    raise AssertionError("the last row fits every address")
