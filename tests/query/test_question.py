from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.query import list_questions, load_question
from kg.query.catalogue import QUESTIONS
from kg.query.question import PARAMETER_TYPES, find_slot, parse_question

GOOD = """# title: Who?
# description: One line,
#   and another.
# parameter platform (agent, such as X): whom
# parameter year (year, optional, such as 2024): when
# parameter status (status, by default actual, such as planned): whether
PREFIX plr: <https://w3id.org/platform-regulation#>
SELECT * { VALUES ?platform { UNDEF } VALUES ?year { UNDEF } VALUES ?status { plr:actual } }
"""


def test_question_header_is_read() -> None:
    """Title, description over two lines, and parameters: required, optional, with a default."""
    question = parse_question("who", GOOD, "who.rq")
    assert (question.title, question.description) == ("Who?", "One line, and another.")
    assert [(one.name, one.type, one.required, one.default, one.example) for one in question.parameters] == [
        ("platform", "agent", True, None, "X"),
        ("year", "year", False, None, "2024"),
        ("status", "status", False, "actual", "planned"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# title: Who?", "# Who?", "q.rq:1: '# Who?': want '# title: …'"),
        ("# title: Who?\n", "", "q.rq:1: no title: want '# title: …'"),
        ("# description: One line,\n#   and another.\n", "", "q.rq:1: no description"),
        ("# description: One line,\n#   and another.", "# title: Again", "q.rq:2: a second title: want one"),
        ("(agent, such as X)", "(agent)", "q.rq:4: 'parameter platform (agent)': want 'parameter NAME"),
        ("(agent, such as X)", "(thing, such as X)", "q.rq:4: type 'thing': want one of agent, country"),
        ("optional, such", "optional, by default 1, such", "q.rq:5: 'year' is optional and has a default"),
        ("VALUES ?year { UNDEF } ", "", "q.rq:5: nothing takes 'year': want VALUES ?year { UNDEF }"),
        ("# parameter year (year, optional, such as 2024): when\n", "", "q.rq:7: ?year is left open"),
        ("parameter status (status, by", "parameter platform (status, by", "q.rq:6: a second parameter 'platform'"),
    ],
)
def test_question_header_errors_name_file_and_line(old: str, new: str, message: str) -> None:
    """Each broken rule is told with the file and the line."""
    assert old in GOOD
    with pytest.raises(DataError, match="^" + re.escape(message)):
        parse_question("who", GOOD.replace(old, new), "q.rq")


def test_questions_are_at_least_fourteen_and_sorted() -> None:
    """The catalogue holds each file of its folder, in order of the names, and each has a title and a description."""
    names = [question.name for question in list_questions()]
    assert names == sorted(path.stem for path in QUESTIONS.glob("*.rq"))
    assert len(names) >= 14
    assert {"who-acted-against", "what-did-they-answer", "timeline", "contradictions"} <= set(names)
    assert all(question.title.endswith("?") and question.description for question in list_questions())
    assert load_question("timeline").name == "timeline"


def test_questions_leave_no_type_unused() -> None:
    """Each type of parameter is some question's."""
    assert {one.type for question in list_questions() for one in question.parameters} == set(PARAMETER_TYPES)


def test_questions_have_their_defaults_in_the_query() -> None:
    """Where a parameter has a default, the query as written has it: run by another tool, it answers the same."""
    for question in list_questions():
        for one in question.parameters:
            slot = find_slot(one.name).search(question.sparql)
            assert slot is not None
            assert (f"plr:{one.default}" in slot[0]) if one.default else ("UNDEF" in slot[0])


def test_questions_are_in_the_documentation(tree: Path) -> None:
    """The page of the questions has each, with its title, its description and its parameters, and no other."""
    page = (tree / "docs" / "queries.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (.+)$", page, re.MULTILINE) == [question.name for question in list_questions()]
    for question in list_questions():
        assert f"**{question.title}** {question.description}" in page
        for one in question.parameters:
            assert f"- `--{one.name}` ({one.type}, " in page
            assert one.description in page
