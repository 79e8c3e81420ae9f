from __future__ import annotations

from decimal import Decimal

import pytest
from pyoxigraph import NamedNode, Quad

from kg.analysis import MEASURES, Options, find_measure, read_graph_data
from kg.errors import QueryError, StoreError
from kg.kb import load_knowledge_base
from kg.rdf import LocalStore, encode_actions, encode_document, encode_knowledge_base, encode_ontology, open_store
from kg.rdf.terms import ACTION, ACTOR, TYPE
from tests.factories import make_fine


@pytest.fixture(scope="module")
def store() -> LocalStore:
    """A store with one fine, and all that the knowledge base knows."""
    document, reading, action = make_fine()
    opened = open_store("memory:")
    assert isinstance(opened, LocalStore)
    quads = [
        *encode_ontology(),
        *encode_knowledge_base(load_knowledge_base()),
        *encode_actions([action]),
        *encode_document(document, reading, {reading.claims[0].id: action.id}),
    ]
    opened.load(quads)
    return opened


def test_read_gives_an_action_with_all_that_it_has(store: LocalStore) -> None:
    """The fine comes back with its parties, sum, dates, charges and confidence; only its parties are read."""
    data = read_graph_data(store)
    (action,) = data.actions
    assert (action.type, action.actor, action.target, action.status) == ("fine", "germany", "telegram", "actual")
    assert (action.amount, action.currency) == (Decimal(5100000), "EUR")
    assert (action.date, action.reported, action.when) == ("2022", "2022-10-17", "2022")
    assert (action.charges, action.laws) == (("missing-complaint-channel",), ("netzdg",))
    assert (action.confidence, action.sources) == (0.9, 1)
    assert (data.documents, data.claims) == (1, 1)
    assert data.agents["germany"].jurisdiction == "germany"
    assert data.agents["germany"].is_authority and data.agents["telegram"].is_service
    assert data.get_label("missing-complaint-channel") == "missing complaint channel"
    assert len(data.agents) < 10


def test_read_refuses_an_action_without_its_parts() -> None:
    """An action that lacks its type can't be analysed: the refusal names it."""
    opened = open_store("memory:")
    assert isinstance(opened, LocalStore)
    broken = NamedNode("https://w3id.org/platform-regulation/id/action/broken")
    graph = NamedNode("https://w3id.org/platform-regulation/id/graph/actions")
    opened.load([Quad(broken, TYPE, ACTION, graph), Quad(broken, ACTOR, broken, graph)])
    with pytest.raises(StoreError, match="action/broken> has no type"):
        read_graph_data(opened)


@pytest.mark.parametrize("name", MEASURES)
def test_measures_have_rows_as_wide_as_their_columns(store: LocalStore, name: str) -> None:
    """Each measure runs on a real store; it says what it means, where it comes from and what each column is."""
    data, measure = read_graph_data(store), find_measure(name)
    table = measure.make_table(data, Options(former=data))
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert measure.title.endswith("?") and measure.source
    assert all(measure.columns.values())


def test_measures_are_found_by_name() -> None:
    """A name that is none is refused, with the nearest that is."""
    assert find_measure("hits").name == "hits"
    with pytest.raises(QueryError, match="did you mean pagerank"):
        find_measure("page-rank")
