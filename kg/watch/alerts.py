"""Tell what is new in the answer to a rule since it was last told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import KgError, QueryError, StoreError, describe_os_error
from kg.model.ids import make_digest
from kg.watch.asking import Asker, Rows
from kg.watch.rules import Rule
from kg.watch.state import write_whole

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Alert:
    """What a rule finds: the rows that are new, and how many there are and are gone.

    ``is_first`` tells that the rule was never asked here before, so that all it finds is new. ``digests`` are those of
    all rows, to be noted by `note_alert` when the new ones are told.
    """

    rule: Rule
    columns: tuple[str, ...]
    new: Rows
    total: int
    gone: int
    is_first: bool
    digests: frozenset[str]


def find_news(rule: Rule, asker: Asker, folder: Path) -> Alert:
    """Ask a rule, and hold the answer against the last one that was told.

    Parameters
    ----------
    rule
        The rule.
    asker
        Asks the store.
    folder
        Where the former answers are noted.

    Raises
    ------
    QueryError
        If the rule can't be asked.
    StoreError
        If what was noted is damaged.
    """
    columns, rows = asker.ask(rule.sparql)
    missing = [name for name in rule.key if name not in columns]
    if missing:
        raise QueryError(f"its key names {missing[0]!r}: want one or more of its columns, {', '.join(columns)}")
    places = [columns.index(name) for name in rule.key or columns]
    former = _read_former(folder, rule)
    digests: dict[str, None] = {}
    new = []
    for row in rows:
        digest = _digest_row(row, places)
        if digest not in digests and (former is None or digest not in former):
            new.append(row)
        digests[digest] = None
    gone = len(former - digests.keys()) if former else 0
    return Alert(rule, columns, new, len(digests), gone, former is None, frozenset(digests))


def note_alert(alert: Alert, folder: Path) -> None:
    """Note what a rule found, so that it is not told again.

    Raises
    ------
    KgError
        If it can't be written.
    """
    content = {"format": _FORMAT, "rule": alert.rule.name, "rows": sorted(alert.digests)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KgError(describe_os_error(error)) from error
    write_whole(_name_file(folder, alert.rule), json.dumps(content, indent=0, ensure_ascii=False) + "\n")


def _name_file(folder: Path, rule: Rule) -> Path:
    return folder / f"{rule.digest}.json"


def _read_former(folder: Path, rule: Rule) -> set[str] | None:
    path = _name_file(folder, rule)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise ValueError(f"format {content['format']!r}, want {_FORMAT}")
        return set(map(str, content["rows"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(describe_os_error(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path} is damaged ({error}): delete it to be told all that {rule.name} finds") from error


def _digest_row(row: tuple[Any, ...], places: Sequence[int]) -> str:
    # Blank nodes have other names in each answer.
    cells = ["" if row[place] is None else str(row[place]) for place in places]
    return make_digest(*("_:" if cell.startswith("_:") else cell for cell in cells))
