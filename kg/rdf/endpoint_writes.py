"""Write to a SPARQL endpoint: by the Graph Store protocol, and by SPARQL updates."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import IO
from urllib.parse import quote
from urllib.request import Request

import pyoxigraph as ox
from pyoxigraph import NamedNode, Quad, RdfFormat

from kg.errors import StoreError
from kg.rdf.endpoint_http import Connection
from kg.rdf.endpoint_kinds import EndpointKind
from kg.rdf.endpoint_rows import cut_lines

TRIPLES = "application/n-triples"
QUADS = "application/n-quads"
_UPDATE = "application/sparql-update"

Change = tuple[NamedNode, list[bytes], list[bytes]]
"""A graph with the N-Quads lines that it has, and those that it is to have."""


class EndpointWriter:
    """Writes to an endpoint.

    Parameters
    ----------
    connection
        The way to the server.
    kind
        The kind of the server.
    url
        The address of the Graph Store protocol.
    """

    def __init__(self, connection: Connection, kind: EndpointKind, url: str) -> None:
        self._connection = connection
        self._kind = kind
        self._url = url

    def write_file(self, method: str, path: Path) -> None:
        """Send an N-Quads file in one request: ``POST`` adds it, ``PUT`` puts it in the place of all there is."""
        with path.open("rb") as file:
            self._send(method, self._url, file, QUADS)

    def write_graphs(self, path: Path, replaced: set[NamedNode]) -> set[NamedNode]:
        """Send an N-Quads file graph by graph, in place of those that are to be replaced, and give the graphs."""
        _check_quads(path)
        loaded: set[NamedNode] = set()
        with path.open("rb") as file:
            quads = (quad for quad in ox.parse(file, RdfFormat.N_QUADS) if isinstance(quad, Quad))
            for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
                assert isinstance(graph, NamedNode)
                with tempfile.TemporaryFile() as body:
                    ox.serialize((quad.triple for quad in group), body, RdfFormat.N_TRIPLES)
                    self._write_graph("PUT" if graph in replaced - loaded else "POST", graph, body)
                loaded.add(graph)
        return loaded

    def delete_graph(self, graph: NamedNode) -> None:
        """Delete a graph."""
        self._send("DELETE", self._name(graph), None, TRIPLES)

    def change(self, changes: Iterable[Change]) -> None:
        """Change graphs: in one update, of which a server does all or nothing, where the server takes a long one."""
        most = self._kind.most_triples
        if most is None:
            self._update([(verb, graph, lines) for graph, *both in changes for verb, lines in _compare(*both)])
            return
        for graph, former, lines in changes:
            if not lines:
                self.delete_graph(graph)
            elif not former:
                self._write_graph("PUT", graph, io.BytesIO(b"".join(_strip(graph, lines))))
            else:
                for verb, differing in _compare(former, lines):
                    for part in cut_lines(iter(differing), most):
                        self._update([(verb, graph, part)])

    def _name(self, graph: NamedNode) -> str:
        return f"{self._url}?graph={quote(graph.value, safe='')}"

    def _write_graph(self, method: str, graph: NamedNode, body: IO[bytes]) -> None:
        self._send(method, self._name(graph), body, TRIPLES)

    def _update(self, parts: list[tuple[str, NamedNode, list[bytes]]]) -> None:
        with tempfile.TemporaryFile() as file:
            for verb in ("DELETE", "INSERT"):
                told = [(graph, lines) for name, graph, lines in parts if name == verb and lines]
                if told:
                    file.write(f"{verb} DATA {{\n".encode())
                    for graph, lines in told:
                        file.writelines((f"GRAPH {graph} {{\n".encode(), *_strip(graph, lines), b"}\n"))
                    file.write(b"} ;\n")
            if file.tell():
                self._send("POST", self._kind.update, file, _UPDATE)

    def _send(self, method: str, url: str, body: IO[bytes] | None, content: str) -> None:
        headers = {}
        if body is not None:
            headers = {"Content-Type": content, "Content-Length": str(body.seek(0, 2))}
            body.seek(0)
        self._connection.send(Request(url, body, headers, method=method), StoreError).close()


def _check_quads(path: Path) -> None:
    # All of it, before a graph is replaced: what is no N-Quads changes nothing.
    try:
        for quad in ox.parse(path=path, format=RdfFormat.N_QUADS):
            if not (isinstance(quad, Quad) and isinstance(quad.graph_name, NamedNode)):
                raise StoreError(f"{path}: {quad}: want quads of named graphs")
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: not N-Quads: {' '.join(str(error).split())}") from error


def _compare(former: list[bytes], lines: list[bytes]) -> tuple[tuple[str, list[bytes]], tuple[str, list[bytes]]]:
    before, after = set(former), set(lines)
    return ("DELETE", sorted(before - after)), ("INSERT", sorted(after - before))


def _strip(graph: NamedNode, lines: list[bytes]) -> list[bytes]:
    # A line of N-Quads without its graph is a triple as SPARQL and N-Triples write it.
    name = str(graph).encode()
    return [line[: line.rindex(name)] + b".\n" for line in lines]
