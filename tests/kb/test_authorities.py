"""The tables of authorities: countries, regions, unions of states, and the bodies that act for them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from kg.model.vocabulary import AGENT_TYPES
from kg.resources import find_data

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reference"
COLUMNS = """id type name aliases country owner operator part_of adjectives metonyms descriptors wikidata lei source"""
# What a table may hold; a regulator's or prosecutor's parent ministry stands beside it.
TYPES_OF_TABLE = {
    "countries": {"Government"},
    "regions": {"Government"},
    "supranational": {"Supranational", "Regulator", "Court", "LawEnforcement", "Legislature"},
    "regulators": {"Regulator"},
    "ministries": {"Ministry"},
    "law-enforcement": {"LawEnforcement", "Ministry", "Regulator"},
    "courts": {"Court"},
    "legislatures": {"Legislature"},
}
AUTHORITY_TABLES = ("regulators", "ministries", "law-enforcement", "courts", "legislatures")
SOURCES = {"iso-3166", "dpv-2.3", "datenanfragen.de", "etid", "own"}
Table = list[dict[str, str]]
Tables = dict[str, Table]

# Names that two rows bear, and why neither gives way: the context of the document decides.
SHARED_NAMES = {
    "CNPD": "the data protection commissions of Luxembourg and Portugal have the same initials",
    "Congo": "either republic on the river may be meant",
    "Datatilsynet": "the Danish and the Norwegian authority have the same name",
    "Georgia": "the country and the US state",
    "Punjab": "the Indian state and the Pakistani province",
    "Supreme Court": "many countries have one; the text tells which, else it is the American one",
}
# Adjectives of two rows, likewise.
SHARED_ADJECTIVES = {
    "Congolese": "of either republic on the river",
}
# Words of everyday English and of every text on regulation: as a name each of them would match what is no name.
COMMON_WORDS = """
    a about act ad administration admin after agency all also am an and any app are arm as ask assembly at
    attorney authority bank be bill board body both bureau but by can case center centre chamber chat chief city code
    commission commissioner committee company congressman consumer council country county court courts data department
    digital district do each election enforcement executive far federal few find fine for force from
    general go government governor group guard has he head her high him his home house how i ice if in information
    institute interior is it its job judge judges judiciary jury justice king law lawmakers lead legislature let lords
    made man market may mayor me media men minister ministry mission my nation national net no nor not of office
    officer official on one open or order other our out panel parliament party people police post premier president
    privacy prosecutor prosecutors public red regulator regulators republic safe say seat security see senator
    senators service set she sheriff sir so staff state states supreme task tax team the them they this to top trade
    treasury tribunal two union up use was watch watchdog we west which who will with won you"""
OTHER_ACRONYMS = "IT AI WHO CEO AP DPA AG PM MP TV PR IP AFP API APP"
SEATS = """
    Kremlin = russia
    Moscow = russia
    Brussels = european-union
    Downing Street = united-kingdom
    Beijing = china
    White House = united-states
    Capitol Hill = us-congress
    Élysée = france
    New Delhi = india
"""
NAMES = """
    U.S. = united-states
    Britain = united-kingdom
    Ofcom = gb-ofcom
    Federal Cartel Office = de-bundeskartellamt
    SDNY = us-attorney-nysd
    ECJ = cjeu
    Supremo Tribunal Federal = br-stf
    9th Circuit = us-ca9
    Duma = ru-duma
    Kominfo = id-komdigi
"""


def read_table(stem: str) -> Table:
    """Read a table of agents by its name without the ending."""
    with (find_data() / "kb" / "agents" / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    """Take a list cell apart."""
    return cell.split("|") if cell else []


def find_list(*parts: str) -> Path:
    """Find a list that belongs to others; skip the test where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    return path


def collect(rows: Table, *columns: str) -> dict[str, set[str]]:
    """Give, for each text of the columns, the ids of the rows that bear it."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for column in columns:
            for text in [row["name"]] if column == "name" else split(row[column]):
                found[text].add(row["id"])
    return dict(found)


def find_shared(bearers: dict[str, set[str]]) -> set[str]:
    """Give the texts that more than one row bears."""
    return {text for text, ids in bearers.items() if len(ids) > 1}


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Give the eight tables."""
    return {stem: read_table(stem) for stem in TYPES_OF_TABLE}


@pytest.fixture(scope="module")
def rows(tables: Tables) -> Table:
    """Give the rows of the eight tables."""
    return [row for stem in sorted(tables) for row in tables[stem]]


