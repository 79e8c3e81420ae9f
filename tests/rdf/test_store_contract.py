"""One contract for every kind of store: memory, a folder, and two SPARQL endpoints (Oxigraph's server, Virtuoso)."""

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from pyoxigraph import NamedNode, QueryResultsFormat

from kg.errors import QueryError, StoreError
from kg.rdf import (
    DATA_BASE,
    EndpointStore,
    Iris,
    StoreWriter,
    decode_actions,
    decode_readings,
    dump_store,
    format_prefixes,
    open_store,
    write_nquads,
)
from kg.rdf.endpoint import guess_write_url
from kg.rdf.endpoint_kinds import find_kind
from kg.rdf.rdflib_view import as_rdflib
from kg.rdf.shapes import check_store
from tests.rdf.samples import make_actions, make_quads, make_reading
from tests.server import serve_endpoint, serve_virtuoso

FINED = "SELECT ?who ?whom { ?who plr:fined ?whom }"


@pytest.fixture(scope="module")
def nquads(tmp_path_factory):
    """Write the small world to an N-Quads file."""
    path = tmp_path_factory.mktemp("nquads") / "world.nq"
    with path.open("wb") as file:
        write_nquads(make_quads(), file)
    return path


@pytest.fixture(scope="module")
def endpoint() -> Iterator[EndpointStore]:
    """Serve an empty store over HTTP."""
    yield from serve_endpoint()


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory) -> Iterator[EndpointStore]:
    """Serve an empty store by Virtuoso, which gives a hundred rows at once."""
    yield from serve_virtuoso(tmp_path_factory.mktemp("virtuoso"), rows=100)


@pytest.fixture(params=["memory", "folder", "endpoint", "virtuoso"])
def store(request, nquads, tmp_path):
    """Open each kind of store with the small world in it."""
    if request.param == "memory":
        opened = open_store("memory:")
        opened.load(nquads)
    elif request.param == "folder":
        with StoreWriter(tmp_path / "store") as writer:
            writer.load(nquads)
            writer.publish()
        opened = open_store(tmp_path / "store")
    else:
        opened = request.getfixturevalue(request.param)
        opened.replace(nquads)
    yield opened
    opened.close()


def test_store_answers_select_over_all_graphs(store):
    """A triple pattern without GRAPH finds what any graph says."""
    rows = list(store.query(format_prefixes() + FINED))
    assert [(row["who"].value, row["whom"].value) for row in rows] == [
        (f"{DATA_BASE}agent/germany", f"{DATA_BASE}agent/telegram")
    ]
    joined = "SELECT ?text { ?claim plr:about action:a-fine ; prov:wasDerivedFrom ?d . ?d schema:text ?text }"
    assert len(list(store.query(format_prefixes() + joined))) == 2


def test_store_answers_ask_and_construct(store):
    """ASK gives a truth value, CONSTRUCT gives triples, SELECT can be written as CSV."""
    assert bool(store.query(format_prefixes() + "ASK { agent:germany plr:fined agent:telegram }"))
    assert not bool(store.query(format_prefixes() + "ASK { agent:telegram plr:fined agent:germany }"))
    triples = store.query(format_prefixes() + "CONSTRUCT { ?a plr:fined ?b } WHERE { ?a plr:fined ?b }")
    assert [triple.predicate.value.rpartition("#")[2] for triple in triples] == ["fined"]
    assert store.query(format_prefixes() + FINED).serialize(format=QueryResultsFormat.CSV).startswith(b"who,whom")


def test_store_lists_graphs_in_order(store):
    """The graphs are those of the documents, the actions and the ontology, sorted."""
    iris = Iris()
    documents = [iris.make("doc", name) for name in ("doc-1", "doc-2")]
    assert store.graphs() == [*documents, iris.actions, iris.ontology]


def test_store_gives_back_what_was_put_in(store):
    """Quads, readings and actions come back, graph by graph and as a whole."""
    put = set(make_quads())
    assert set(store.quads()) == put
    actions = Iris().actions
    assert set(store.quads(actions)) == {quad for quad in put if quad.graph_name == actions}
    assert list(decode_readings(store)) == [make_reading(1)[1], make_reading(2)[1]]
    assert sorted(decode_actions(store), key=lambda action: action.id, reverse=True) == list(make_actions(2))


def test_store_dumps_alike(store, nquads):
    """Every store dumps the same bytes."""
    memory = open_store("memory:")
    memory.load(nquads)
    for format in ("nquads", "trig", "turtle", "jsonld"):
        here, there = io.BytesIO(), io.BytesIO()
        dump_store(store, format, here)
        dump_store(memory, format, there)
        assert here.getvalue() == there.getvalue()


def test_store_satisfies_the_shapes(store):
    """What the encoders write breaks no constraint, in any store."""
    assert list(check_store(store)) == []


@pytest.mark.parametrize("query", ["SELEC ?x", "SELECT ?x {", "DROP ALL", "INSERT DATA { <a:a> <a:b> <a:c> }", ""])
def test_store_refuses_what_is_no_query_in_one_line(store, query):
    """A query that does not parse, or that would write, is a QueryError of one line."""
    with pytest.raises(QueryError) as caught:
        store.query(query)
    assert "\n" not in str(caught.value)
    assert set(store.quads()) == set(make_quads())


def test_store_opens_as_an_rdflib_dataset(store):
    """Rdflib sees the store, and the union of its graphs, without copying it."""
    if isinstance(store, EndpointStore) and store.kind.name == "virtuoso":
        pytest.skip("rdflib neither logs in by a digest nor reads what Virtuoso answers it")
    rows = list(as_rdflib(store).query(format_prefixes() + FINED))
    assert [(str(who), str(whom)) for who, whom in rows] == [
        (f"{DATA_BASE}agent/germany", f"{DATA_BASE}agent/telegram")
    ]


