"""A store behind a SPARQL 1.1 endpoint, over HTTP by the standard library."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import urlencode
from urllib.request import Request

import pyoxigraph as ox
from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
)

from kg.errors import QueryError, StoreError
from kg.rdf.endpoint_http import Connection
from kg.rdf.endpoint_kinds import EndpointKind, find_kind
from kg.rdf.endpoint_limits import be_patient, check_json, check_triples, read_parts
from kg.rdf.endpoint_rows import find_form, read_in_parts
from kg.rdf.endpoint_writes import QUADS, TRIPLES, Change, EndpointWriter
from kg.rdf.namespaces import DATA_BASE, check_base
from kg.rdf.store import QueryResult

_RESULTS = "application/sparql-results+json"
_MOST_AT_ONCE = 5_000  # quads that are asked for at once, where a server gives no more than 10,000
# Virtuoso's own ways: truth is a number, and the answer to ASK a row.
_TRUTHS = tuple(
    (f'XMLSchema#boolean", "value": "{number}"'.encode(), f'XMLSchema#boolean", "value": "{word}"'.encode())
    for number, word in ((1, "true"), (0, "false"))
)
_ASKED = "__ASK_RETVAL"


class EndpointStore:
    """A SPARQL 1.1 endpoint.

    Parameters
    ----------
    url
        The address for queries, such as ``http://localhost:7878/query`` or
        ``http://dba:secret@localhost:8890/sparql-auth``; a login in it is sent as the server wants it.
    base
        The data base IRI of what it holds.
    write_url
        The address of the Graph Store protocol; None finds it by the kind of the server.
    timeout
        Seconds to wait for an answer to begin, or to go on; it is whole after five times as many.
    """

    def __init__(self, url: str, *, base: str = DATA_BASE, write_url: str | None = None, timeout: float = 60.0) -> None:
        self.base = check_base(base)
        self.timeout = timeout
        self._connection = Connection(url, timeout=timeout)
        self.url = self._connection.url
        self._write_url = Connection(write_url, timeout=timeout).url if write_url else None

    @cached_property
    def kind(self) -> EndpointKind:
        """The kind of the server, by its address and by what it says of itself when it is first asked."""
        headers = self._connection.probe(self._make_request("ASK {}", _RESULTS, ()))
        return find_kind(self.url, dict(headers.items()))

    @property
    def write_url(self) -> str:
        """The address of the Graph Store protocol."""
        return self._write_url or self.kind.graph_store

    def query(self, sparql: str) -> QueryResult:
        """Answer a query; see `Store.query`. Where the server gives only so many rows at once, all are fetched."""
        form = find_form(sparql)
        wanted = {None: f"{_RESULTS}, {TRIPLES};q=0.9", "SELECT": _RESULTS, "ASK": _RESULTS}.get(form, TRIPLES)
        kind, content, most = self._ask(sparql, wanted)
        try:
            if kind == TRIPLES:
                return self._check_triples(content)
            if most is not None and form == "SELECT":
                content = read_in_parts(sparql, content, most, lambda part: self._ask(part, _RESULTS)[1])
            answer = _read_rows(content)
        except (SyntaxError, ValueError, LookupError, TypeError) as error:
            raise self._make_error(kind, error) from error
        if isinstance(answer, QuerySolutions) and [name.value for name in answer.variables] == [_ASKED]:
            row = next(answer, None)
            truth = "true" if row and str(row[_ASKED].value) == "1" else "false"
            return ox.parse_query_results(f'{{"head": {{}}, "boolean": {truth}}}', QueryResultsFormat.JSON)
        return answer

    def graphs(self) -> list[NamedNode]:
        """List the named graphs, but for the server's own; see `Store.graphs`."""
        return list(self._count_graphs())

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Iterate over quads; see `Store.quads`. Graphs are fetched a few at a time."""
        counts = {graph: 0} if graph else self._count_graphs()
        for graphs in _bundle(counts):
            names = " ".join(map(str, graphs))
            for row in self._select(f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"):
                subject, predicate, value, name = row["s"], row["p"], row["o"], row["g"]
                if not (
                    isinstance(subject, NamedNode)
                    and isinstance(predicate, NamedNode)
                    and isinstance(value, NamedNode | Literal)
                    and isinstance(name, NamedNode)
                ):
                    raise StoreError(f"endpoint {self.url}: {subject} {predicate} {value}: want no blank node")
                yield Quad(subject, predicate, value, name)

    def load(self, path: Path) -> None:
        """Add an N-Quads file to what the endpoint holds.

        Raises
        ------
        StoreError
            If the endpoint does not take it.
        """
        if self.kind.takes_quads:
            self._writer.write_file("POST", path)
        else:
            self._writer.write_graphs(path, set())

    def replace(self, path: Path) -> None:
        """Put an N-Quads file in the place of all that the endpoint holds.

        Raises
        ------
        StoreError
            If the endpoint does not take it.
        """
        if self.kind.takes_quads:
            self._writer.write_file("PUT", path)
            return
        former = set(self.graphs())
        for graph in sorted(former - self._writer.write_graphs(path, former), key=str):
            self._writer.delete_graph(graph)

    def fetch(self, out: IO[bytes]) -> None:
        """Write all that the endpoint holds as N-Quads, in one request where the server gives it so.

        Raises
        ------
        StoreError
            If the endpoint does not give it.
        """
        if not self.kind.takes_quads:
            ox.serialize(self.quads(), out, RdfFormat.N_QUADS)
            return
        request = Request(self.write_url, headers={"Accept": QUADS})
        with self._connection.send(request, StoreError) as response:
            if response.headers.get_content_type() != QUADS:
                raise StoreError(f"endpoint {self.write_url}: want {QUADS}, not {response.headers.get_content_type()}")
            be_patient(response)
            try:
                for part in read_parts(response):
                    out.write(part)
            except ValueError as error:
                raise StoreError(f"endpoint {self.write_url}: the answer can't be read: {error}") from error

    def change(self, changes: Iterable[Change]) -> None:
        """Change graphs: in one update, of which the endpoint does all or nothing, where the server takes a long one.

        Raises
        ------
        StoreError
            If the endpoint does not take it.
        """
        self._writer.change(changes)

    def close(self) -> None:
        """Do nothing: each request has a connection of its own."""

    @cached_property
    def _writer(self) -> EndpointWriter:
        return EndpointWriter(self._connection, self.kind, self.write_url)

    def _make_request(self, sparql: str, wanted: str, parameters: Iterable[tuple[str, str]]) -> Request:
        body = urlencode([("query", sparql), *parameters], errors="replace").encode("ascii")
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": wanted}
        return Request(self.url, body, headers, method="POST")

    def _ask(self, sparql: str, wanted: str) -> tuple[str, bytes, int | None]:
        """Ask, and give the type of the answer, the answer, and how many rows there are at most if it was cut."""
        request = self._make_request(sparql, wanted, self.kind.parameters)
        headers, content = self._connection.read(request, QueryError)
        kind = headers.get_content_type()
        try:
            (check_triples if kind == TRIPLES else check_json)(content)
        except ValueError as error:
            raise self._make_error(kind, error) from error
        if self.kind.name != "virtuoso":
            return kind, content, None
        if headers.get("X-SQL-State", "").startswith("S1TAT"):
            raise QueryError(f"endpoint {self.url}: the server ran out of time, and gave a part of the answer")
        for number, word in _TRUTHS:
            content = content.replace(number, word)
        most = headers.get("X-SPARQL-MaxRows")
        return kind, content, int(most) if most and most.isdecimal() else None

    def _make_error(self, kind: str, error: Exception) -> QueryError:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        return QueryError(f"endpoint {self.url}: the answer, {kind[:80]}, does not parse: {said}")

    @cached_property
    def _most_rows(self) -> int | None:
        return self._ask("SELECT (1 AS ?row) { GRAPH ?g { ?s ?p ?o } }", _RESULTS)[2]

    def _check_triples(self, content: bytes) -> QueryTriples:
        triples = content.count(b"\n")
        # Virtuoso cuts these answers, too, and does not say so.
        if self.kind.name == "virtuoso" and triples >= 100 and self._most_rows and triples >= self._most_rows:
            raise QueryError(
                f"endpoint {self.url}: the server gives {self._most_rows:,} rows at most (ResultSetMaxRows in its "
                f"settings), and may have cut these {triples:,} triples: ask for fewer, by LIMIT and OFFSET"
            )
        return _read_triples(io.BytesIO(content))

    def _select(self, sparql: str) -> QuerySolutions:
        result = self.query(sparql)
        if not isinstance(result, QuerySolutions):
            raise StoreError(f"endpoint {self.url}: want rows in answer to a SELECT")
        return result

    def _count_graphs(self) -> dict[NamedNode, int]:
        found: dict[NamedNode, int] = {}
        for row in self._select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"):
            graph, count = row["g"], row["n"]
            if isinstance(graph, NamedNode) and not self.kind.is_own_graph(graph.value):
                found[graph] = int(count.value) if isinstance(count, Literal) else 0
        return dict(sorted(found.items(), key=lambda item: item[0].value))


def guess_write_url(url: str) -> str:
    """Guess where the Graph Store protocol answers, from where queries do, of a server that says nothing of itself."""
    return find_kind(url, {}).graph_store


def _bundle(counts: dict[NamedNode, int]) -> Iterator[list[NamedNode]]:
    bundle: list[NamedNode] = []
    size = 0
    for graph, count in counts.items():
        if bundle and size + count > _MOST_AT_ONCE:
            yield bundle
            bundle, size = [], 0
        bundle.append(graph)
        size += count
    if bundle:
        yield bundle


def _read_rows(content: bytes) -> QuerySolutions | QueryBoolean:
    # A first time to the end: rows are parsed when they are asked for, where nobody expects them not to parse.
    tried = ox.parse_query_results(content, QueryResultsFormat.JSON)
    if isinstance(tried, QuerySolutions):
        try:
            for _ in tried:
                pass
        finally:
            # An error keeps what its function knew, maybe until another thread clears it away: rows do not stand that.
            del tried
    answer = ox.parse_query_results(content, QueryResultsFormat.JSON)
    assert isinstance(answer, QuerySolutions | QueryBoolean)
    return answer


def _read_triples(content: IO[bytes]) -> QueryTriples:
    # pyoxigraph has no way to make QueryTriples of a file but to ask a store for them.
    store = ox.Store()
    store.bulk_load(content, format=RdfFormat.N_TRIPLES)
    result = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(result, QueryTriples)
    return result
