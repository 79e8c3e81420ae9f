"""Every export is read back by the tool that it is for."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import networkx as nx
import pyarrow.parquet as parquet
import pytest
from lxml import etree

from kg.errors import KgError
from kg.export import FOLDER_FORMATS, FORMATS, RDF_FORMATS, TABLE_NAMES, export_file, export_folder
from kg.export.cells import defuse_cell, format_cell
from kg.export.enforcement import TABLES
from kg.export.neo4j import HEADERS
from kg.pipeline import build
from kg.rdf import Store, open_store
from tests.export.conftest import FORMULA, MARKUP, Told

GEXF = "{http://www.gexf.net/1.2draft}"


def export(store: Store, form: str, table: str = "enforcement") -> bytes:
    """Export to bytes."""
    out = io.BytesIO()
    export_file(store, form, out, table=table)
    return out.getvalue()


def read_csv(text: bytes) -> list[dict[str, str]]:
    """Read a table as a spreadsheet would."""
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def export_neo4j(store: Store) -> dict[str, list[list[str]]]:
    """Export for Neo4j, and read the files: their rows, the header first."""
    files: dict[str, io.BytesIO] = {}

    @contextmanager
    def open_file(name: str):
        yield files.setdefault(name, io.BytesIO())

    export_folder(store, "neo4j", open_file)
    return {name: list(csv.reader(io.StringIO(out.getvalue().decode(), newline=""))) for name, out in files.items()}


@pytest.fixture(scope="module")
def turned(told: list[Told], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Build the store again, from the last document to the first."""
    folder = tmp_path_factory.mktemp("turned") / "store"
    build((), folder, ready=told[::-1])
    store = open_store(folder)
    yield store
    store.close()


@pytest.mark.parametrize("form", [one for one in FORMATS if one not in (*FOLDER_FORMATS, *RDF_FORMATS)])
def test_export_is_the_same_bytes_in_any_order(world, turned, form: str) -> None:
    """A store of the same documents, which came in another order, exports to the same bytes (RDF: tests/rdf)."""
    assert export(turned, form) == export(world, form)


def test_export_neo4j_is_the_same_in_any_order(world, turned) -> None:
    """So are the files for Neo4j."""
    assert export_neo4j(turned) == export_neo4j(world)


def test_export_enforcement_has_a_row_a_measure(world) -> None:
    """The fine that two documents tell is one row: its case, sum, euros of the day, law and sources; a plan is none."""
    rows = {(row["authority"], row["action"], row["target"]): row for row in read_csv(export(world, "csv"))}
    fine = rows["Germany", "fine", "Telegram"]
    assert (fine["country"], fine["date"], fine["dated"], fine["sources"]) == ("de", "2022-10-17", "true", "2")
    assert (fine["amount"], fine["currency"], fine["euros_how"]) == ("5100000", "USD", "rate of the day")
    # The ECB's rate of 17 October 2022 was 0.9739 dollars for a euro.
    assert fine["euros"] == "5236677.28"
    assert (fine["law"], fine["charge"]) == ("Network Enforcement Act", "missing complaint channel")
    assert (fine["sector"], fine["target_type"], fine["standing"]) == ("messaging", "Platform", "decided")
    assert fine["documents"] == "'=again; fine"
    assert len(rows) == 4
    assert {action for _, action, _ in rows} == {"fine", "ban", "sue"}


def test_export_csv_defuses_formulas(world) -> None:
    """No cell of any table begins as a formula does, and the words are there behind an apostrophe."""
    for table in TABLE_NAMES:
        for row in read_csv(export(world, "csv", table)):
            assert not [cell for cell in row.values() if re.match(r"[=+@\t\r\n]|-(?!\d)", cell)], table
    targets = {row["target"] for row in read_csv(export(world, "csv"))}
    assert {f"'{FORMULA.name}", MARKUP.name} <= targets


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        ("+x", "'+x"),
        ("@x", "'@x"),
        ("-x", "'-x"),
        ("＝1", "'＝1"),
        ("\tx", "'\tx"),
        ("-5.2", "-5.2"),
        ("+5", "+5"),
        ("x=1", "x=1"),
        ("", ""),
    ],
)
def test_defuse_cell_leaves_numbers_and_words(text: str, cell: str) -> None:
    """What a spreadsheet takes for a formula gets an apostrophe; numbers and words stay."""
    assert defuse_cell(text) == cell


