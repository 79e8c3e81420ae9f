"""A store behind a SPARQL 1.1 endpoint, over HTTP by the standard library."""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Iterator, Mapping
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit, urlunsplit
from urllib.request import Request, urlopen

import pyoxigraph as ox
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat

from kg.errors import QueryError, StoreError
from kg.rdf.namespaces import DATA_BASE, check_base
from kg.rdf.store import QueryResult

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_QUADS = "application/n-quads"
# The address of the graph store protocol stands beside that of queries: Oxigraph, Fuseki, and those like them.
_WRITE_PATHS = {"query": "store", "sparql": "data"}
_UPDATE_PATHS = {"query": "update", "sparql": "update"}


class EndpointStore:
    """A SPARQL 1.1 endpoint.

    Parameters
    ----------
    url
        The address for queries, such as ``http://localhost:7878/query``; a login in it is sent as basic authentication.
    base
        The data base IRI of what it holds.
    write_url
        The address of the graph store protocol; None guesses it (``…/query``: ``…/store``; ``…/sparql``: ``…/data``).
    timeout
        Seconds to wait for an answer.
    """

    def __init__(self, url: str, *, base: str = DATA_BASE, write_url: str | None = None, timeout: float = 60.0) -> None:
        self.base = check_base(base)
        self.timeout = timeout
        self.url, self._headers = _split_login(url)
        self.write_url = _split_login(write_url)[0] if write_url else guess_write_url(self.url)
        self.update_url = _replace_last(self.url, _UPDATE_PATHS)

    def query(self, sparql: str) -> QueryResult:
        """Answer a query; see `Store.query`. An endpoint that knows ``union-default-graph`` is asked for it."""
        body = urlencode({"query": sparql, "union-default-graph": ""}, errors="replace").encode("ascii")
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": f"{_RESULTS}, {_TRIPLES};q=0.9",
        }
        with self._send(Request(self.url, body, headers, method="POST"), QueryError) as response:
            kind = response.headers.get_content_type()
            content = io.BytesIO(response.read())
        try:
            if kind == _TRIPLES:
                return _read_triples(content)
            return ox.parse_query_results(content, QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"endpoint {self.url}: the answer, {kind}, does not parse: {error}") from error

    def graphs(self) -> list[NamedNode]:
        """List the named graphs; see `Store.graphs`."""
        rows = self._select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        named = [row["g"] for row in rows]
        return sorted((graph for graph in named if isinstance(graph, NamedNode)), key=lambda graph: graph.value)

    def quads(self, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Iterate over quads; see `Store.quads`. Graphs are fetched one after the other."""
        for name in [graph] if graph else self.graphs():
            for row in self._select(f"SELECT ?s ?p ?o {{ GRAPH {name} {{ ?s ?p ?o }} }}"):
                subject, predicate, value = row["s"], row["p"], row["o"]
                if not (
                    isinstance(subject, NamedNode)
                    and isinstance(predicate, NamedNode)
                    and isinstance(value, NamedNode | Literal)
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
        with path.open("rb") as file:
            self._write("POST", file, path.stat().st_size)

    def replace(self, path: Path) -> None:
        """Put an N-Quads file in the place of all that the endpoint holds.

        Raises
        ------
        StoreError
            If the endpoint does not take it.
        """
        with path.open("rb") as file:
            self._write("PUT", file, path.stat().st_size)

    def fetch(self, out: IO[bytes]) -> None:
        """Write all that the endpoint holds as N-Quads, in one request where it has the graph store protocol.

        Raises
        ------
        StoreError
            If the endpoint does not give it.
        """
        request = Request(self.write_url, headers={"Accept": _QUADS})
        with self._send(request, StoreError) as response:
            if response.headers.get_content_type() != _QUADS:
                raise StoreError(f"endpoint {self.write_url}: want {_QUADS}, not {response.headers.get_content_type()}")
            shutil.copyfileobj(response, out)

    def update(self, sparql: IO[bytes], length: int) -> None:
        """Send a SPARQL 1.1 update, of which an endpoint does all or nothing.

        Parameters
        ----------
        sparql
            The update, in UTF-8.
        length
            Its length in bytes.

        Raises
        ------
        StoreError
            If the endpoint does not take it.
        """
        headers = {"Content-Type": "application/sparql-update", "Content-Length": str(length)}
        self._send(Request(self.update_url, sparql, headers, method="POST"), StoreError).close()

    def close(self) -> None:
        """Do nothing: each request has a connection of its own."""

    def _select(self, sparql: str) -> QuerySolutions:
        result = self.query(sparql)
        if not isinstance(result, QuerySolutions):
            raise StoreError(f"endpoint {self.url}: want rows in answer to a SELECT")
        return result

    def _write(self, method: str, body: IO[bytes], length: int) -> None:
        headers = {"Content-Type": _QUADS, "Content-Length": str(length)}
        self._send(Request(self.write_url, body, headers, method=method), StoreError).close()

    def _send(self, request: Request, kind: type[QueryError] | type[StoreError]) -> HTTPResponse:
        for name, value in self._headers.items():
            request.add_header(name, value)
        try:
            response: Any = urlopen(request, timeout=self.timeout)
        except HTTPError as error:
            with error:
                said = error.read(2000).decode("utf-8", "replace")
            raise kind(f"endpoint {request.full_url}: {error.code}: {' '.join(said.split())[:500]}") from error
        except (URLError, HTTPException, OSError) as error:
            raise StoreError(f"endpoint {request.full_url}: {getattr(error, 'reason', None) or error}") from error
        answered: HTTPResponse = response
        return answered


def guess_write_url(url: str) -> str:
    """Guess where the graph store protocol answers, from where queries do."""
    return _replace_last(url, _WRITE_PATHS)


def _replace_last(url: str, paths: Mapping[str, str]) -> str:
    parts = urlsplit(url)
    parent, _, last = parts.path.rpartition("/")
    return urlunsplit(parts._replace(path=f"{parent}/{paths.get(last, last)}", query="", fragment=""))


def _split_login(url: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise StoreError(f"endpoint {url!r}: want an http or https address")
    login, _, host = parts.netloc.rpartition("@")
    if not login:
        return url, {}
    token = base64.b64encode(login.encode("utf-8")).decode("ascii")
    return urlunsplit(parts._replace(netloc=host)), {"Authorization": f"Basic {token}"}


def _read_triples(content: IO[bytes]) -> QueryTriples:
    # pyoxigraph has no way to make QueryTriples of a file but to ask a store for them.
    store = ox.Store()
    store.bulk_load(content, format=RdfFormat.N_TRIPLES)
    result = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(result, QueryTriples)
    return result
