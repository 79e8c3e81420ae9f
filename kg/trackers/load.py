"""Read mappings: those that ship, by name, and one's own, by path."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from kg.errors import DataError
from kg.resources import find_data
from kg.trackers.mapping import TrackerMapping

_SUFFIXES = (".yml", ".yaml")


class _TextLoader(yaml.BaseLoader):  # type: ignore[misc]
    """Reads every scalar as the text it is (``No`` is no truth value, 2018 no number), and a key only once."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands twice", key.start_mark
                )
            seen.add(key.value)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def load_mapping(file: Path) -> TrackerMapping:
    """Read and check one mapping.

    Raises
    ------
    DataError
        If the file can't be read, is no YAML, or breaks the rules; the message names the file and the key.
    """
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_TextLoader)
    except OSError as error:
        raise DataError(f"{file}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{file}: no UTF-8 text") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError(f"{file}:{line}: {error.problem}") from error
    except yaml.YAMLError as error:
        raise DataError(f"{file}: {str(error).splitlines()[0]}") from error
    if not isinstance(content, dict):
        raise DataError(f"{file}: want keys such as tracker, columns and claims")
    try:
        return TrackerMapping.model_validate(content)
    except ValidationError as error:
        raise DataError(f"{file}: {_describe(error)}") from error


def list_shipped() -> dict[str, Path]:
    """List the files of the mappings that ship, by the name of the tracker."""
    folder = find_data() / "trackers"
    return {file.stem: file for file in sorted(folder.glob("*.yml"))}


@lru_cache(maxsize=1)
def load_shipped_mappings() -> tuple[TrackerMapping, ...]:
    """Load the mappings that ship."""
    return tuple(load_mapping(file) for file in list_shipped().values())


def find_mapping(name: str) -> TrackerMapping:
    """Load a mapping by the name of a shipped one, or by the path of a file.

    Raises
    ------
    DataError
        If there is none, or it breaks the rules.
    """
    shipped = list_shipped()
    if name in shipped:
        return load_mapping(shipped[name])
    if name.endswith(_SUFFIXES):
        return load_mapping(Path(name))
    raise DataError(f"no tracker {name!r}: want {', '.join(shipped)}, or the path of a mapping that ends in .yml")


def _describe(error: ValidationError) -> str:
    """Say in one line which key is wrong and why; the deepest of several errors tells most."""
    found = max(error.errors(), key=lambda item: len(item["loc"]))
    place = _join_location(part for part in found["loc"] if not _is_branch(part))
    message = found["msg"].removeprefix("Value error, ")
    if found["type"] == "extra_forbidden":
        message = "there is no such key"
    elif found["type"] == "missing":
        message = "this key is missing"
    shown = found.get("input")
    if isinstance(shown, str) and repr(shown) not in message and found["type"] not in ("missing", "extra_forbidden"):
        message += f", not {shown[:60]!r}"
    more = error.error_count() - 1
    return f"{place + ': ' if place else ''}{message}" + (f" (and {more} more)" if more else "")


def _is_branch(part: object) -> bool:
    # pydantic puts the validators' own names between brackets into the place of an error; they say nothing to a user.
    return isinstance(part, str) and "[" in part


def _join_location(parts: Iterable[object]) -> str:
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
