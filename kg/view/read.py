"""Read the properties of all things of a kind from a store, by SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

_QUERIES = Path(__file__).with_name("queries")


class QueryableStore(Protocol):
    """A store that answers SPARQL with solutions such as pyoxigraph's: ``solution["name"].value``."""

    def query(self, query: str, /) -> Any:
        """Answer a SPARQL query."""


class Thing:
    """The properties of one thing, by their local names; values are sorted, so that the first is a stable choice."""

    __slots__ = ("_values", "iri")

    def __init__(self, iri: str, values: dict[str, list[str]]) -> None:
        self.iri = iri
        self._values = values

    @property
    def id(self) -> str:
        """The last step of the IRI."""
        return get_local_name(self.iri)

    def get(self, name: str) -> str | None:
        """Return the first value, or None."""
        values = self._values.get(name)
        return values[0] if values else None

    def get_all(self, name: str) -> list[str]:
        """Return all values, sorted."""
        return self._values.get(name, [])

    def get_id(self, name: str) -> str | None:
        """Return the last step of the first value, an IRI, or None."""
        value = self.get(name)
        return None if value is None else get_local_name(value)

    def get_ids(self, name: str) -> tuple[str, ...]:
        """Return the last steps of all values, sorted."""
        return tuple(sorted(get_local_name(value) for value in self.get_all(name)))


def get_local_name(iri: str) -> str:
    """Return what follows the last slash or hash of an IRI."""
    return iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :]


def read_things(store: QueryableStore, kind: str) -> dict[str, Thing]:
    """Run ``queries/{kind}.rq`` and gather its rows by thing, in order of IRI."""
    gathered: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    names: dict[str, str] = {}
    solutions: Iterable[Any] = store.query((_QUERIES / f"{kind}.rq").read_text(encoding="utf-8"))
    for solution in solutions:
        iri = solution["property"].value
        name = names.get(iri) or names.setdefault(iri, get_local_name(iri))
        gathered[solution["thing"].value][name].add(solution["value"].value)
    return {
        thing: Thing(thing, {name: sorted(values) for name, values in gathered[thing].items()})
        for thing in sorted(gathered)
    }
