"""Choose which things are on a page, by SPARQL; what a client typed stands in a query as a term, never as text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.rdf import PLR, Store
from kg.rdf.iris import Iris

_PREFIXES = """PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX plr: <https://w3id.org/platform-regulation#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
CLASSES = {"agent": "Agent", "action": "Action", "case": "Case", "claim": "Claim", "evidence": "Evidence"}
"""The kinds of things, by the folder of their IRIs, and their classes."""

Pattern = Callable[[Iris, str], str]


def _lead_to(folder: str, path: str) -> Pattern:
    return lambda iris, value: f"?thing {path} {iris.make(folder, value)} ."


def _lead_from(folder: str, path: str) -> Pattern:
    return lambda iris, value: f"{iris.make(folder, value)} {path} ?thing ."


def _have_term(path: str, write: Callable[[str], str]) -> Pattern:
    return lambda iris, value: f"?thing {path} {NamedNode(PLR + write(value))} ."


def _have_least(path: str) -> Pattern:
    return lambda iris, value: f"?thing {path} ?confidence FILTER(?confidence >= {float(value)!r})"


def _compare_date(sign: str) -> Pattern:
    name = {">=": "since", "<=": "until"}[sign]
    # A date is compared as far as it is told: 2022 is no later than until=2022-05, and no earlier than since=2022.
    return lambda iris, value: (
        f"?thing plr:date ?{name} FILTER(SUBSTR(STR(?{name}), 1, {len(value)}) {sign} {Literal(value)})"
    )


def _go_by_name(iris: Iris, value: str) -> str:
    folded = Literal(value.casefold())
    return f"?thing rdfs:label|skos:altLabel ?name FILTER(CONTAINS(LCASE(STR(?name)), {folded}))"


def _have_code(iris: Iris, value: str) -> str:
    return f"?thing plr:countryCode {Literal(value.lower())} ."


FILTERS: Mapping[str, Mapping[str, Pattern]] = {
    "agent": {
        "name": _go_by_name,
        "type": _have_term("a", str),
        "country": _have_code,
    },
    "action": {
        "type": _have_term("a", str.capitalize),
        "actor": _lead_to("agent", "plr:actor"),
        "target": _lead_to("agent", "plr:target"),
        "status": _have_term("plr:status", str),
        "case": _lead_to("case", "plr:partOfCase"),
        "charge": _lead_to("charge", "plr:charge"),
        "since": _compare_date(">="),
        "until": _compare_date("<="),
        "min_confidence": _have_least("plr:confidence"),
    },
    "case": {
        "standing": _have_term("plr:standing", "{}Standing".format),
        "pursued_by": _lead_to("agent", "plr:pursuedBy"),
        "concerns": _lead_to("agent", "plr:concerns"),
    },
    "claim": {
        "action": _lead_to("action", "plr:about"),
        "document": _lead_to("doc", "prov:wasDerivedFrom"),
        "actor": _lead_to("agent", "plr:statedActor"),
        "target": _lead_to("agent", "plr:statedTarget"),
        "status": _have_term("plr:statedStatus", str),
        "min_confidence": _have_least("plr:confidence"),
    },
    "evidence": {
        "claim": _lead_from("claim", "plr:evidence"),
        "action": _lead_from("action", "plr:claim/plr:evidence"),
        "document": _lead_to("doc", "oa:hasSource"),
    },
}
"""By what each kind can be narrowed down: how a value is asked for."""


def select_things(store: Store, kind: str, filters: Mapping[str, str]) -> list[str]:
    """List the IRIs of all things of a kind that the filters leave, in order.

    Parameters
    ----------
    store
        The store.
    kind
        One of `CLASSES`.
    filters
        Values by the names of `FILTERS`.
    """
    iris = Iris(store.base)
    asked = (FILTERS[kind][name](iris, filters[name]) for name in sorted(filters))
    where = " ".join([f"?thing a plr:{CLASSES[kind]} .", *asked])
    # Sorted here: Oxigraph reads each string anew for each comparison, and takes ten times as long.
    rows: Any = store.query(f"{_PREFIXES}SELECT ?thing WHERE {{ {where} }}")
    return sorted({str(row["thing"].value) for row in rows})


def cut_page(store: Store, kind: str, things: Sequence[str], after: str | None, limit: int) -> Sequence[str]:
    """Cut a page out of a list, and one more where more follow; ``after`` is the id of the last thing before it."""
    start = 0 if after is None else bisect_right(things, Iris(store.base).make(kind, after).value)
    return things[start : start + limit + 1]