def test_store_has_the_base_it_was_written_with(tmp_path):
    """A folder remembers its data base IRI."""
    base = "http://graph.example/x/"
    with StoreWriter(tmp_path / "store", base=base) as writer:
        writer.load(make_quads(1, base))
        writer.publish()
    store = open_store(tmp_path / "store")
    assert store.base == base
    assert list(decode_readings(store)) == [make_reading()[1]]


@pytest.mark.parametrize("server", ["endpoint", "virtuoso"])
def test_endpoint_adds_or_replaces(request, server, nquads, tmp_path):
    """Load adds to what the endpoint holds, replace takes its place, and a file that is no N-Quads changes nothing."""
    endpoint = request.getfixturevalue(server)
    endpoint.replace(nquads)
    more = tmp_path / "more.nq"
    more.write_text("<http://e/s> <http://e/p> <http://e/o> <http://e/g> .\n")
    endpoint.load(more)
    assert len(list(endpoint.quads())) == len(set(make_quads())) + 1
    endpoint.replace(more)
    assert len(list(endpoint.quads())) == 1
    more.write_text("<http://e/s> <http://e/p> <http://e/new> <http://e/g> .\nthis is no N-Quads\n")
    with pytest.raises(StoreError):
        endpoint.replace(more)
    assert len(list(endpoint.quads())) == 1


def test_endpoint_that_cuts_answers_gives_whole_ones(virtuoso, nquads):
    """Of a server that gives so many rows at once all are fetched, in order; triples that may be cut are refused."""
    virtuoso.replace(nquads)
    quads = sorted(set(make_quads()), key=str)
    assert len(quads) > 300
    # What stands in two graphs is there twice for Virtuoso.
    rows = virtuoso.query("# all\nSELECT DISTINCT ?o ?s ?p { ?s ?p ?o FILTER(ISIRI(?o)) } ORDER BY ?s ?p ?o")
    assert [name.value for name in rows.variables] == ["o", "s", "p"]
    subjects = [row["s"].value for row in rows if "platform-regulation" in row["s"].value]
    assert subjects == sorted(subjects)
    assert len(subjects) == len({quad.triple for quad in quads if isinstance(quad.object, NamedNode)})
    with pytest.raises(QueryError, match=r"the server gives 100 rows at most \(ResultSetMaxRows"):
        virtuoso.query("CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }")


@pytest.mark.parametrize(
    ("url", "header", "name", "write", "update"),
    [
        ("http://h:7878/query", {"Server": "Oxigraph/0.5.13"}, "oxigraph", "/store", "/update"),
        ("http://h/ds/sparql", {"Fuseki-Request-ID": "7"}, "fuseki", "/ds/data", "/ds/update"),
        ("http://h/sparql", {"Server": "Virtuoso/07.20"}, "virtuoso", "/sparql-graph-crud", "/sparql"),
        ("http://h/sparql-auth", {"Server": "Virtuoso/07.20"}, "virtuoso", "/sparql-graph-crud-auth", "/sparql-auth"),
        ("http://h/repositories/r", {}, "graphdb", "/repositories/r/statements", "/repositories/r/statements"),
        ("https://n.neptune.amazonaws.com:8182/sparql", {}, "neptune", "/sparql/gsp/", "/sparql"),
        ("http://h:7001", {}, "qlever", "/", "/"),
        ("http://h/x?query=", {}, "other", "/x", "/x"),
    ],
)
def test_endpoint_kinds_are_told_apart(url, header, name, write, update):
    """A server is known by its address and by what it says of itself, and has its addresses for writing."""
    kind = find_kind(url, header)
    assert (kind.name, urlsplit(kind.graph_store).path, urlsplit(kind.update).path) == (name, write, update)


def test_endpoint_that_is_not_there_is_one_line():
    """An address where nobody answers is a StoreError that names it."""
    with pytest.raises(StoreError, match="127.0.0.1:9"):
        open_store("http://127.0.0.1:9/query", timeout=2).query("ASK {}")


@pytest.mark.parametrize(
    ("query", "write"),
    [
        ("http://h:7878/query", "http://h:7878/store"),
        ("https://h/ds/sparql?x=1", "https://h/ds/data"),
        ("http://h/other", "http://h/other"),
    ],
)
def test_endpoint_guesses_where_to_write(query, write):
    """The address for writing stands beside that for queries."""
    assert guess_write_url(query) == write


@pytest.mark.parametrize("url", ["ftp://h/x", "sqlite:///x", "file:///x"])
def test_open_store_refuses_other_schemes(url):
    """A URL of another kind is refused by name."""
    with pytest.raises(StoreError, match=url):
        open_store(url)


def test_open_store_says_that_a_folder_is_no_store(tmp_path):
    """A folder without a store, or one that is missing, is a StoreError."""
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(StoreError, match="is no store"):
            open_store(folder)


@pytest.mark.parametrize("at_once", [1, 7, 10**6])
def test_store_loads_quads_in_parts(monkeypatch, at_once):
    """However many quads are loaded at once, all of them are there, and none twice."""
    monkeypatch.setattr("kg.rdf.store._AT_ONCE", at_once)
    quads = list(make_quads())
    opened = open_store("memory:")
    opened.load(iter(quads))
    assert sorted(map(str, opened.quads())) == sorted({str(quad) for quad in quads})
    opened.load(iter(()))
    opened.close()
