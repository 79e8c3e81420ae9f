"""Rules of alerts: a SELECT in a file, which may begin with a title and the columns that tell its rows apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import kg.query
from kg.errors import QueryError, describe_os_error
from kg.model.ids import make_digest
from kg.query.keywords import has_keyword

SHIPPED = Path(kg.query.__file__).with_name("alerts")
_SUFFIX = ".rq"
_MAX_BYTES = 1_000_000
_HEADER = re.compile(r"#\s*(title|key):\s*(\S.*)", re.I)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    ``key`` are the columns by which one row is told from another, all if there are none; ``digest`` is that of the
    query, by which it is known wherever its file lies.
    """

    name: str
    title: str
    key: tuple[str, ...]
    sparql: str
    digest: str


def list_shipped() -> list[str]:
    """Name the rules that come with kg."""
    return sorted(path.stem for path in SHIPPED.glob(f"*{_SUFFIX}"))


def find_rules(names: Iterable[str]) -> list[Path]:
    """Find the files of rules, in the order in which they are named, those of a folder by their names.

    Parameters
    ----------
    names
        Files, folders (all files ``*.rq`` in them), or names of shipped rules.

    Raises
    ------
    QueryError
        If there is no such file, or no rule in the folder.
    """
    found: dict[Path, None] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            files = sorted(file for file in path.glob(f"*{_SUFFIX}") if not file.name.startswith("."))
            if not files:
                raise QueryError(f"{name}: there is no rule in this folder: want files *{_SUFFIX}")
            found.update(dict.fromkeys(files))
        elif path.exists():
            found[path] = None
        elif name in list_shipped():
            found[SHIPPED / f"{name}{_SUFFIX}"] = None
        else:
            raise QueryError(f"no rule {name!r}: want a file, a folder, or one of {', '.join(list_shipped())}")
    return list(found)


def load_rule(path: Path) -> Rule:
    """Load a rule, and look at it before it is asked.

    Raises
    ------
    QueryError
        If it can't be read, or asks another server by SERVICE.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
        text = data.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except OSError as error:
        raise QueryError(f"{path}: {describe_os_error(error, known=str(path))}") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: byte {error.start + 1} is not UTF-8") from error
    if len(data) > _MAX_BYTES:
        raise QueryError(f"{path}: a rule of more than {_MAX_BYTES:,} bytes")
    if not text:
        raise QueryError(f"{path}: it is empty, want a SELECT")
    if has_keyword(text, "SERVICE"):
        raise QueryError(f"{path}: SERVICE asks another server, which a rule may not")
    told: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEADER.fullmatch(line.strip()):
            told.setdefault(match[1].lower(), match[2])
    key = tuple(word.lstrip("?") for word in told.get("key", "").split())
    return Rule(path.stem, told.get("title", path.stem), key, text, make_digest(text))