@pytest.fixture(scope="module")
def all_ids() -> Counter[str]:
    """Count the ids of all tables of agents, those of platforms, people and others too."""
    files = sorted((find_data() / "kb" / "agents").glob("*.csv"))
    return Counter(row["id"] for file in files for row in read_table(file.stem))


def test_authorities_header_and_order(tables: Tables) -> None:
    """Every table has the agreed columns, in order, and its rows are sorted by id."""
    for stem, table in tables.items():
        assert list(table[0]) == COLUMNS.split(), stem
        assert [row["id"] for row in table] == sorted(row["id"] for row in table), stem


def test_authorities_ids_unique(rows: Table, all_ids: Counter[str]) -> None:
    """An id is a lower-case ASCII slug and occurs once in all agent tables together."""
    assert [row["id"] for row in rows if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])] == []
    assert [row["id"] for row in rows if all_ids[row["id"]] != 1] == []


def test_authorities_types(tables: Tables) -> None:
    """Every row's type is one that its table may hold and that the model knows."""
    for stem, table in tables.items():
        assert {row["type"] for row in table} <= TYPES_OF_TABLE[stem] & AGENT_TYPES, stem


def test_authorities_every_iso_country_is_there(tables: Tables) -> None:
    """Each country of ISO 3166 has exactly one row; Kosovo, user-assigned there, is the only other."""
    with find_list("iso-3166", "all.csv").open(encoding="utf-8") as file:
        expected = [row["alpha-2"].lower() for row in csv.DictReader(file)]
    assert sorted(row["country"] for row in tables["countries"]) == sorted([*expected, "xk"])


def test_authorities_countries_known_by_common_name(tables: Tables) -> None:
    """Ids are slugs of the common names, not of ISO's formal ones."""
    ids = {row["country"]: row["id"] for row in tables["countries"]}
    common = {"us": "united-states", "gb": "united-kingdom", "kr": "south-korea", "ru": "russia", "ir": "iran"}
    assert {code: ids[code] for code in common} == common


def test_authorities_number_and_spread(tables: Tables) -> None:
    """At least 300 authorities of at least 70 countries, the US offices that exist once a state left out."""
    bodies = [row for stem in AUTHORITY_TABLES for row in tables[stem]]
    serial = re.compile(r"-attorney-general$|^us-attorney-|^us-ca\w+$|^us-[a-z]{2,4}d$|-legislature$")
    written = [row for row in bodies if not serial.search(row["id"])]
    assert len(written) >= 300
    assert len({row["country"] for row in written} - {"", "eu", "un"}) >= 70
    for stem in AUTHORITY_TABLES:
        assert len({row["country"] for row in tables[stem]}) >= 40, stem


def test_authorities_country_codes(tables: Tables, rows: Table) -> None:
    """A row's country is a code of the table of countries, ``eu`` or ``un``, or empty for bodies of no one country."""
    codes = {row["country"] for row in tables["countries"]} | {"eu", "un", ""}
    assert [row["id"] for row in rows if row["country"] not in codes] == []
    stateless = {row["id"] for stem in AUTHORITY_TABLES for row in tables[stem] if not row["country"]}
    assert stateless == {"international-grand-committee"}


def test_authorities_references_exist(rows: Table, all_ids: Counter[str]) -> None:
    """Owner, operator and whole are ids of rows, and no chain of wholes runs in a ring."""
    for row in rows:
        assert all(not row[column] or row[column] in all_ids for column in ("owner", "operator", "part_of")), row["id"]
    whole = {row["id"]: row["part_of"] for row in rows}
    for start in whole:
        seen, here = {start}, whole[start]
        while here:
            assert here not in seen, start
            seen.add(here)
            here = whole.get(here, "")


def test_authorities_whole_is_of_the_same_country(rows: Table, tables: Tables) -> None:
    """A body's whole lies in its own country; only territories answer to a government of another code."""
    country = {row["id"]: row["country"] for row in rows}
    territories = {row["id"] for row in tables["countries"]}
    for row in rows:
        if row["part_of"] and row["country"] and row["id"] not in territories:
            assert country.get(row["part_of"]) in ("", row["country"]), row["id"]


