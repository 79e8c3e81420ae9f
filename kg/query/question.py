"""A named question: SPARQL under a header of comments that says what it asks and what it wants to know."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import DataError

PARAMETER_TYPES = ("agent", "country", "action", "id", "standing", "status", "year")

_FIELD = re.compile(r"(title|description|parameter [a-z]+ \([^)]*\)): +(\S.*)")
_PARAMETER = re.compile(
    r"parameter (?P<name>[a-z]+) \((?P<type>[a-z]+)(?P<optional>, optional)?"
    r"(?:, by default (?P<default>[^,)]+))?, such as (?P<example>[^)]+)\)"
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question wants to know; without a value its ``default`` holds, or it leaves all values open."""

    name: str
    type: str
    description: str
    example: str
    required: bool
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A named question; ``sparql`` is the whole file, and runs anywhere as it is, with its parameters left open."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str


def find_slot(name: str) -> re.Pattern[str]:
    """Make the pattern of the place in a query that takes a parameter: ``VALUES ?name { … }``."""
    return re.compile(rf"VALUES \?{name} \{{[^{{}}]*\}}")


def parse_question(name: str, text: str, file: str) -> Question:
    """Read a question's header.

    The header is the comment lines that the file starts with: ``# title: …``, ``# description: …``, and for each
    parameter ``# parameter NAME (TYPE, such as EXAMPLE): …``, where TYPE may be followed by ``, optional`` or
    ``, by default VALUE``. Lines that start with ``#`` and two or more spaces continue the one before.

    Parameters
    ----------
    name
        The question's name.
    text
        What the file says.
    file
        The file, for messages.

    Raises
    ------
    DataError
        If the header breaks these rules, or header and query do not agree about the parameters.
    """
    fields: list[tuple[int, str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            break
        if line.startswith("#  ") and fields:
            start, field, said = fields[-1]
            fields[-1] = start, field, f"{said} {line[1:].strip()}"
            continue
        match = _FIELD.fullmatch(line.removeprefix("#").strip())
        if match is None:
            raise DataError(f"{file}:{number}: {line!r}: want '# title: …', '# description: …' or '# parameter …: …'")
        fields.append((number, match[1], match[2]))
    single: dict[str, str] = {}
    parameters: dict[str, Parameter] = {}
    for number, field, said in fields:
        place = f"{file}:{number}"
        if field in ("title", "description"):
            if field in single:
                raise DataError(f"{place}: a second {field}: want one")
            single[field] = said
            continue
        parameter = _parse_parameter(field, said, place)
        if parameter.name in parameters:
            raise DataError(f"{place}: a second parameter {parameter.name!r}: want each once")
        if not find_slot(parameter.name).search(text):
            raise DataError(f"{place}: nothing takes {parameter.name!r}: want VALUES ?{parameter.name} {{ UNDEF }}")
        parameters[parameter.name] = parameter
    for field in ("title", "description"):
        if field not in single:
            raise DataError(f"{file}:1: no {field}: want '# {field}: …' in the lines that the file starts with")
    _check_slots(text, parameters, file)
    return Question(name, single["title"], single["description"], tuple(parameters.values()), text)


def _parse_parameter(field: str, said: str, place: str) -> Parameter:
    match = _PARAMETER.fullmatch(field)
    if match is None:
        raise DataError(f"{place}: {field!r}: want 'parameter NAME (TYPE[, optional | , by default X], such as X)'")
    if match["type"] not in PARAMETER_TYPES:
        raise DataError(f"{place}: type {match['type']!r}: want one of {', '.join(PARAMETER_TYPES)}")
    if match["optional"] and match["default"]:
        raise DataError(f"{place}: {match['name']!r} is optional and has a default: want one of them")
    required = not (match["optional"] or match["default"])
    return Parameter(match["name"], match["type"], said, match["example"], required, match["default"])


def _check_slots(text: str, parameters: dict[str, Parameter], file: str) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        for name in re.findall(r"VALUES \?([a-z]+) \{ UNDEF \}", line):
            if name not in parameters:
                raise DataError(f"{file}:{number}: ?{name} is left open: want '# parameter {name} (…): …'")