def test_format_cell_writes_plain_values() -> None:
    """Numbers have no exponent, truth values are words, lists are joined and defused as a whole."""
    values = [None, True, 1e6, 0.25, 280500000.0, 3, ["=a", "b"], []]
    assert [format_cell(value) for value in values] == ["", "true", "1000000", "0.25", "280500000", "3", "'=a; b", ""]


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_export_parquet_keeps_types_and_words(world, table: str) -> None:
    """In what pyarrow reads each table has the columns with types and meanings, as many rows, the words untouched."""
    read = parquet.read_table(io.BytesIO(export(world, "parquet", table)))
    columns = TABLES[table].columns
    assert read.column_names == [column.name for column in columns]
    assert read.num_rows == len(read_csv(export(world, "csv", table)))
    kinds = {"text": "string", "texts": "list<element: string>", "number": "double", "count": "int64"}
    for column in columns:
        field = read.schema.field(column.name)
        assert field.metadata[b"meaning"].decode() == column.meaning
        assert str(field.type) == kinds.get(column.type, str(field.type))
    if table == "enforcement":
        assert FORMULA.name in read["target"].to_pylist()


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_export_networks_are_read_by_networkx(world, form: str, read) -> None:
    """What networkx reads has the parties, each action as an edge of its own, and the attributes with their types."""
    graph = read(io.BytesIO(export(world, form)))
    assert graph.is_directed() and graph.is_multigraph()
    assert graph.nodes["telegram"]["label"] == "Telegram"
    assert (graph.nodes["germany"]["kind"], graph.nodes["germany"]["authority"]) == ("Government", True)
    fines = [edge for _, _, edge in graph.edges(data=True) if edge["label"] == "fine" and edge["status"] == "actual"]
    (told,) = [edge for edge in fines if edge.get("amount")]
    assert (told["amount"], told["currency"], told["euros"], told["sources"]) == (5100000.0, "USD", 5236677.28, 2)
    assert isinstance(told["sources"], int) and isinstance(told["confidence"], float)
    assert len(graph.edges) == 6  # the fine of two documents is one


def test_export_networks_are_valid_xml_whatever_the_names(world) -> None:
    """Both parse; each id of a GraphML key, and of a GEXF node and edge, is there once; no day is in the file."""
    graphml = etree.fromstring(export(world, "graphml"))
    keys = graphml.xpath("//*[local-name()='key']/@id")
    assert len(set(keys)) == len(keys) > 10
    gexf = etree.fromstring(export(world, "gexf"))
    for kind in ("node", "edge"):
        ids = [element.get("id") for element in gexf.iter(f"{GEXF}{kind}")]
        assert len(set(ids)) == len(ids) > 4
    assert gexf.find(f"{GEXF}meta").attrib == {}


def test_export_neo4j_has_ids_and_ends_that_meet(world) -> None:
    """Each file has its header; ids are there once; both ends of each relationship are nodes; nothing is a formula."""
    files = export_neo4j(world)
    assert {name: tuple(rows[0]) for name, rows in files.items()} == HEADERS
    ids: list[str] = []
    for rows in files.values():
        assert all(len(row) == len(rows[0]) for row in rows)
        assert all("\n" not in cell for row in rows for cell in row)
        assert not [cell for row in rows[1:] for cell in row if cell.startswith(("=", "+", "@"))]
        if "id:ID" in rows[0]:
            ids += [row[0] for row in rows[1:]]
    assert len(set(ids)) == len(ids)
    for name in ("acts.csv", "links.csv"):
        assert {end for row in files[name][1:] for end in row[:2]} <= set(ids)


def test_export_neo4j_joins_parties_by_what_happened_alone(world) -> None:
    """The direct relationships are the fine, the ban and the suits, by name; the plan is an action alone."""
    files = export_neo4j(world)
    acts = {(row[0], row[6], row[1]) for row in files["acts.csv"][1:]}
    assert ("agent/germany", "FINE", "agent/telegram") in acts
    assert ("agent/russia", "BAN", "agent/telegram") in acts
    assert len(acts) == 5
    assert len(files["actions.csv"]) == 1 + 6


def test_export_refuses_what_there_is_not(world) -> None:
    """A format or a table that is not there is named, with those that are."""
    with pytest.raises(KgError, match=r"format 'xlsx': want one of nquads, .*, quotes"):
        export(world, "xlsx")
    with pytest.raises(KgError, match=r"table 'x': want one of enforcement, .*documents"):
        export(world, "csv", "x")
