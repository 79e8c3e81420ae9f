from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
import rdflib

from kg.cli.answers import Answer, guard_cell, read_answer, write_answer

EX = "https://example.org/"
PREFIXES = {"ex": EX}


def make_store() -> ox.Store:
    """Make a store whose names and numbers are as hostile as documents are."""
    store = ox.Store()
    store.load(
        b"""@prefix ex: <https://example.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        ex:a ex:name "=HYPERLINK(1)" ; ex:sum 5.25 ; ex:count 3 ; ex:open true .
        ex:b ex:name "two\\nlines, \\"quoted\\"" .""",
        format=ox.RdfFormat.TURTLE,
    )
    return store


ROWS = """PREFIX ex: <https://example.org/>
SELECT ?thing ?name ?sum ?count ?open
{ ?thing ex:name ?name OPTIONAL { ?thing ex:sum ?sum ; ex:count ?count ; ex:open ?open } } ORDER BY ?thing"""


def write(query: str, form: str, **options: int) -> str:
    """Answer a query in a format."""
    out = io.StringIO()
    write_answer(read_answer(make_store().query(query)), form, out, prefixes=PREFIXES, **options)
    return out.getvalue()


def test_answers_in_a_table_are_lines() -> None:
    """A table has a line a row, short IRIs, and no line break out of a name."""
    assert write(ROWS, "table").splitlines() == [
        "thing  name                 sum   count  open",
        "-----  -------------------  ----  -----  ----",
        "ex:a   =HYPERLINK(1)        5.25  3      true",
        'ex:b   two lines, "quoted"',
    ]


def test_answers_in_a_table_fit_the_terminal() -> None:
    """The widest columns give way, and what is cut off shows."""
    lines = write(ROWS, "table", width=38).splitlines()
    assert max(map(len, lines)) <= 38
    assert "two lines, …" in lines[3]


def test_answers_in_csv_are_no_formulas() -> None:
    """A spreadsheet sees text where a document names something like a formula; the rest is as it was."""
    rows = list(csv.reader(io.StringIO(write(ROWS, "csv"))))
    assert rows == [
        ["thing", "name", "sum", "count", "open"],
        [f"{EX}a", "'=HYPERLINK(1)", "5.25", "3", "true"],
        [f"{EX}b", 'two\nlines, "quoted"', "", "", ""],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\r=1"])
def test_answers_guard_what_a_spreadsheet_would_run(text: str) -> None:
    """Each start that a spreadsheet takes for a formula is guarded."""
    assert guard_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+3.5", "-1e6", "2024-08-24", "a=b", ""])
def test_answers_leave_numbers_and_words(text: str) -> None:
    """A negative number is a number, and a sign within a text does no harm."""
    assert guard_cell(text) == text


def test_answers_in_json_have_types() -> None:
    """Numbers and truths are JSON's own, what is missing is null."""
    assert json.loads(write(ROWS, "json")) == [
        {"thing": f"{EX}a", "name": "=HYPERLINK(1)", "sum": 5.25, "count": 3, "open": True},
        {"thing": f"{EX}b", "name": 'two\nlines, "quoted"', "sum": None, "count": None, "open": None},
    ]


def test_answers_in_turtle_parse() -> None:
    """Rows are a result set of the W3C's vocabulary, with a solution a row, and each value as it was."""
    graph = rdflib.Graph().parse(data=write(ROWS, "ttl"), format="turtle")
    rs = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
    assert len(list(graph.triples((None, rs.solution, None)))) == 2
    values = set(graph.objects(None, rs.value))
    assert rdflib.Literal('two\nlines, "quoted"') in values
    assert rdflib.URIRef(f"{EX}a") in values


def test_answers_of_construct_are_a_graph() -> None:
    """The triples of a CONSTRUCT come as Turtle, or as rows of three."""
    query = "PREFIX ex: <https://example.org/> CONSTRUCT { ?a ex:called ?n } WHERE { ?a ex:name ?n }"
    graph = rdflib.Graph().parse(data=write(query, "ttl"), format="turtle")
    assert len(graph) == 2
    assert write(query, "csv").splitlines()[0] == "subject,predicate,object"


def test_answers_of_ask_are_a_truth() -> None:
    """An ASK has one cell."""
    assert json.loads(write("ASK { ?s ?p 3 }", "json")) == [{"answer": True}]


def test_answers_of_nothing_say_so() -> None:
    """An empty table does not look like a failure."""
    out = io.StringIO()
    write_answer(Answer(("a",), ()), "table", out, prefixes={})
    assert out.getvalue() == "a\n-\n(nothing)\n"
