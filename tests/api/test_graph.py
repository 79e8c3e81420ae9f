from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pyarrow as pa
import pytest

import kg
from kg import KnowledgeGraph
from kg.analysis.tables import LAYOUTS
from kg.errors import KgError, QueryError, StoreError
from tests.api.conftest import TEXTS


def test_graph_is_exported_lazily() -> None:
    """``import kg`` loads no pandas, no store and no part of the class until it is asked for."""
    heavy = {"pandas", "kg.api", "pyoxigraph"}
    script = f"import kg, sys; print(sorted({heavy} & set(sys.modules)), kg.KnowledgeGraph.__name__)"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said == "[] KnowledgeGraph\n"
    assert "KnowledgeGraph" in dir(kg)
    with pytest.raises(AttributeError, match="Nothing"):
        kg.Nothing  # noqa: B018


def test_graph_refuses_what_is_no_store(tmp_path: Path) -> None:
    """A folder without a store is refused when it is opened, not at the first question."""
    with pytest.raises(StoreError, match="no store"):
        KnowledgeGraph.open(tmp_path)


def test_graph_tells_what_it_holds(graph: KnowledgeGraph) -> None:
    """Its repr counts actions, claims and documents."""
    assert repr(graph).endswith("4 documents") and "actions" in repr(graph)


def test_actions_are_a_frame_with_types(graph: KnowledgeGraph) -> None:
    """The fine is a row with its sum in euros, its day as a day, and lists for charges."""
    frame = graph.actions()
    fine = frame[frame["action"] == "fine"].iloc[0]
    assert (fine["actor"], fine["target"], fine["status"], fine["date"]) == (
        "Germany",
        "Telegram",
        "actual",
        "2022-10-17",
    )
    assert fine["day"] == pd.Timestamp("2022-10-17") and fine["euros"] == 5_100_000
    assert fine["dated"] and fine["against"]
    assert fine["charges"] == ["missing complaint channel"]
    assert pd.api.types.is_datetime64_any_dtype(frame["day"]) and frame["sources"].dtype == "int64"
    assert "planned" in set(frame["status"])


@pytest.mark.parametrize("name", LAYOUTS)
def test_tables_have_the_columns_that_are_documented(graph: KnowledgeGraph, name: str) -> None:
    """Each table of pandas and of Arrow has the columns of its description, in order, and equal rows."""
    frame, arrow = getattr(graph, name)(), getattr(graph, name)(arrow=True)
    described = graph.describe(name)
    assert list(frame.columns) == list(described["column"]) == arrow.column_names
    assert described["meaning"].str.len().min() > 3
    assert frame.attrs["meanings"] == dict(zip(described["column"], described["meaning"], strict=True))
    assert isinstance(arrow, pa.Table) and arrow.num_rows == len(frame) > 0
    assert arrow.column(0).to_pylist() == frame.iloc[:, 0].tolist()
    assert frame["id"].is_unique


def test_claims_quote_the_document(graph: KnowledgeGraph) -> None:
    """Each claim has the very words of its document, and points to an action that there is."""
    claims = graph.claims()
    texts = {Path(name).stem: text for name, text in TEXTS.items()}
    for claim in claims.itertuples():
        assert texts[claim.document][claim.start : claim.end] == claim.quote
    assert set(claims["action_id"]) == set(graph.actions()["id"])


def test_cases_gather_the_actions(graph: KnowledgeGraph) -> None:
    """The actions of all cases are all actions."""
    assert graph.cases()["actions"].sum() == len(graph.actions())


def test_sparql_and_questions_give_frames(graph: KnowledgeGraph) -> None:
    """Any SPARQL with the usual prefixes, and any named question, is a frame."""
    frame = graph.sparql("SELECT ?name { ?who plr:fined agent:telegram ; rdfs:label ?name }")
    assert frame["name"].tolist() == ["Germany"]
    edge = graph.sparql("SELECT ?who ?how { ?who ?how agent:telegram FILTER(?how = plr:fined) }", short=True)
    assert edge.to_numpy().tolist() == [["agent:germany", "plr:fined"]]
    assert "who-acted-against" in set(graph.questions()["question"])
    asked = graph.ask("who-acted-against", platform="Telegram")
    assert {"Germany", "Russia"} <= set(asked["actor"])
    with pytest.raises(QueryError):
        graph.sparql("SELECT nonsense")


def test_network_is_of_networkx(graph: KnowledgeGraph) -> None:
    """Who acts against whom is a weighted digraph; a selection narrows it, and a wrong one is refused."""
    network = graph.network()
    assert isinstance(network, nx.DiGraph) and network["germany"]["telegram"]["weight"] == 1
    assert graph.network("actions").is_multigraph()
    assert not graph.network(window="2019..2021").nodes
    assert "tiktok" in graph.network(status="any") and "tiktok" not in network
    assert list(graph.network(kinds="fine").edges()) == [("germany", "telegram")]
    for wrong in ({"projection": "flat"}, {"window": "soon"}, {"kinds": ("fnie",)}):
        with pytest.raises(QueryError, match="want"):
            graph.network(**wrong)  # type: ignore[arg-type]


def test_analyze_is_what_the_command_prints(graph: KnowledgeGraph) -> None:
    """A measure is a frame; of sensitivity too; of changes against itself there are none."""
    frame = graph.analyze("pagerank")
    assert frame["agent"][0] == "Telegram" and frame["pagerank"].sum() == pytest.approx(1, abs=1e-5)
    assert frame.attrs["meanings"]["pagerank"]
    assert "rank_correlation" in graph.analyze("strength", sensitivity=True)
    assert graph.analyze("changes", former=graph).empty
    assert "pagerank" in set(graph.measures()["measure"])


def test_graph_opens_again_after_closing(graph: KnowledgeGraph) -> None:
    """Closed, it lets go of the store, and opens it at the next question."""
    with KnowledgeGraph(graph.url) as other:
        before = len(other.actions())
    assert len(other.actions()) == before


def test_frames_say_which_extra_they_want(graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pandas or pyarrow the refusal names what to install."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match=r"platform-regulation-kg\[tables\]"):
        graph.actions()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KgError, match=r"platform-regulation-kg\[arrow\]"):
        graph.actions(arrow=True)
