"""Turn what a user typed into RDF terms, and put them into the places that a query leaves open.

Nothing that a user typed becomes a part of a query: agents are looked up and stand there by their IRIs, the rest is
held against closed lists, and pyoxigraph writes each term.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.model.case import STANDINGS
from kg.model.vocabulary import ACTION_GROUPS, STATUSES
from kg.query.names import find_index, find_near
from kg.query.question import Parameter, Question, find_slot
from kg.rdf import PLR, Store
from kg.rdf.iris import Iris

Terms = list[NamedNode] | list[Literal]

_YEAR = re.compile(r"\d{4}", re.ASCII)
_ACTION_ID = re.compile(r"[0-9a-f]{16}")
# A part of a query that stands by itself, and on one line.
_PART = re.compile(r"\{ SELECT (?:\?\w+ )+WHERE (\{ [^{}]* \}) \}")
_KINDS = tuple(kind for kinds in ACTION_GROUPS.values() for kind in kinds)
# The words that a parameter of a type takes, and the local name of the term that each means.
_WORDS: dict[str, tuple[tuple[str, ...], Callable[[str], str]]] = {
    "action": (_KINDS, str.capitalize),
    "standing": (STANDINGS, "{}Standing".format),
    "status": (STATUSES, str),
}


def bind_parameters(store: Store, question: Question, values: Mapping[str, str]) -> str:
    """Put values into a question's query.

    Parameters
    ----------
    store
        The store that is asked: it knows its agents by name.
    question
        The question.
    values
        What the user typed for each parameter.

    Raises
    ------
    QueryError
        If a parameter is unknown or missing, or its value is not one that it takes.
    """
    known = {parameter.name for parameter in question.parameters}
    for name in values:
        if name not in known:
            wanted = f"want {_list_options(question)}" if known else "it takes none"
            raise QueryError(f"{question.name} has no parameter {name!r}: {wanted}")
    sparql = unfold(question.sparql) if values else question.sparql
    for parameter in question.parameters:
        value = values.get(parameter.name)
        if value is None:
            if parameter.required:
                raise QueryError(
                    f"{question.name} wants --{parameter.name}, such as --{parameter.name} {_quote(parameter.example)}"
                )
            # What may be anything is left out: a bound of no bound leads the planners of some servers astray.
            sparql = sparql.replace(f"VALUES ?{parameter.name} {{ UNDEF }}", "")
            continue
        terms = " ".join(str(term) for term in find_terms(store, parameter, value))
        slot = f"VALUES ?{parameter.name} {{ {terms} }}"
        # A function, for in a replacement string a backslash of a literal would count.
        sparql = find_slot(parameter.name).sub(lambda _, slot=slot: slot, sparql)  # type: ignore[misc]
    return sparql


def unfold(sparql: str) -> str:
    """Let the parts of a query that stand by themselves, one a line, be looked up one from another.

    ``{ SELECT ?id ?who WHERE { ?id plr:actor ?who } }`` means what ``{ ?id plr:actor ?who }`` means. Oxigraph reads the
    one as a whole, which is right for whoever asks about all that there is, and the other row by row, which is right
    for whoever asks about one platform.

    Parameters
    ----------
    sparql
        The query. What such a part leaves out of its SELECT stands nowhere else in the query.
    """
    return _PART.sub(r"\1", sparql)


def find_terms(store: Store, parameter: Parameter, value: str) -> Terms:
    """Find the terms that a value means: several where several agents have the name.

    Raises
    ------
    QueryError
        If it means none.
    """
    option, word = f"--{parameter.name} {value!r}", value.strip().lower()
    if parameter.type in ("agent", "country"):
        return _find_agents(store, parameter, value)
    if parameter.type == "year":
        if not _YEAR.fullmatch(word):
            raise QueryError(f"{option}: want a year of four digits, such as {parameter.example}")
        return [Literal(word)]
    if parameter.type == "id":
        # As a table shows it (action:ID), as a file has it (the IRI), or bare.
        identifier = re.split(r"[:/]", word)[-1]
        if not _ACTION_ID.fullmatch(identifier):
            raise QueryError(f"{option}: want the id of an action, such as {parameter.example}")
        return [Iris(store.base).make("action", identifier)]
    allowed, local = _WORDS[parameter.type]
    if word not in allowed:
        raise QueryError(f"{option}: want one of {', '.join(allowed)}")
    return [NamedNode(PLR + local(word))]


def _find_agents(store: Store, parameter: Parameter, value: str) -> list[NamedNode]:
    index = find_index(store, countries=parameter.type == "country")
    if found := index.find(value):
        return found
    near = find_near(value, index.names.values())
    hint = f": did you mean {' or '.join(near)}?" if near else ""
    raise QueryError(f"--{parameter.name} {value!r}: the graph has no {parameter.type} of that name{hint}")


def _list_options(question: Question) -> str:
    return " or ".join(f"--{parameter.name}" for parameter in question.parameters)


def _quote(example: str) -> str:
    return f"'{example}'" if " " in example else example
