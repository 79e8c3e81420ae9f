"""The catalogue of named SPARQL questions, and how they are asked."""

from kg.query.ask import add_prefixes, answer_question, ask_query, run_query, run_question
from kg.query.catalogue import list_questions, load_question
from kg.query.question import Parameter, Question
from kg.query.table import Table

__all__ = [
    "Parameter",
    "Question",
    "Table",
    "add_prefixes",
    "answer_question",
    "ask_query",
    "list_questions",
    "load_question",
    "run_query",
    "run_question",
]
