"""RDF that others wrote is read or refused: mutated, hostile, or built to burst whoever parses it."""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import tempfile
import time
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.kb import load_knowledge_base
from kg.pipeline import import_graphs
from kg.pipeline.import_rdf import read_rdf_file
from tests.harm.guard import bounded_memory
from tests.harm.rdf_targets import list_rdf_targets
from tests.harm.targets import Target
from tests.harm.test_fuzz import _small_knowledge, try_all  # noqa: F401 (a fixture of these tests too)

TARGETS = list_rdf_targets()
MEMORY = Path("/dev/shm")


@pytest.mark.parametrize("target", TARGETS, ids=[target.name for target in TARGETS])
@pytest.mark.parametrize("cases", [pytest.param(60, id="few"), pytest.param(10_000, marks=pytest.mark.slow, id="many")])
def test_fuzzed_rdf_is_read_or_refused(
    target: Target, cases: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mutations of what is said of a document are read or refused, whole in their form or not, in every format."""
    # A store is made for each case that parses: in memory, where there is such a folder, that takes half the time.
    own = Path(tempfile.mkdtemp(dir=MEMORY if MEMORY.is_dir() else tmp_path))
    folder = own / "input"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with bounded_memory(700):
        try_all(target, folder, cases if target.name != "rdf terms" or cases > 60 else 30)  # each is read whole
    shutil.rmtree(own)  # What fails stays, with the input that it names.


DEEP = 100_000
LONG = b"x" * 1_000_000
_ENTITIES = b"".join(b'<!ENTITY a%d "%s">' % (number + 1, b"&a%d;" % number * 100) for number in range(9))
TOO_MUCH = {
    # One hundred thousand prefixes of which each rests on the next, and triples within triples: the stack bursts.
    "chain.jsonld": b'{"@context":{%s},"p0":1}' % b",".join(b'"p%d":"p%d:"' % (n, n + 1) for n in range(DEEP)),
    "nested.trig": b"<a:a> <a:b> %s1%s ." % (b"<<( <a:a> <a:b> " * DEEP, b")>>" * DEEP),
    "nested.nq.gz": gzip.compress(b"<a:a> <a:b> %s<a:c>%s ." % (b"<<( <a:a> <a:b> " * DEEP, b")>>" * DEEP)),
    # Each level of these keeps a copy of all above it.
    "deep.jsonld": b'{"@id":"a:a","a:b":' * 20_000 + b"1" + b"}" * 20_000,
    "scopes.jsonld": b'{"@context":%s{}%s,"a:b":1}' % (b'{"a":{"@id":"a:a","@context":' * 8000, b"}}" * 8000),
    # A long name, said twenty thousand times by its short one.
    "prefix.ttl": b"@prefix a: <a:%s> .\n%s" % (LONG, b"".join(b"a:%d a:b a:c%d .\n" % (n, n) for n in range(20_000))),
    # A large context that goes for each of many nodes: the time is the product.
    "types.jsonld": b'{"@context":{"T":{"@id":"a:T","@context":{%s}}},"@graph":[%s]}'
    % (
        b",".join(b'"t%d":"a:t%d"' % (n, n) for n in range(20_000)),
        b",".join(b'{"@id":"a:%d","@type":"T"}' % n for n in range(20_000)),
    ),
}
_QUICK = ("chain.jsonld", "nested.trig", "nested.nq.gz")


@pytest.mark.parametrize(
    "name", [name if name in _QUICK else pytest.param(name, marks=pytest.mark.slow) for name in TOO_MUCH]
)
def test_rdf_that_bursts_its_parser_costs_one_line(name: str, tmp_path: Path) -> None:
    """A small file that takes all stack, memory or time is refused in a line, and whoever reads it lives on."""
    (tmp_path / name).write_bytes(TOO_MUCH[name])
    start = time.monotonic()
    with bounded_memory(100), pytest.raises(SourceError, match=r": it (wants more memory or nesting|takes too long)"):
        list(read_rdf_file(str(tmp_path / name), load_knowledge_base()))
    assert time.monotonic() - start < 60


REFUSED = {
    "context.jsonld": (b'{"@context": "%s", "p": 1}', "not JSON-LD: "),
    "contexts.jsonld": (b'{"@context": [{"p": "a:p"}, null, "%s"], "p": 1}', "not JSON-LD: "),
    "import.jsonld": (b'{"@context": {"@version": 1.1, "@import": "%s"}, "p": 1}', "not JSON-LD: "),
    "scoped.jsonld": (b'{"@context": {"p": {"@id": "a:p", "@context": "%s"}}, "p": {"a:q": 1}}', "not JSON-LD: "),
    "file.jsonld": (b'{"@context": "file:///etc/hostname", "a:p": "%s"}', "not JSON-LD: "),
    "owl.ttl": (b"<> <http://www.w3.org/2002/07/owl#imports> <%s> .", "not Turtle: "),
    "service.trig": (b"GRAPH <%s> { <a:a> <a:b> <a:c> }", "no document: "),
    "triple.ttl": (b"<a:a> <a:b> <<( <a:a> <a:b> <%s> )>> .", "not Turtle: a triple stands in the place of a term"),
    "literal.nt": (b'<a:a> <a:b> "%s' + LONG * 20 + b'" .', "can't be read: "),
    "iri.nq": (b"<a:a\\u0000> <a:b> <%s> .", "not N-Quads: "),
    "surrogate.jsonld": (b'{"@id": "a:\\ud800", "a:b": "%s"}', "not JSON-LD: "),
    # RDF/XML is not read at all, and so its entities go nowhere.
    "bomb.rdf": (b"<!DOCTYPE a [" + _ENTITIES + b'<!ENTITY x SYSTEM "%s">]><a>&a9;&x;</a>', "want "),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_rdf_fetches_nothing(name: str, tmp_path: Path) -> None:
    """What names an address, as a context, a graph or an entity, has nobody called there, and is refused in a line."""
    content, reason = REFUSED[name]
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = b"http://127.0.0.1:%d/context.jsonld" % server.getsockname()[1]
        (tmp_path / name).write_bytes(content.replace(b"%s", address))
        with bounded_memory(300), pytest.raises(SourceError, match=re.escape(reason)) as caught:
            import_graphs([str(tmp_path / name)], tmp_path / "store")
        with pytest.raises(BlockingIOError):
            server.accept()
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 800
    assert not (tmp_path / "store" / "CURRENT").exists()
