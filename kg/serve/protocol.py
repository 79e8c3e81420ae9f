"""The SPARQL 1.1 protocol: read what a client asks for from its request, whichever of three ways it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.serve.work import Refused

QUERY_TYPE = "application/sparql-query"
UPDATE_TYPE = "application/sparql-update"
FORM_TYPE = "application/x-www-form-urlencoded"
_MOST_FIELDS = 10_000

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A query or an update, with the dataset that the request names beside it."""

    sparql: str
    is_update: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_get(query_string: str) -> Operation | None:
    """Read a query from the address of a GET request; None where it asks for nothing.

    Raises
    ------
    Refused
        If it asks twice, or for an update.
    """
    fields = parse_form(query_string)
    if not fields:
        return None
    if _collect(fields, "update"):
        raise Refused(400, "an update wants POST")
    return _make_query(fields, _require_one(fields, "query"))


def read_post(content_type: str, query_string: str, body: bytes) -> Operation:
    """Read a query or an update from a POST request, as a form or as it is.

    Parameters
    ----------
    content_type
        The header.
    query_string
        What stands after the question mark of the address.
    body
        The body.

    Raises
    ------
    Refused
        If the type is another, the text is not UTF-8, or it asks for nothing or twice.
    """
    kind, _, parameters = content_type.partition(";")
    kind = kind.strip().lower()
    if kind not in (QUERY_TYPE, UPDATE_TYPE, FORM_TYPE):
        raise Refused(415, f"Content-Type {content_type[:100]!r}: want {FORM_TYPE}, {QUERY_TYPE} or {UPDATE_TYPE}")
    _require_utf8(parameters)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"the body is not UTF-8: {error.reason} at byte {error.start}") from error
    beside = parse_form(query_string)
    if kind == FORM_TYPE:
        if _collect(beside, "query") or _collect(beside, "update"):
            raise Refused(400, "a form is sent in the body, not in the address")
        return _read_form(parse_form(text))
    if _collect(beside, "query") or _collect(beside, "update"):
        raise Refused(400, "one operation is in the address and another in the body: want one")
    return _make_query(beside, text) if kind == QUERY_TYPE else _make_update(beside, text)


def _read_form(fields: Fields) -> Operation:
    if _collect(fields, "update"):
        if _collect(fields, "query"):
            raise Refused(400, "both a query and an update: want one")
        return _make_update(fields, _require_one(fields, "update"))
    return _make_query(fields, _require_one(fields, "query"))


def parse_form(text: str) -> Fields:
    """Read the fields of a form; see `urllib.parse.parse_qsl`.

    Raises
    ------
    Refused
        If it is not UTF-8, or has too many fields.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise Refused(400, f"the form is not UTF-8: {error.reason}") from error
    except ValueError as error:
        raise Refused(400, f"the form can't be read: {error}") from error


def _make_query(fields: Fields, sparql: str) -> Operation:
    defaults, named = _collect(fields, "default-graph-uri"), _collect(fields, "named-graph-uri")
    return Operation(sparql, default_graphs=defaults, named_graphs=named)


def _make_update(fields: Fields, sparql: str) -> Operation:
    defaults, named = _collect(fields, "using-graph-uri"), _collect(fields, "using-named-graph-uri")
    return Operation(sparql, is_update=True, default_graphs=defaults, named_graphs=named)


def _collect(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(value for field, value in fields if field == name)


def _require_one(fields: Fields, name: str) -> str:
    values: Sequence[str] = _collect(fields, name)
    if len(values) != 1:
        raise Refused(400, f"{len(values)} fields are named {name!r}: want one")
    return values[0]


def _require_utf8(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8"):
            raise Refused(415, f"charset {value.strip()[:40]!r}: want UTF-8")
