from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from kg.query import Question, answer_question, list_questions, run_question
from kg.query.bind import bind_parameters
from kg.rdf import LocalStore, Store


def ask(store: Store, name: str, *columns: str, **parameters: str) -> list[tuple[object, ...]]:
    """Ask a question, and keep some columns of the answer."""
    table = run_question(store, name, parameters)
    return [tuple(record[column] for column in columns) for record in table.list_records()]


def give_values(question: Question) -> dict[str, str]:
    """Give a question what it must know: Telegram, the only thing that any must."""
    return {one.name: "Telegram" for one in question.parameters if one.required}


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_questions_answer_alike_in_every_store(
    question: Question, memory: Store, folder: Store, endpoint: Store
) -> None:
    """Memory, folder and endpoint give the same rows in the same order, whatever the order they were written in."""
    answers = [run_question(store, question.name, give_values(question)) for store in (memory, folder, endpoint)]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0].rows
    assert all(column.isalpha() and column.islower() for column in answers[0].columns)


@pytest.mark.slow
@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_questions_answer_alike_in_virtuoso(question: Question, memory: Store, virtuoso: Store) -> None:
    """Another server gives the same rows in the same order, whether all is asked or each parameter alone."""
    values = {"agent": "Telegram", "country": "Germany", "action": "fine", "year": "2022"}
    asked = [{one.name: values[one.type]} for one in question.parameters if one.type in values]
    for parameters in [{}, *asked]:
        given = {**give_values(question), **parameters}
        assert run_question(virtuoso, question.name, given) == run_question(memory, question.name, given)


@pytest.fixture(scope="module")
def dataset(memory: LocalStore) -> rdflib.Dataset:
    """Give the story to rdflib's own store and engine."""
    dataset = rdflib.Dataset(default_union=True)
    written = ox.serialize(memory.quads(), format=ox.RdfFormat.N_QUADS)
    return dataset.parse(data=written, format="nquads")


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
# What pairs actions with actions takes rdflib minutes even here.
@pytest.mark.parametrize(
    "question", [one for one in list_questions() if one.name != "contradictions"], ids=lambda question: question.name
)
def test_questions_are_the_sparql_of_everybody(question: Question, memory: LocalStore, dataset: rdflib.Dataset) -> None:
    """Another engine, rdflib, gives the same rows in the same order: no question leans on what one engine does."""
    found = dataset.query(bind_parameters(memory, question, give_values(question)))
    # To rdflib the least of nothing is None, written out.
    rows = [tuple(None if cell is None or str(cell) == "None" else str(cell) for cell in row) for row in found]
    expected = answer_question(memory, question.name, give_values(question))
    assert rows == [tuple(None if cell is None else cell.value for cell in row) for row in expected]


def test_questions_run_with_their_parameters_left_open(memory: Store) -> None:
    """A file of the catalogue is a whole query: any SPARQL tool can run it as it is."""
    for question in list_questions():
        memory.query(question.sparql)


def test_questions_order_every_row(memory: Store) -> None:
    """Each question orders its rows, or the order would be the store's."""
    for question in list_questions():
        assert "\nORDER BY " in question.sparql, question.name


def test_who_acted_against_leaves_plans_and_denials_out(store: Store) -> None:
    """By default only what happened, in order of time: the undated ban stands where it was reported."""
    rows = ask(store, "who-acted-against", "date", "reported", "actor", "action", platform="Telegram")
    assert rows == [
        ("2021", "2021-06-01", "Federal Office of Justice", "investigate"),
        ("2022-10-17", "2024-12-01", "Germany", "fine"),
        (None, "2024-12-01", "Russia", "ban"),
    ]


def test_who_acted_against_gives_the_surest_quote(store: Store) -> None:
    """One action of two sources is one row, with the quote of the surer claim, its source, all charges and the sum."""
    columns = ("quote", "source", "sources", "charges", "penalty")
    rows = ask(store, "who-acted-against", *columns, platform="telegram", action="fine")
    sure = "Germany, sure enough, fined Telegram."
    assert rows == [(sure, "Title of fine-2", 2, "hate speech, missing complaint channel", "EUR 5125000")]


def test_who_acted_against_tells_plans_when_asked(store: Store) -> None:
    """With --status planned the threatened ban comes, and nothing that happened."""
    assert ask(store, "who-acted-against", "action", platform="Telegram", status="planned") == [("ban",)]


