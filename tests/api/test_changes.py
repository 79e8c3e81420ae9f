from __future__ import annotations

from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.errors import KgError

FINE = "Germany fined Telegram 5.1 million euros on 17 October 2022 for missing complaint channels."
BAN = "Russia banned Telegram in April 2018."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one text, and the store built of it."""
    home = tmp_path_factory.mktemp("changing")
    (home / "fine.txt").write_text(FINE, encoding="utf-8")
    KnowledgeGraph.build([home / "fine.txt"], home / "store", processes=1).close()
    return home


def test_graph_takes_documents_in_and_back(folder: Path) -> None:
    """A document that is added brings its action; taken back, the graph is what it was."""
    graph = KnowledgeGraph(folder / "store")
    before = graph.actions()
    (folder / "ban.txt").write_text(BAN, encoding="utf-8")
    summary = graph.add(folder / "ban.txt", processes=1)
    assert summary.added == ("ban",)
    assert set(graph.actions()["action"]) == {"fine", "ban"}
    assert set(graph.documents()["id"]) == {"fine", "ban"}
    assert graph.remove("ban").removed == ("ban",)
    assert graph.actions().equals(before)
    with pytest.raises(KgError, match="ban"):
        graph.remove("ban")


def test_graph_follows_a_verdict(folder: Path) -> None:
    """A claim that a reviewer rejects goes, and is asked about no more; a wrong id or verdict is refused."""
    graph = KnowledgeGraph(folder / "store")
    doubts = graph.doubts()
    assert doubts["quote"].tolist() == [FINE]
    claim = doubts["id"][0]
    for verdicts, message in (({claim: "maybe"}, "maybe"), ({"0" * 16: "rejected"}, "none of that id")):
        with pytest.raises(KgError, match=message):
            graph.judge(verdicts, by="test", when="2026-11-22")
    graph.judge({claim: "rejected"}, by="test", when="2026-11-22", why="to see it go")
    assert graph.actions().empty and graph.doubts().empty
    assert (folder / "store" / "judgements.jsonl").read_text(encoding="utf-8").count("\n") == 1


def test_graph_at_an_endpoint_has_no_judgements() -> None:
    """An endpoint has no folder, and so no file of judgements: that is said."""
    from kg.api.judging import find_judgements

    with pytest.raises(KgError, match="no folder"):
        find_judgements("http://localhost:1/query")