def test_authorities_cells_are_clean(rows: Table) -> None:
    """Lists have no empty, repeated, padded or bracketed item; apostrophes are straight; sources are known."""
    for row in rows:
        assert row["source"] and set(split(row["source"])) <= SOURCES, row["id"]
        assert (row["wikidata"], row["lei"]) == ("", ""), row["id"]
        for column in ("aliases", "adjectives", "metonyms", "descriptors"):
            items = split(row[column])
            assert all(item and item == item.strip() and not set(item) & set("’()") for item in items), row["id"]
            assert len(items) == len(set(items)), (row["id"], column)


def test_authorities_alias_has_one_bearer(rows: Table) -> None:
    """No name leads to two rows, except the allowed ones, each of which really does."""
    assert find_shared(collect(rows, "name", "aliases")) == set(SHARED_NAMES)


def test_authorities_metonym_has_one_bearer(rows: Table) -> None:
    """A seat stands for one body, and is not the plain name of another."""
    seats = collect(rows, "metonyms")
    assert find_shared(seats) == set()
    assert set(seats) & set(collect(rows, "name", "aliases")) == set()


def test_authorities_adjective_has_one_bearer(rows: Table) -> None:
    """A demonym belongs to one country or region, except the allowed ones."""
    assert find_shared(collect(rows, "adjectives")) == set(SHARED_ADJECTIVES)


def test_authorities_no_alias_is_a_common_word(rows: Table) -> None:
    """No name is an ordinary word, in lower case or capitalised; acronyms, matched by case, may look like one."""
    for text, ids in collect(rows, "name", "aliases", "adjectives", "metonyms").items():
        assert len(text) > 1, ids
        assert text not in OTHER_ACRONYMS.split(), ids
        assert text.isupper() or text.lower() not in COMMON_WORDS.split(), (ids, text)


def test_authorities_us_states(tables: Tables) -> None:
    """The 50 states and the capital district each have a row, an attorney general and a legislature."""
    states = {row["id"] for row in tables["regions"] if row["part_of"] == "united-states"}
    officers = {row["part_of"]: row for row in tables["regulators"] if row["id"].endswith("-attorney-general")}
    assert len(states) == 51
    assert states <= set(officers)
    assert states <= {row["part_of"] for row in tables["legislatures"]}
    assert officers["texas"]["id"] == "texas-attorney-general"
    assert {"Texas AG", "Attorney General of Texas"} <= set(split(officers["texas"]["aliases"]))


def test_authorities_german_states_have_data_protection(tables: Tables) -> None:
    """The 16 German states each have a row and a data protection authority."""
    lands = {row["id"] for row in tables["regions"] if row["part_of"] == "germany"}
    listed = [row for row in tables["regulators"] if "datenanfragen.de" in split(row["source"])]
    assert len(lands) == 16
    assert lands <= {row["part_of"] for row in listed}


def test_authorities_seats_and_names(rows: Table) -> None:
    """What the press writes for a government or its body leads to that body alone."""
    seats, names = collect(rows, "metonyms"), collect(rows, "name", "aliases")
    for seat, owner in (line.split(" = ") for line in SEATS.strip().splitlines()):
        assert seats[seat.strip()] == {owner}
    for name, owner in (line.split(" = ") for line in NAMES.strip().splitlines()):
        assert names[name.strip()] == {owner}


def test_authorities_of_the_gdpr_decisions_are_known(rows: Table) -> None:
    """At least 95% of the 1,200 GDPR decisions name their authority by a name of the tables; the rest are misspelt."""
    known = collect(rows, "name", "aliases", "descriptors")
    with find_list("gdpr-enforcement-etid-1-1200.tsv").open(encoding="utf-8") as file:
        named = [row["authority"] or "" for row in csv.DictReader(file, delimiter="\t")]
    found = [name for name in named if re.sub(r"^The | \(.*\)$", "", name) in known]
    assert len(found) >= 0.95 * len(named) > 1000


def test_authorities_of_the_open_lists_are_known(tables: Tables) -> None:
    """Each country of the two open lists of data protection authorities has a row that names the list as a source."""
    listed = json.loads(find_list("data-protection-authorities.json").read_text(encoding="utf-8"))
    with find_list("dpv-authorities.tsv").open(encoding="utf-8") as file:
        places = re.findall(r"loc#([A-Z]{2})\b", file.read())
    expected = {
        "datenanfragen.de": {code for entry in listed for code in entry["relevant-countries"]},
        "dpv-2.3": {code.lower() for code in places} - {"eu"},
    }
    for source, countries in expected.items():
        found = {row["country"] for row in tables["regulators"] if source in split(row["source"])}
        assert countries <= found, source