def test_pressure_on_says_how_the_target_belongs(store: Store) -> None:
    """The charge against Durov bears on Telegram, which he owns; he is not told twice for being its founder too."""
    rows = ask(store, "pressure-on", "actor", "action", "target", "link", platform="Telegram")
    assert ("Paris Prosecutor", "charge", "Pavel Durov", "its owner") in rows
    assert ("Germany", "fine", "Telegram", "itself") in rows
    assert len(rows) == 4


def test_what_did_they_answer_names_who_answered(store: Store) -> None:
    """Telegram's own appeal, and what its owner denied."""
    rows = ask(store, "what-did-they-answer", "actor", "stands", "action", "target", platform="Telegram")
    assert sorted(rows, key=str) == [
        ("Pavel Durov", "its owner", "deny", "France"),
        ("Telegram", "itself", "appeal", "Germany"),
    ]


def test_timeline_holds_both_sides_and_every_status(store: Store) -> None:
    """All actions of which Telegram is actor or target, in order; an action without any date comes last."""
    rows = ask(store, "timeline", "actor", "action", "status", agent="Telegram Messenger")
    assert rows == [
        ("Federal Office of Justice", "investigate", "actual"),
        ("Germany", "fine", "actual"),
        ("Germany", "ban", "planned"),
        ("Russia", "ban", "actual"),
        ("Russia", "ban", "negated"),
        ("Telegram", "appeal", "actual"),
    ]


def test_timeline_of_a_year_goes_by_date_before_report(store: Store) -> None:
    """The fine of 2022 that was reported in 2024 belongs to 2022."""
    assert ask(store, "timeline", "action", agent="Telegram", year="2022") == [("fine",)]
    assert len(ask(store, "timeline", "action", agent="Telegram", year="2024")) == 3


def test_open_investigations_end_with_a_later_fine_of_the_same_country(store: Store) -> None:
    """Germany's fine ends the inquiry of its Federal Office of Justice; nothing ended Dublin's into WhatsApp."""
    assert ask(store, "open-investigations", "actor", "target") == [("Data Protection Commission", "WhatsApp")]
    assert ask(store, "open-investigations", "actor", country="Germany") == []
    assert ask(store, "open-investigations", "actor", country="ie") == [("Data Protection Commission",)]


def test_threats_are_carried_out_by_another_authority_of_the_country(store: Store) -> None:
    """The Paris prosecutor did what France planned, in a month that may be later; nobody in Germany banned Telegram."""
    assert ask(store, "threats-never-carried-out", "actor", "action", "target") == [("Germany", "ban", "Telegram")]


def test_fines_sum_by_currency_and_count_a_sum_once(store: Store) -> None:
    """Ireland's fine of 390 is that of its regulator; the sum of 380 is another."""
    rows = ask(store, "fines-by-government-and-year", "government", "year", "dated", "currency", "total", "fines")
    assert rows == [
        ("Germany", "2022", True, "EUR", 5125000, 1),
        ("Ireland", "2023", True, "EUR", 700000000, 2),
    ]
    by_target = ask(store, "fines-by-platform", "target", "currency", "total", "largest", "governments")
    assert by_target == [
        ("Meta", "EUR", 700000000, 390000000, "Ireland"),
        ("Telegram", "EUR", 5125000, 5125000, "Germany"),
    ]


def test_fines_of_one_country_and_year(store: Store) -> None:
    """The parameters of the sums leave other countries and years out."""
    assert ask(store, "fines-by-government-and-year", "government", country="Germany") == [("Germany",)]
    assert ask(store, "fines-by-government-and-year", "government", year="2023") == [("Ireland",)]


def test_contradictions_are_pairs_that_exclude_each_other(store: Store) -> None:
    """Two sums of one fine, two fines of one day, a ban that is and is not; authorities with one sum agree."""
    rows = ask(store, "contradictions", "about", "actor", "target", "value", "other")
    assert {tuple(sorted(map(str, row))) for row in rows} == {
        tuple(sorted(("amount", "Data Protection Commission", "Meta", "EUR 300000000", "EUR 310000000"))),
        tuple(sorted(("amount", "Data Protection Commission", "Meta", "EUR 310000000", "EUR 390000000"))),
        tuple(sorted(("outcome", "Russia", "Telegram", "actual", "negated"))),
    }
    quotes = ask(store, "contradictions", "quote", "otherquote", platform="Telegram")
    assert quotes == [("Russia banned Telegram.", "Russia has not banned Telegram.")]


