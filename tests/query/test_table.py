from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from kg.query import Table, run_query
from kg.rdf import Store


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("5", 5),
        ("5.25", Decimal("5.25")),
        ("5e0", 5.0),
        ("true", True),
        ('"text"@en', "text"),
        ('"2024-08"^^xsd:gYearMonth', "2024-08"),
        ('"many"^^xsd:integer', "many"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("?nothing", None),
    ],
)
@pytest.mark.parametrize("kind", ["memory", "folder", "endpoint"])
def test_table_cells_are_plain_values(
    request: pytest.FixtureRequest, kind: str, expression: str, value: object
) -> None:
    """Numbers are numbers, dates and IRIs their text, what is not there None; a literal that lies stays text."""
    store: Store = request.getfixturevalue(kind)  # Virtuoso knows no truth but 1, and no literal that lies.
    cell = run_query(store, f"SELECT (({expression}) AS ?cell) {{}}").rows[0][0]
    assert (cell, type(cell)) == (value, type(value))


def test_table_of_ask_and_construct(memory: Store) -> None:
    """ASK is one cell; the triples of CONSTRUCT are rows in order."""
    assert run_query(memory, "ASK { ?a plr:fined ?b }") == Table(("answer",), ((True,),))
    table = run_query(memory, "CONSTRUCT { ?a plr:fined ?b } WHERE { ?a plr:fined ?b }")
    assert table.columns == ("subject", "predicate", "object")
    assert list(table.rows) == sorted(table.rows, key=str)
    assert len(table.rows) == 2


def test_table_becomes_a_frame(memory: Store) -> None:
    """Pandas takes rows and columns as they are."""
    table = run_query(memory, "SELECT ?a ?b { ?a plr:banned ?b }")
    frame = pd.DataFrame(table.rows, columns=table.columns)
    assert frame.shape == (1, 2)
    assert table.list_records() == frame.to_dict("records")
