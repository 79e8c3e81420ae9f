"""Read the lines of a file of FollowTheMoney's entities, whatever is in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import SourceError
from kg.model import Refusal
from kg.normalize.text import squeeze_line
from kg.sources.files import open_source
from kg.sources.lines import read_lines

_MOST_VALUES = 50
_MOST_CHARACTERS = 4000

Entity = Mapping[str, Any]
"""An entity: ``id`` and ``schema`` are texts, ``properties`` is an object of anything."""


def iterate_entities(path: str, where: str, *, refuse: bool) -> Iterator[tuple[int, Entity | Refusal]]:
    """Yield the entities of a file with their lines; lines that are none come out as refusals, or not at all.

    Raises
    ------
    SourceError
        If the file can't be read.
    """
    with open_source(path) as stream:
        for number, line in read_lines(stream):
            if line is not None and not line.strip():
                continue
            try:
                yield number, _parse(line)
            except SourceError as error:
                if refuse:
                    yield number, Refusal(f"{where}:{number}", str(error))


def _parse(line: str | None) -> Entity:
    if line is None:
        raise SourceError("too large a line")
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not JSON: {error}") from error
    if not isinstance(entity, dict):
        raise SourceError(f"JSON of type {type(entity).__name__}: want an entity, an object")
    for name, kind in (("id", str), ("schema", str), ("properties", dict)):
        if not isinstance(entity.get(name), kind):
            raise SourceError(f"no entity: {name!r} is missing, or is no {'text' if kind is str else 'object'}")
    return entity


def list_values(entity: Entity, name: str) -> list[str]:
    """List the texts of a property, each one line; of very many, or very long ones, the beginning."""
    values = entity["properties"].get(name, ())
    if not isinstance(values, list):
        return []
    texts = (squeeze_line(value)[:_MOST_CHARACTERS] for value in values[:_MOST_VALUES] if isinstance(value, str))
    return [text for text in texts if text]
