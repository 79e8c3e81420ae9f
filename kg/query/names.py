"""Names of agents as people type them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from pyoxigraph import NamedNode, QuerySolutions

from kg.rdf import LocalStore, Store

# A country may be given by its code; only what something belongs to is a country here, so that Georgia is not a state.
_NAMES = """
PREFIX plr: <https://w3id.org/platform-regulation#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?agent ?name ?main WHERE {
  ?agent a plr:Agent .
  { ?agent rdfs:label ?name BIND(true AS ?main) } UNION { ?agent skos:altLabel ?name BIND(false AS ?main) }
}"""
_COUNTRIES = """
PREFIX plr: <https://w3id.org/platform-regulation#>
SELECT DISTINCT ?agent ?code WHERE {
  ?member plr:country ?agent ; plr:countryCode ?code .
}"""


def fold_name(name: str) -> str:
    """Reduce a name to what counts when names are compared: no case, no width, straight apostrophes, single spaces."""
    plain = unicodedata.normalize("NFKC", name).replace("’", "'").casefold()
    return " ".join(plain.split())


def find_near(name: str, names: Iterable[str], count: int = 3) -> list[str]:
    """Find the names that look most like this one, the nearest first."""
    folded: dict[str, str] = {}
    for known in sorted(set(names)):
        folded.setdefault(fold_name(known), known)
    wanted = fold_name(name)
    near = difflib.get_close_matches(wanted, sorted(folded), n=count, cutoff=0.7)
    if not near and len(wanted) > 3:
        near = sorted((known for known in folded if wanted in known), key=lambda known: (len(known), known))[:count]
    return [folded[known] for known in near]


@dataclass(slots=True)
class AgentIndex:
    """The agents of a store by name: label before other names, for an alias may be another's label."""

    names: dict[str, str] = field(default_factory=dict)
    labels: dict[str, set[str]] = field(default_factory=dict)
    aliases: dict[str, set[str]] = field(default_factory=dict)

    def add(self, iri: str, name: str, *, is_label: bool) -> None:
        """Add one of an agent's names."""
        folded = fold_name(name)
        self.names.setdefault(folded, name)
        (self.labels if is_label else self.aliases).setdefault(folded, set()).add(iri)

    def find(self, name: str) -> list[NamedNode]:
        """Find the agents of that name, in order of their IRIs; none is an empty list."""
        folded = fold_name(name)
        return [NamedNode(iri) for iri in sorted(self.labels.get(folded) or self.aliases.get(folded) or ())]


# What stands in a version of a folder does not change: whoever asks it many questions reads the names once.
_known: WeakKeyDictionary[Store, dict[bool, AgentIndex]] = WeakKeyDictionary()


def find_index(store: Store, *, countries: bool = False) -> AgentIndex:
    """Give the names of a store's agents, of a version of a folder as they were read before; see `index_agents`."""
    if not (isinstance(store, LocalStore) and store.is_version):
        return index_agents(store, countries=countries)
    indexes = _known.setdefault(store, {})
    if countries not in indexes:
        indexes[countries] = index_agents(store, countries=countries)
    return indexes[countries]


def index_agents(store: Store, *, countries: bool = False) -> AgentIndex:
    """Read the names of a store's agents; an agent's id counts as a label, and so do its IRI and ``agent:ID``.

    Parameters
    ----------
    store
        The store.
    countries
        Whether to index only countries, and unions of them, with their codes.
    """
    index, start = AgentIndex(), f"{store.base}agent/"
    wanted: set[str] | None = None
    if countries:
        wanted = set()
        for iri, code in _select(store, _COUNTRIES, "agent", "code"):
            wanted.add(iri)
            index.add(iri, code, is_label=True)
    known: set[str] = set()
    # In order, so that of two spellings of one name the same is shown each time.
    names = _select(store, _NAMES, "agent", "name", "main")
    for iri, name, main in sorted(names, key=lambda row: (row[2] != "true", row)):
        if wanted is not None and iri not in wanted:
            continue
        index.add(iri, name, is_label=main == "true")
        known.add(iri)
    for iri in sorted(known):
        for written in (iri, iri.removeprefix(start), f"agent:{iri.removeprefix(start)}"):
            index.labels.setdefault(fold_name(written), set()).add(iri)
    return index


def _select(store: Store, sparql: str, *columns: str) -> list[tuple[str, ...]]:
    result = store.query(sparql)
    assert isinstance(result, QuerySolutions)
    return [tuple(str(row[column].value) for column in columns) for row in result]
