from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.pages import read_page

FINED = "SELECT ?actor ?target { ?actor plr:fined ?target }"


def test_stats_count_what_is_there(run_kg, store: Path) -> None:
    """One document, one claim, one action, two agents: the figures of the store, as JSON and as text."""
    figures = json.loads(run_kg("stats", store, "--json").out)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", figures.pop("written"))
    assert figures == {
        "documents": 1,
        "claims": 1,
        "facts": 0,
        "actions": 1,
        "agents": 2,
        "by_action": {"fine": {"actual": 1}},
        "read_by": [],
    }
    assert "fine" in run_kg("stats", store).out


def test_query_takes_sparql_from_standard_input(run_kg, store: Path) -> None:
    """The usual prefixes are set, and the simplest pattern finds the direct edge."""
    result = run_kg("query", store, "-", "--format", "csv", stdin=FINED)
    assert result.err == ""
    assert [row[0].rpartition("/")[2] for row in csv.reader(io.StringIO(result.out))] == ["actor", "germany"]


def test_query_names_the_line_of_an_error(run_kg, store: Path) -> None:
    """The prefixes that are set do not move the lines of the user's query."""
    result = run_kg("query", store, "-", stdin="SELECT *\n{ ?s ?p }")
    assert result.code == 1
    assert result.err.startswith("kg: query: error at 2:")


def test_query_refuses_parameters_of_sparql(run_kg, store: Path) -> None:
    """A parameter that nothing reads is not passed over."""
    result = run_kg("query", store, "-", "--platform", "Telegram", stdin=FINED)
    assert (result.code, result.err) == (
        2,
        "kg: --platform: a query from standard input has no parameters (see kg query --help)\n",
    )


def test_view_writes_a_page_into_the_store(run_kg, store: Path) -> None:
    """By default the page is STORE/graph.html, and it names the parties; the store can still be read."""
    result = run_kg("view", store)
    assert (result.code, result.err) == (0, "")
    assert str(store / "graph.html") in result.out
    assert "Telegram" in read_page(store / "graph.html")
    assert run_kg("stats", store).code == 0


def test_view_says_nothing_when_quiet(run_kg, store: Path, tmp_path: Path) -> None:
    """``--quiet`` writes the page named by ``-o`` and prints nothing."""
    result = run_kg("view", store, "-q", "-o", "page.html")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert (tmp_path / "page.html").is_file()


@pytest.mark.parametrize(
    ("form", "known"),
    [("nquads", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG), ("turtle", ox.RdfFormat.TURTLE)],
)
def test_export_writes_what_others_parse(run_kg, store: Path, form: str, known: ox.RdfFormat) -> None:
    """Each format parses, and holds the direct edge."""
    result = run_kg("export", store, "-f", form)
    quads = list(ox.parse(result.out.encode(), format=known))
    assert any(quad.predicate.value.endswith("#fined") for quad in quads)


def test_export_to_a_file_is_whole_or_absent(run_kg, store: Path, tmp_path: Path) -> None:
    """A file is what standard output would have been; where it can't be written, nothing is left behind."""
    assert run_kg("export", store, "-o", "graph.nq").code == 0
    assert (tmp_path / "graph.nq").read_text(encoding="utf-8") == run_kg("export", store).out
    refused = run_kg("export", store, "-o", "nowhere/graph.nq")
    assert (refused.code, refused.err) == (1, "kg: nowhere/graph.nq: there is no folder 'nowhere'\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.nq"]


def test_validate_passes_a_good_store(run_kg, store: Path) -> None:
    """A store that keeps its shapes is reported as such, with exit code 0."""
    result = run_kg("validate", store)
    assert (result.code, result.out) == (0, f"{store}: it keeps its shapes\n")
    assert json.loads(run_kg("validate", store, "--json").out) == []


def test_validate_names_what_breaks_a_shape(run_kg, tmp_path: Path) -> None:
    """An action without actor and status is named, with exit code 1."""
    from kg.rdf import PLR, StoreWriter

    with StoreWriter(tmp_path / "bad") as writer:
        node, graph = ox.NamedNode("https://w3id.org/platform-regulation/id/action/1"), ox.NamedNode("https://g")
        kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        writer.load([ox.Quad(node, kind, ox.NamedNode(f"{PLR}Action"), graph)])
        writer.publish()
    result = run_kg("validate", "bad")
    assert result.code == 1
    assert "action/1" in result.out
    assert result.err == ""
    broken = {violation["path"] for violation in json.loads(run_kg("validate", "bad", "--json").out)}
    assert {"plr:actor", "plr:status"} <= broken


def test_query_asks_named_questions(run_kg, store: Path) -> None:
    """A question takes its parameters as options, before or after its name, and answers with the quote."""
    asked = run_kg("query", store, "who-acted-against", "--platform", "Telegram", "-f", "json")
    turned = run_kg("query", "--platform=Telegram", "-f", "json", store, "who-acted-against")
    (row,) = json.loads(asked.out)
    assert (row["actor"], row["action"], row["quote"]) == ("Germany", "fine", "Germany fined Telegram in 2022.")
    assert turned == asked


def test_query_lists_its_questions(run_kg, store: Path) -> None:
    """Without a question, and with ``--list``, the questions come with their titles and parameters."""
    listed = run_kg("query", store).out
    assert "who-acted-against\n    Who acted against" in listed
    assert "--platform AGENT" in listed
    assert run_kg("query", store, "--list").out == listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["who-acted"], "no question is named 'who-acted'"),
        (["who-acted-against"], "platform"),
        (["who-acted-against", "--colour", "red"], "colour"),
    ],
)
def test_query_names_what_a_question_lacks(run_kg, store: Path, words: list[str], said: str) -> None:
    """An unknown question, a missing and an unknown parameter are errors of one line."""
    result = run_kg("query", store, *words)
    assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert said in result.err


def test_evaluate_scores_predictions(run_kg, tmp_path: Path) -> None:
    """One of two gold edges found and one edge too many: half precision, half recall, and a report that shows both."""
    entities = [{"name": name, "type": "Platform", "aliases": []} for name in ("Germany", "Telegram", "TikTok")]
    event = {"status": "actual", "charges": [], "law": [], "amount": None, "currency": None, "date": None}
    gold = [
        {**event, "action": action, "actor": ["Germany"], "target": [target], "optional": False}
        for action, target in (("fine", "Telegram"), ("ban", "TikTok"))
    ]
    found = [
        {**event, "action": action, "actor": "Germany", "target": target, "quote": "Germany fined Telegram."}
        for action, target in (("fine", "Telegram"), ("sue", "TikTok"))
    ]
    document = {"id": "d", "url": None, "published": None, "entities": entities, "events": gold, "facts": []}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "d.json").write_text(json.dumps(document), encoding="utf-8")
    line = json.dumps({"id": "d", "events": found, "facts": []})
    (tmp_path / "out.jsonl").write_text(line + "\n", encoding="utf-8")
    (tmp_path / "d.txt").write_text("Germany fined Telegram. Germany banned TikTok.", encoding="utf-8")
    result = run_kg("evaluate", "gold", "out.jsonl", "d.txt", "--report", "report.html", "--json")
    assert (result.code, result.err) == (0, "")
    edge = json.loads(result.out)["edge"]
    assert (edge["p"], edge["r"], edge["hits"]) == (0.5, 0.5, 1)
    page = re.sub(r"<[^>]+>", "", (tmp_path / "report.html").read_text(encoding="utf-8"))
    assert "Germany banned TikTok." in page
