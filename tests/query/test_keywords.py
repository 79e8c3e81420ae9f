"""A keyword that Oxigraph would see in a query is always found, whatever stands around it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.query.keywords import has_keyword

# Oxigraph says so when it is about to ask a server at this port, before it asks.
SERVICE = "SERVICE<http://127.0.0.1:1/>{}"
ASKED = "port 1 is not allowed"
PIECES = st.sampled_from(
    [
        SERVICE,
        "service ?s{}",
        "SERVICE:x{}",
        "SERVICE#'\n<http://127.0.0.1:1/>{}",
        "SERVICE silent<http://127.0.0.1:1/>{}",
        "?s ?p 1",
        "?s ?p true",
        "?s ?p ex:it\\'s",
        "?s ?p ex:a",
        "?s a ex:b.c",
        "?s ?p 'a'@en",
        "?s ?p '\\u0027 #'",
        "?s ?p '\\\\'",
        '?s ?p """ \' "" \\" """',
        "?s ?p ''' \" '' '''",
        "?s ?p <http://example.org/'#>",
        "?s ?p <http://example.org/\\u0061'>",
        "?s ?p 'a'^^ex:b",
        "VALUES ?v { '' \"\" }",
        "FILTER(?s<?b)",
        "FILTER(?s<ex:b)",
        "FILTER(1<2&&3>2)",
        "FILTER(?s>?b)",
        "BIND(1 AS ?service)",
        "OPTIONAL{",
        "{",
        "}",
        "UNION",
        "#'\n",
        "#>\n",
        "'",
        '"',
        "<",
        ">",
        ".",
        ";",
        " ",
        "\n",
    ]
)


def ask(sparql: str) -> str:
    """Have Oxigraph evaluate a query, and give its error."""
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(1)))
    try:
        store.query(sparql)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        return str(error)
    return ""


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=7))
@example(["FILTER(?s<?b)", "SERVICE#'\n<http://127.0.0.1:1/>{}"])
@example(["?s ?p 1", SERVICE])
@example(["?s ?p ex:it\\'s", " ", SERVICE, "#'\n"])
def test_keywords_finds_each_service_that_oxigraph_would_ask(pieces: list[str]) -> None:
    """Where Oxigraph would ask another server, the word was found; pieces are put together without a space between."""
    sparql = f"PREFIX ex:<http://example.org/> PREFIX :<http://127.0.0.1:> ASK{{{''.join(pieces)}}}"
    if ASKED in ask(sparql):
        assert has_keyword(sparql, "SERVICE")


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(st.lists(PIECES, max_size=9))
def test_keywords_finds_each_service_at_length(pieces: list[str]) -> None:
    """The same, ten thousand times."""
    sparql = f"PREFIX ex:<http://example.org/> PREFIX :<http://127.0.0.1:> ASK{{{''.join(pieces)}}}"
    if ASKED in ask(sparql):
        assert has_keyword(sparql, "SERVICE")


def test_keywords_the_check_of_these_tests_works() -> None:
    """Oxigraph does say so where a query has a SERVICE, and does not where it has none."""
    assert ASKED in ask(f"ASK{{{SERVICE}}}")
    assert ask("ASK{}") == ""


@pytest.mark.parametrize(
    "sparql",
    [
        "ASK { BIND('the SERVICE' AS ?service) }",
        "ASK { ?s ?p ?o } # SERVICE",
        "ASK { ?s <http://example.org/service> ?o }",
        "PREFIX ex: <http://example.org/> ASK { ?s ex:service ?o }",
        "ASK { ?s ?p 'a'@service }",
        'ASK { ?s ?p """ "SERVICE" """ }',
        "ASK { ?s ?p ?o }",
    ],
)
def test_keywords_lets_the_word_stand_elsewhere(sparql: str) -> None:
    """In a text, a comment, a variable, a name or an IRI the word is none."""
    assert not has_keyword(sparql, "SERVICE")
