"""The tables of platforms, companies, people, laws and charge phrases hold what the rest of the house relies on."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from kg.kb import KnowledgeBase, load_knowledge_base, read_table
from kg.model.vocabulary import AGENT_TYPES, CHARGES

TABLES = ("platforms", "companies", "people", "civil-society", "media", "groups")

# Brands that are also ordinary English words, and why the knowledge base keeps them as names. The gazetteer
# matches the case as written, so a lower-case "signal" is none of them.
WORD_BRANDS = {
    "Alphabet": "the parent of Google goes by no other name",
    "Amnesty": "the press says Amnesty for Amnesty International",
    "Ancestry": "the genealogy company's name",
    "Apple": "the company's name; the fruit is lower case",
    "Arm": "the chip designer's name since 2017",
    "ARM": "the chip designer's name until 2017",
    "Blizzard": "short for Blizzard Entertainment",
    "Blogger": "Google's blogging service",
    "boogaloo": "the movement is written in lower case too",
    "Bumble": "the dating app's name",
    "Capita": "the outsourcing company's name",
    "Discord": "the chat platform's name",
    "Euronews": "a broadcaster that the sample of news tags in lower case as a source",
    "Grab": "the ride-hailing company's name",
    "Hinge": "the dating app's name",
    "Kick": "the streaming platform's name",
    "LINE": "the Japanese messenger writes itself in capitals; 'Line' alone is no alias",
    "Messenger": "Facebook Messenger's short name",
    "MSN": "an acronym that the sample of news tags in lower case as a source",
    "Opera": "the browser maker's name",
    "Orange": "the French telecoms operator's name",
    "Paramount": "the media company's name",
    "Republicans": "the US party's members",
    "Ring": "Amazon's doorbell cameras",
    "Sabre": "the travel booking company's name",
    "Signal": "the messenger's name",
    "Snap": "Snapchat's owner",
    "Sprint": "the wireless carrier's name",
    "Steam": "Valve's game store",
    "Visa": "the card network's name",
    "WIRED": "the magazine in capitals; 'Wired' alone is no alias",
    "Windows": "the operating system's name",
    "X": "Twitter's name since 2023, a single letter",
    "Yahoo": "the portal's name, tagged in lower case as a source",
}
# Words that a reader would take for themselves wherever they stand: none may become an alias.
FORBIDDEN = """time target path secret whisper medium indeed wish minds session element bumble hinge match bird lime
brave edge arc oath beats king block circle sun progress square copy guess independent observer liberty fire which
appeal citizen wire spring fortune vice wired memorial anonymous base verdi motherboard liberation choice lantern her
line bark mega mob union permit"""


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    """Load the knowledge base of the tree."""
    return load_knowledge_base()


@pytest.fixture(scope="module")
def rows(tree: Path) -> dict[str, list[dict[str, str]]]:
    """Read this part's tables of agents."""
    tables = {}
    for table in TABLES:
        with (tree / f"data/kb/agents/{table}.csv").open(encoding="utf-8", newline="") as handle:
            tables[table] = list(csv.DictReader(handle))
    return tables


@pytest.fixture(scope="module")
def names(rows: dict[str, list[dict[str, str]]]) -> list[tuple[str, str]]:
    """Pair each agent's id with each of its names and aliases."""
    return [
        (row["id"], name)
        for table in rows.values()
        for row in table
        for name in (row["name"], *filter(None, row["aliases"].split("|")))
    ]


@pytest.fixture(scope="module")
def phrases(tree: Path) -> list[tuple[str, str, str]]:
    """Read the charge phrases as (charge, kind, phrase)."""
    table = read_table(tree / "data/kb/lexicon/charges.csv", ("charge", "kind", "phrase"))
    return [(row["charge"], row["kind"], row["phrase"]) for row in table]


@pytest.mark.parametrize(
    ("table", "least"),
    [("platforms", 260), ("companies", 150), ("people", 100), ("civil-society", 50), ("media", 80), ("groups", 50)],
)
def test_platforms_tables_are_wide_enough(rows: dict[str, list[dict[str, str]]], table: str, least: int) -> None:
    """Each table holds at least as many agents as the specification asks for."""
    assert len(rows[table]) >= least


