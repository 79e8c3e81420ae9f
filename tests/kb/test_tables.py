from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.kb import load_knowledge_base, read_table
from kg.kb.agents import AGENT_COLUMNS, LAW_COLUMNS, load_agents, load_laws


def write(file: Path, *lines: str) -> Path:
    """Write the lines of a table."""
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def write_agents(folder: Path, *rows: dict[str, str], name: str = "agents.csv") -> Path:
    """Write agents under their header; what a row leaves out is empty."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [",".join(row.get(column, "") for column in AGENT_COLUMNS) for row in rows]
    write(folder / name, ",".join(AGENT_COLUMNS), *lines)
    return folder


META = {"id": "meta", "type": "Company", "name": "Meta", "country": "us", "source": "own"}
THREADS = {"id": "threads", "type": "Platform", "name": "Threads", "owner": "meta", "source": "own"}


def test_tables_give_rows_with_their_lines(tmp_path: Path) -> None:
    """Comments and empty lines are passed over, cells are stripped, and each row knows its line in the file."""
    file = write(tmp_path / "t.csv", "lemma,words", "# a comment", "fine, a | b||c ", "", '"ban","x, y"')
    rows = list(read_table(file, ("lemma", "words")))
    assert [(row["lemma"], row.line) for row in rows] == [("fine", 3), ("ban", 5)]
    assert rows[0].split("words") == ("a", "b", "c")
    assert rows[1]["words"] == "x, y"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["lemma,effect", "ban,planned"], r"t\.csv:1: the columns are lemma,effect, want lemma,words"),
        ([""], r"t\.csv:1: the columns are"),
        (["lemma,words", "ban,a", "fine"], r"t\.csv:3: 1 cells, want 2"),
        (["lemma,words", "fine,a,b"], r"t\.csv:2: 3 cells, want 2"),
    ],
)
def test_tables_refuse_a_bad_row(tmp_path: Path, lines: list[str], message: str) -> None:
    """A table with other columns, or a row of another length, is refused with its file and line."""
    with pytest.raises(DataError, match=message):
        list(read_table(write(tmp_path / "t.csv", *lines), ("lemma", "words")))


def test_tables_refuse_a_missing_file(tmp_path: Path) -> None:
    """A table that is not there is refused by its path."""
    with pytest.raises(DataError, match=r"none\.csv: No such file"):
        list(read_table(tmp_path / "none.csv", ("a",)))


def test_tables_load_agents_of_all_files(tmp_path: Path) -> None:
    """An owner may stand in another file of the folder; empty cells are None or nothing."""
    write_agents(tmp_path, THREADS, name="a.csv")
    agents = load_agents(write_agents(tmp_path, META, name="b.csv"))
    assert sorted(agents) == ["meta", "threads"]
    assert agents["threads"].owner == "meta"
    assert (agents["meta"].owner, agents["meta"].aliases, agents["meta"].external) == (None, (), ())


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"type": "Planet"}, r"agents\.csv:3: type 'Planet' is not one of .*Company.*Platform"),
        ({"name": ""}, r"agents\.csv:3: an agent needs an id and a name"),
        ({"id": ""}, r"agents\.csv:3: an agent needs an id and a name"),
        ({"id": "meta"}, r"agents\.csv:3: the id 'meta' stands at agents\.csv:2 already"),
        ({"owner": "nobody"}, r"agents\.csv:3: owner 'nobody' is no agent's id"),
        ({"operator": "nobody"}, r"agents\.csv:3: operator 'nobody' is no agent's id"),
        ({"part_of": "nobody"}, r"agents\.csv:3: part_of 'nobody' is no agent's id"),
    ],
)
def test_tables_refuse_a_bad_agent(tmp_path: Path, changed: dict[str, str], message: str) -> None:
    """An unknown type, no id or name, a taken id, an unknown owner: refused with file and line."""
    write_agents(tmp_path, META, {**THREADS, **changed})
    with pytest.raises(DataError, match=message):
        load_agents(tmp_path)


def test_tables_refuse_a_bad_law(tmp_path: Path) -> None:
    """A charge out of the vocabulary and an id given twice are refused, with the value."""
    header, row = ",".join(LAW_COLUMNS), "gdpr,GDPR,,eu,2016,{},,own"
    with pytest.raises(DataError, match=r"laws\.csv:2: charge 'sorcery' is not in the vocabulary"):
        load_laws(write(tmp_path / "laws.csv", header, row.format("privacy|sorcery")))
    with pytest.raises(DataError, match=r"laws\.csv.*'gdpr' occurs twice"):
        load_laws(write(tmp_path / "laws.csv", header, row.format("privacy"), row.format("")))


def test_tables_index_names(tmp_path: Path) -> None:
    """Names, metonyms, adjectives and descriptions lead to the ids of all who bear them, sorted."""
    france = {"id": "france", "type": "Government", "name": "France", "country": "fr", "adjectives": "French"}
    rows = [
        {**france, "metonyms": "Paris|Elysee"},
        {**META, "aliases": "Facebook", "descriptors": "Menlo Park company"},
        {"id": "facebook", "type": "Platform", "name": "Facebook", "owner": "meta"},
    ]
    write_agents(tmp_path / "agents", *rows)
    write(tmp_path / "laws.csv", ",".join(LAW_COLUMNS))
    kb = load_knowledge_base(tmp_path)
    assert kb.aliases["Facebook"] == ("facebook", "meta")
    assert kb.metonyms == {"Paris": ("france",), "Elysee": ("france",)}
    assert kb.adjectives == {"French": ("france",)}
    assert kb.descriptors == {"menlo park company": ("meta",)}
    assert kb.government_of["fr"] == "france"
    assert kb.refer_to("france").name == "France"
