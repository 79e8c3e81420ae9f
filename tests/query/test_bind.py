from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.query import Question, answer_question, list_questions, load_question, run_query, run_question
from kg.query.bind import bind_parameters, unfold
from kg.query.table import read_table
from kg.rdf import LocalStore, Store, open_store
from tests.query.story import HOSTILE, encode_story, make_story


@pytest.mark.parametrize(
    "name", ["Telegram", "telegram", "TELEGRAM", " telegram ", "Telegram Messenger", "agent:telegram"]
)
def test_bind_finds_agents_by_any_name(memory: Store, name: str) -> None:
    """Id, label and other labels find the agent, in any case."""
    assert len(run_question(memory, "who-acted-against", {"platform": name}).rows) == 3


def test_bind_prefers_labels_to_other_names(memory: Store) -> None:
    """BfJ is another name of one agent; Meta is a label, and Facebook Inc. leads to it."""
    assert run_question(memory, "timeline", {"agent": "BfJ"}).rows
    meta = run_question(memory, "timeline", {"agent": "Meta"})
    assert meta.rows
    assert meta == run_question(memory, "timeline", {"agent": "facebook inc."})


def test_bind_takes_every_agent_of_a_name(memory: Store) -> None:
    """Both Georgias have the label; as a country it is the one that others belong to."""
    from kg.query.names import index_agents

    assert len(index_agents(memory).find("Georgia")) == 2
    countries = index_agents(memory, countries=True)
    for name in ("georgia", "GE"):
        assert [node.value.rpartition("/")[2] for node in countries.find(name)] == ["georgia"]


def test_bind_names_the_nearest_agents(store: Store) -> None:
    """An unknown name is one line with what it may have meant."""
    with pytest.raises(QueryError) as caught:
        run_question(store, "who-acted-against", {"platform": "Telegrm"})
    wanted = "--platform 'Telegrm': the graph has no agent of that name: did you mean Telegram"
    assert str(caught.value).startswith(wanted)
    assert "\n" not in str(caught.value)


def test_bind_says_so_where_nothing_is_near(memory: Store) -> None:
    """A name like none is told without a guess."""
    with pytest.raises(QueryError, match="'Zzyzx': the graph has no agent of that name$"):
        run_question(memory, "who-acted-against", {"platform": "Zzyzx"})


def test_bind_takes_hostile_names_for_names(store: Store) -> None:
    """A name with quotes, braces and a backslash finds its agent, and changes no query."""
    rows = run_question(store, "who-acted-against", {"platform": HOSTILE.name}).list_records()
    assert [(row["actor"], row["target"]) for row in rows] == [("Georgia", HOSTILE.name)]


@pytest.mark.parametrize("value", ['" } DROP ALL #', "} UNION { ?s ?p ?o }", "\\", "<x>", "\ud800", ""])
def test_bind_refuses_what_is_no_name(memory: Store, value: str) -> None:
    """What tries to be SPARQL is a name that nobody has."""
    for parameters in ({"platform": value}, {"platform": "Telegram", "action": value}):
        with pytest.raises(QueryError) as caught:
            run_question(memory, "who-acted-against", parameters)
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("who-acted-against", {}, "who-acted-against wants --platform, such as --platform Telegram"),
        ("timeline", {}, "timeline wants --agent, such as --agent 'Pavel Durov'"),
        ("timeline", {"agent": "Meta", "year": "23"}, "--year '23': want a year of four digits, such as 2024"),
        ("evidence-of", {"id": "x"}, "--id 'x': want the id of an action, such as 5ae8bdb374f4a1d6"),
        (
            "who-acted-against",
            {"platform": "Telegram", "status": "maybe"},
            "--status 'maybe': want one of actual, planned, negated",
        ),
        (
            "contradictions",
            {"agent": "Telegram"},
            "contradictions has no parameter 'agent': want --platform",
        ),
        ("who-acted-agaist", {}, "no question is named 'who-acted-agaist': did you mean who-acted-against?"),
    ],
)
def test_bind_says_what_it_wants(memory: Store, name: str, parameters: dict[str, str], message: str) -> None:
    """Each mistake is one line that names the value and what is allowed."""
    with pytest.raises(QueryError) as caught:
        answer_question(memory, name, parameters)
    assert str(caught.value) == message


def test_bind_lists_the_questions_for_a_name_like_none() -> None:
    """A name like no question's brings the list."""
    with pytest.raises(QueryError, match="'x': want one of busiest-authorities, cases, charges-by-country"):
        load_question("x")


def test_bind_follows_the_data_base() -> None:
    """A store under another base is asked under that base."""
    base = "https://example.org/data/"
    store = open_store("memory:", base=base)
    assert isinstance(store, LocalStore)
    store.load(encode_story(make_story(), base))
    assert len(run_question(store, "who-acted-against", {"platform": "agent:telegram"}).rows) == 3
    identifier = str(run_question(store, "evidence-of", {"actor": "Germany", "action": "fine"}).rows[0][-1])
    assert identifier.startswith(f"{base}action/")
    assert len(run_question(store, "evidence-of", {"id": identifier.rpartition("/")[2]}).rows) == 2


def test_query_of_one_s_own_has_the_prefixes(store: Store) -> None:
    """The simplest query is one triple pattern, and no prefix need be set."""
    table = run_query(store, "SELECT ?who { ?who plr:fined agent:telegram }")
    assert [str(row[0]).rpartition("/")[2] for row in table.rows] == ["germany"]


def test_query_that_does_not_parse_is_one_line_with_its_place(memory: Store) -> None:
    """The prefixes that are set do not move the lines of the query."""
    with pytest.raises(QueryError, match=r"^query: error at 2:10: ") as caught:
        run_query(memory, "SELECT *\n{ ?s ?p }")
    assert "\n" not in str(caught.value)


def test_bind_reads_the_names_of_a_folder_once(folder: Store, memory: Store) -> None:
    """A version of a folder does not change, and its names are kept; memory may change, and is read each time."""
    from kg.query.names import find_index

    assert find_index(folder) is find_index(folder)
    assert find_index(folder) is not find_index(folder, countries=True)
    assert find_index(memory) is not find_index(memory)


def test_unfold_lets_parts_be_looked_up() -> None:
    """A part on one line is taken out of its subselect, also where it may be missing; other subselects stay."""
    folded = "{ SELECT ?id ?who WHERE { ?id plr:actor ?who } } OPTIONAL { SELECT ?id ?day WHERE { ?id plr:date ?day } }"
    assert unfold(folded) == "{ ?id plr:actor ?who } OPTIONAL { ?id plr:date ?day }"
    other = "{ SELECT DISTINCT ?id WHERE { ?id plr:actor ?who } } { SELECT (COUNT(?id) AS ?n) WHERE { ?id a ?kind } }"
    assert unfold(other) == other


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_unfold_changes_no_answer(question: Question, memory: Store) -> None:
    """Whatever order the parts are read in, the rows and their order are the same."""
    values = {one.name: "Telegram" for one in question.parameters if one.required}
    sparql = bind_parameters(memory, question, values)
    assert read_table(memory.query(unfold(sparql))) == read_table(memory.query(sparql))


def test_bind_unfolds_where_something_is_asked_about_one(memory: Store) -> None:
    """Who asks about all reads each part as a whole; who asks about one platform looks its parts up."""
    question = load_question("single-source-actions")
    assert "{ SELECT ?id ?who WHERE { ?id plr:actor ?who } }" in bind_parameters(memory, question, {})
    assert "{ ?id plr:actor ?who }" in bind_parameters(memory, question, {"platform": "Telegram"})
