"""A SPARQL endpoint follows what comes and goes as a folder does, and keeps what is not ours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.pipeline import build, remove
from kg.rdf import EndpointStore, dump_store, open_store
from tests.pipeline.conftest import Told
from tests.server import add_login, serve_endpoint, serve_virtuoso

FOREIGN = '<http://example.org/s> <http://example.org/p> "a \\"note\\"\\n" <http://example.org/mine> .\n'


@pytest.fixture(params=["oxigraph", pytest.param("virtuoso", marks=pytest.mark.slow)])
def endpoint(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EndpointStore]:
    """Serve an empty store over HTTP, by a server of each kind."""
    yield from serve_endpoint() if request.param == "oxigraph" else serve_virtuoso(tmp_path)


def test_endpoint_follows_as_a_folder_does(
    told: dict[tuple[str, int], Told], endpoint: EndpointStore, tmp_path: Path
) -> None:
    """Documents put in, changed and taken out leave the N-Quads of a folder built afresh, and graphs of others."""
    foreign = tmp_path / "foreign.nq"
    foreign.write_text(FOREIGN, encoding="utf-8")
    endpoint.load(foreign)
    address = add_login(endpoint.url)
    first = build((), address, ready=[told["de-1", 1], told["ru-1", 1], told["us-2", 1]])
    assert len(first.added) == 3
    second = build((), address, ready=[told["de-2", 1], told["us-2", 2], told["ru-1", 1]])
    assert (second.added, second.changed, second.unchanged) == (("de-2",), ("us-2",), 1)
    assert "Germany — fine — Telegram (2022-10)" in {change.label for change in second.actions_changed}
    with pytest.raises(SourceError, match="no document 'ru-7'; near are 'ru-1'"):
        remove(["ru-7"], address)
    gone = remove(["ru-1", "de-2"], address)
    assert {(change.before, change.after) for change in gone.actions_changed} >= {(1, 0), (2, 1)}
    build((), tmp_path / "folder", ready=[told["de-1", 1], told["us-2", 2]])
    folder, here, there = open_store(tmp_path / "folder"), io.BytesIO(), io.BytesIO()
    dump_store(folder, "nquads", here)
    dump_store(endpoint, "nquads", there)
    folder.close()
    assert here.getvalue() == there.getvalue().replace(FOREIGN.encode(), b"")
    assert FOREIGN.encode() in there.getvalue()
    build((), address, ready=[told["us-1", 1]], fresh=True)
    assert len([graph for graph in endpoint.graphs() if "/doc/" in graph.value]) == 1
    assert not endpoint.query("ASK { GRAPH <http://example.org/mine> { ?s ?p ?o } }")
