"""Find the questions: one file of SPARQL each."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import QueryError
from kg.query.names import find_near
from kg.query.question import Question, parse_question

QUESTIONS = Path(__file__).with_name("questions")


def list_questions() -> tuple[Question, ...]:
    """List the questions, in order of their names.

    Raises
    ------
    DataError
        If a file of the catalogue breaks the rules of headers.
    """
    return tuple(_load_questions(QUESTIONS).values())


def load_question(name: str) -> Question:
    """Find a question by its name.

    Raises
    ------
    QueryError
        If there is none.
    """
    questions = _load_questions(QUESTIONS)
    if name not in questions:
        near = find_near(name, questions)
        wanted = f"did you mean {' or '.join(near)}?" if near else f"want one of {', '.join(questions)}"
        raise QueryError(f"no question is named {name!r}: {wanted}")
    return questions[name]


@cache
def _load_questions(folder: Path) -> dict[str, Question]:
    paths = sorted(folder.glob("*.rq"), key=lambda path: path.stem)
    return {
        path.stem: parse_question(path.stem, path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}")
        for path in paths
    }