def test_cases_tell_their_life_and_standing(store: Store) -> None:
    """A case is what was done in one matter, in order; its parties and its standing narrow the list."""
    rows = ask(store, "cases", "stands", "actor", "life", platform="Telegram", country="Germany")
    assert ("appealed", "Germany") in {row[:2] for row in rows}
    (life,) = [str(row[2]) for row in rows if row[0] == "appealed"]
    assert "2022-10-17 Germany: fine EUR 5125000" in life
    assert {row[0] for row in ask(store, "cases", "stands", standing="open")} == {"open"}
    whole = {str(row[0]) for row in ask(store, "cases", "id")}
    assert {str(row[0]) for row in ask(store, "cases", "id", platform="Meta")} < whole
    assert sorted(ask(store, "cases", "disputed", platform="Meta"), key=str) == [("amount",), (None,)]


def test_charges_by_country_name_the_targets(store: Store) -> None:
    """Only actions with charges count, and each charge makes a row."""
    assert ask(store, "charges-by-country", "government", "charge", "actions", "targets") == [
        ("Germany", "hate speech", 1, "Telegram"),
        ("Germany", "missing complaint channel", 1, "Telegram"),
    ]


def test_who_answers_for_tells_knowledge_from_documents(store: Store) -> None:
    """The owner by the knowledge base, the founder by a document; what a person is a part of answers for nothing."""
    rows = ask(store, "who-answers-for", "of", "relation", "who", "sources", "source", platform="Telegram")
    assert rows == [
        ("Telegram", "founder", "Pavel Durov", 1, "Title of denial"),
        ("Telegram", "owner", "Pavel Durov", 0, None),
    ]


def test_single_source_actions_leave_confirmed_ones_out(store: Store) -> None:
    """Germany's fine has two sources; Russia's ban has one."""
    assert ask(store, "single-source-actions", "actor", "action", platform="Telegram") == [
        ("Federal Office of Justice", "investigate"),
        ("Russia", "ban"),
    ]


def test_denied_or_negated_are_denials_and_what_did_not_happen(store: Store) -> None:
    """What Durov denied, and the ban that was not."""
    rows = ask(store, "denied-or-negated", "actor", "action", "status")
    assert sorted(rows, key=str) == [("Pavel Durov", "deny", "actual"), ("Russia", "ban", "negated")]


def test_most_targeted_counts_actions_and_actors(store: Store) -> None:
    """Telegram: an inquiry, a fine, a ban by three; Meta: two fines by one, one of them told by its country too."""
    rows = ask(store, "most-targeted", "target", "type", "actions", "actors", "kinds")
    assert rows[:2] == [
        ("Telegram", "platform", 3, 3, "ban 1, fine 1, investigate 1"),
        ("Meta", "company", 2, 1, "fine 2"),
    ]
    assert ask(store, "most-targeted", "target", "actions", action="ban") == [("Telegram", 1)]


def test_busiest_authorities_are_no_platforms(store: Store) -> None:
    """Dublin leads with two fines and an inquiry; Telegram's appeal makes no authority of it."""
    rows = ask(store, "busiest-authorities", "authority", "country", "actions", "targets", "kinds")
    assert rows[0] == ("Data Protection Commission", "Ireland", 3, 2, "fine 2, investigate 1")
    assert "Telegram" not in {row[0] for row in rows}


def test_evidence_of_gives_every_quote_with_its_place(store: Store) -> None:
    """Both documents of the fine, the surer first, with offsets that hold the quote; the id leads back to it."""
    rows = ask(store, "evidence-of", "quote", "source", "start", "end", "id", actor="Germany", action="fine")
    assert [row[1] for row in rows] == ["Title of fine-2", "Title of fine-1"]
    assert all(row[3] - row[2] == len(row[0]) for row in rows)  # type: ignore[operator,arg-type]
    iri = str(rows[0][4])
    for written in (iri, iri.rpartition("/")[2], f"action:{iri.rpartition('/')[2]}"):
        assert ask(store, "evidence-of", "quote", id=written) == [row[:1] for row in rows]
