"""Gold documents: what a careful reader takes from a text, by the annotation guidelines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import DataError
from kg.evaluate.check import check_gold
from kg.evaluate.names import is_same_name


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity that an event or a fact of a document names, with the strings by which the text refers to it."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """Who did what to whom; ``actor`` and ``target`` list acceptable alternatives, the best first.

    ``trigger`` and the mentions are the words of the text, where the annotator noted them.
    """

    action: str
    actor: tuple[str, ...]
    target: tuple[str, ...]
    status: str
    charges: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    amount: float | None = None
    currency: str | None = None
    date: str | None = None
    optional: bool = False
    key: str | None = None
    trigger: str | None = None
    actor_mention: str | None = None
    target_mention: str | None = None

    @property
    def is_edge(self) -> bool:
        """Whether both an actor and a target are named."""
        return bool(self.actor and self.target)

    @property
    def is_required(self) -> bool:
        """Whether an extraction without it misses something."""
        return self.is_edge and not self.optional


@dataclass(frozen=True, slots=True)
class GoldFact:
    """Who is what."""

    relation: str
    subject: str
    object: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """All that a careful reader takes from one document."""

    id: str
    entities: tuple[GoldEntity, ...]
    events: tuple[GoldEvent, ...]
    facts: tuple[GoldFact, ...]
    url: str | None = None
    published: str | None = None

    def find_aliases(self, name: str) -> tuple[str, ...]:
        """List the strings that stand for an entity; the name alone where the document does not list it."""
        for entity in reversed(self.entities):  # of two entities of one name the scorer keeps the last
            if entity.name == name:
                return (entity.name, *entity.aliases)
        return (name,)

    def is_one_of(self, names: Iterable[str], *candidates: str | None) -> bool:
        """Tell whether any candidate reads as any of the entities."""
        accepted = [alias for name in names for alias in self.find_aliases(name)]
        return any(is_same_name(alias, candidate) for alias in accepted for candidate in candidates if candidate)


def _as_text(value: object) -> str | None:
    return None if value is None else str(value)


def _decode_event(event: Mapping[str, Any]) -> GoldEvent:
    return GoldEvent(
        action=event["action"],
        actor=tuple(event["actor"]),
        target=tuple(event["target"]),
        status=event["status"],
        charges=tuple(event.get("charges") or ()),
        law=tuple(event.get("law") or ()),
        amount=event.get("amount"),
        currency=event.get("currency"),
        date=event.get("date"),
        optional=bool(event.get("optional")),
        key=event.get("key"),
        trigger=event.get("trigger"),
        actor_mention=event.get("actor_mention"),
        target_mention=event.get("target_mention"),
    )


def decode_gold(doc: Mapping[str, Any]) -> GoldDocument:
    """Turn the JSON object of a checked gold document into a :class:`GoldDocument`."""
    return GoldDocument(
        id=doc["id"],
        url=doc.get("url"),
        published=doc.get("published"),
        entities=tuple(
            GoldEntity(entity["name"], entity["type"], tuple(entity.get("aliases") or ())) for entity in doc["entities"]
        ),
        events=tuple(_decode_event(event) for event in doc["events"]),
        facts=tuple(
            GoldFact(fact["relation"], fact["subject"] or "", fact["object"], _as_text(fact.get("value")))
            for fact in doc["facts"]
        ),
    )


def _read_parts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each gold document's place and its JSON; a place is what a message starts with."""
    if not path.exists():
        raise DataError(f"{path}: no such gold; want a folder of .json files, a .json or a .jsonl file")
    for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
        try:
            content = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{file}: {error}") from error
        if file.suffix != ".jsonl":
            yield str(file), content
            continue
        for number, line in enumerate(content.split("\n"), start=1):
            if line.strip():
                yield f"{file}:{number}", line


def load_gold(path: str | Path) -> dict[str, GoldDocument]:
    """Load gold documents by id: the ``.json`` files of a folder, subfolders too, or one ``.json`` or ``.jsonl`` file.

    Raises
    ------
    DataError
        If there is none, if one is not JSON, breaks the guidelines, or has no id of its own.
    """
    golds: dict[str, GoldDocument] = {}
    for place, content in _read_parts(Path(path)):
        try:
            doc = json.loads(content)
        except ValueError as error:
            raise DataError(f"{place}: not JSON: {error}") from error
        problems = check_gold(doc)
        if problems:
            raise DataError(f"{place}: {'; '.join(problems)}")
        name = doc.get("id")
        if not isinstance(name, str) or not re.search(r"\S", name):
            raise DataError(f"{place}: id {name!r}: want a string")
        if name in golds:
            raise DataError(f"{place}: id {name!r} is taken by another document")
        golds[name] = decode_gold(doc)
    if not golds:
        raise DataError(f"{path}: no gold in it; want .json files with id, entities, events and facts")
    return golds