def test_platforms_ids_are_slugs_and_unique_over_all_tables(tree: Path) -> None:
    """An id is a lower-case ASCII slug that stands once in all the files of agents, the authorities' included."""
    counts: Counter[str] = Counter()
    for file in sorted((tree / "data/kb/agents").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            counts.update(row["id"] for row in csv.DictReader(handle))
    assert [agent for agent, count in counts.items() if count > 1] == []
    assert [agent for agent in counts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", agent)] == []


def test_platforms_types_and_countries_are_allowed(rows: dict[str, list[dict[str, str]]]) -> None:
    """Types come from the vocabulary; a country is empty (a transnational group) or a two-letter code."""
    everyone = [row for table in rows.values() for row in table]
    assert {row["type"] for row in everyone} <= AGENT_TYPES
    assert [row["id"] for row in everyone if not re.fullmatch(r"([a-z]{2})?", row["country"])] == []
    assert all(row["country"] for row in everyone if row["type"] in {"Platform", "Company", "Person", "Media"})


def test_platforms_rows_name_their_source(rows: dict[str, list[dict[str, str]]]) -> None:
    """Each row says where its facts come from, and none carries an external id, for no source here has any."""
    sources = {row["source"] for table in rows.values() for row in table}
    assert sources == {"own", "vlop-dsa", "datenanfragen.de", "etid"}
    assert not any(row["wikidata"] or row["lei"] for table in rows.values() for row in table)


def test_platforms_owners_exist_and_own_no_owner_of_theirs(knowledge: KnowledgeBase) -> None:
    """The loader refuses an owner that is no agent; besides, no chain of owners comes back to its start."""
    for agent in knowledge.agents.values():
        chain = [agent.id]
        while (owner := knowledge.agents[chain[-1]].owner) is not None:
            assert owner not in chain, f"{agent.id} owns itself by way of {chain}"
            chain.append(owner)


@pytest.mark.parametrize(
    ("service", "owner"),
    [
        ("facebook", "meta"),
        ("instagram", "meta"),
        ("whatsapp", "meta"),
        ("google", "alphabet"),
        ("youtube", "google"),
        ("google-chrome", "google"),
        ("android", "google"),
        ("tiktok", "bytedance"),
        ("linkedin", "microsoft"),
        ("app-store", "apple"),
        ("telegram", "pavel-durov"),
        ("pornhub", "aylo"),
        ("temu", "pdd"),
        ("vk", "vk-company"),
    ],
)
def test_platforms_are_kept_apart_from_their_owners(knowledge: KnowledgeBase, service: str, owner: str) -> None:
    """A service and its owner are two agents, linked, and share no name."""
    low, high = knowledge.agents[service], knowledge.agents[owner]
    assert low.owner == owner
    assert not {low.name, *low.aliases} & {high.name, *high.aliases}


@pytest.mark.parametrize(
    ("name", "agent", "agent_type"),
    [
        ("Google", "google", "Company"),
        ("Microsoft", "microsoft", "Company"),
        ("Apple", "apple", "Company"),
        ("Amazon", "amazon", "Company"),
        ("Meta", "meta", "Company"),
        ("Uber", "uber", "Company"),
        ("Facebook", "facebook", "Platform"),
        ("Twitter", "x", "Platform"),
        ("X", "x", "Platform"),
        ("X (formerly Twitter)", "x", "Platform"),
        ("Telegram", "telegram", "Platform"),
        ("Durov", "pavel-durov", "Person"),
        ("Vestager", "margrethe-vestager", "Person"),
        ("noyb", "noyb", "CivilSociety"),
        ("Reuters", "reuters", "Media"),
        ("ISIS", "isis", "ArmedGroup"),
        ("QAnon", "qanon", "Group"),
        ("Max Schrems", "max-schrems", "Person"),
    ],
)
def test_platforms_names_lead_to_one_agent(knowledge: KnowledgeBase, name: str, agent: str, agent_type: str) -> None:
    """A name that is both service and company has the type that the annotators gave it most."""
    assert knowledge.aliases[name] == (agent,)
    assert knowledge.agents[agent].type == agent_type


def test_platforms_aliases_belong_to_one_agent(knowledge: KnowledgeBase, names: list[tuple[str, str]]) -> None:
    """No alias of this part's tables is a name of another agent too."""
    assert {name for _, name in names if len(knowledge.aliases[name]) > 1} == set()


def test_platforms_aliases_are_no_forbidden_words(names: list[tuple[str, str]]) -> None:
    """No alias is a word that would usually mean itself, whatever its case, unless listed with a reason."""
    words = set(FORBIDDEN.split())
    clashes = {name for _, name in names if name.lower() in words and name not in WORD_BRANDS}
    assert clashes == set()


def test_platforms_aliases_are_no_common_words(names: list[tuple[str, str]], shared: Path) -> None:
    """An alias that news of 2002 to 2021 writes in lower case three times or more is a brand listed with a reason."""
    with gzip.open(shared / "corpus/current-events-2002-2021.tsv.gz", "rt", encoding="utf-8") as handle:
        words = Counter(re.findall(r"(?<![\w'@#/.-])[a-z]{3,}(?![\w'])", handle.read()))
    common = {name for _, name in names if words[name.lower()] >= 3}
    assert common <= WORD_BRANDS.keys()


def test_platforms_single_letters_are_listed(names: list[tuple[str, str]]) -> None:
    """An alias of one letter stands in the list of brands with its reason; there is one."""
    assert {name for _, name in names if len(name) == 1} == {"X"}


def test_platforms_people_have_full_names(rows: dict[str, list[dict[str, str]]]) -> None:
    """A person's name is full or a pseudonym of renown, and few go by one word."""
    single = {row["name"] for row in rows["people"] if " " not in row["name"]}
    assert single == {"ZachXBT"}


def test_platforms_people_speak_for_an_agent_of_the_knowledge_base(knowledge: KnowledgeBase) -> None:
    """Holders of public office are part of the body they speak for."""
    for person, body in {
        "margrethe-vestager": "european-commission",
        "dmitry-peskov": "russia",
        "tim-cook": "apple",
        "max-schrems": "noyb",
        "lina-khan": "us-ftc",
        "helen-dixon": "ie-dpc",
    }.items():
        assert knowledge.agents[person].part_of == body


def test_platforms_laws_are_many_and_their_charges_exist(knowledge: KnowledgeBase) -> None:
    """There are at least 90 laws, each with charges of the vocabulary, or none."""
    assert len(knowledge.laws) >= 90
    assert {charge for law in knowledge.laws.values() for charge in law.charges} <= CHARGES


def test_platforms_law_names_lead_to_one_law(knowledge: KnowledgeBase) -> None:
    """No two laws share a name, or a text could not tell which it cites."""
    counts = Counter(name for law in knowledge.laws.values() for name in {law.name, *law.aliases})
    assert [name for name, count in counts.items() if count > 1] == []


def test_platforms_celex_numbers_follow_from_the_act(knowledge: KnowledgeBase) -> None:
    """A CELEX number is the sector 3, the year, R or L, and the number that an alias of the law cites."""
    checked = 0
    for law in knowledge.laws.values():
        if law.celex is None:
            continue
        match = re.fullmatch(r"3(\d{4})([RL])(\d{4})", law.celex)
        assert match, law.celex
        year, kind, number = match[1], match[2], int(match[3])
        act = "Regulation" if kind == "R" else "Directive"
        forms = {f"{year}/{number}", f"{number}/{year}", f"{year[2:]}/{number}"}
        cited = [alias for alias in law.aliases if alias.startswith(act) and any(form in alias for form in forms)]
        assert cited, f"{law.id}: no alias cites {law.celex}"
        assert law.year is not None and abs(int(law.year) - int(year)) <= 1
        checked += 1
    assert checked >= 20


@pytest.mark.parametrize("charge", sorted(CHARGES))
def test_platforms_each_charge_has_phrases(phrases: list[tuple[str, str, str]], charge: str) -> None:
    """Each charge has at least fifteen phrases that name it."""
    assert sum(of == charge for of, _, _ in phrases) >= 15


def test_platforms_phrases_are_lower_case_and_known(phrases: list[tuple[str, str, str]]) -> None:
    """Phrases are lower case, of a known charge and kind, stand once for a charge, and are no sentences."""
    assert len(set(phrases)) == len(phrases)
    assert {charge for charge, _, _ in phrases} == CHARGES
    assert {kind for _, kind, _ in phrases} == {"phrase"}
    assert [text for _, _, text in phrases if text != text.lower().strip() or len(text.split()) > 7] == []


@pytest.mark.parametrize(
    ("phrase", "charge"),
    [
        ("abuse of dominance", "antitrust"),
        ("cookie consent", "privacy"),
        ("facial recognition", "biometrics"),
        ("child sexual abuse material", "csam"),
        ("price fixing", "antitrust"),
        ("spyware", "surveillance"),
        ("parental consent", "childrens-privacy"),
        ("insider trading", "securities"),
        ("infinite scroll", "addictive-design"),
        ("ad library", "transparency"),
    ],
)
def test_platforms_phrases_name_their_charge(phrases: list[tuple[str, str, str]], phrase: str, charge: str) -> None:
    """A term of the field leads to its charge and to no other."""
    assert {of for of, _, text in phrases if text == phrase} == {charge}
