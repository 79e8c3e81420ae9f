"""Make the JSON of things from what the store says of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.errors import StoreError
from kg.model.vocabulary import ACTIONS, AGENT_TYPES
from kg.rdf import PLR, Store
from kg.rdf.iris import Iris
from kg.rdf.namespaces import VOCABULARIES
from kg.rdf.store import LocalStore
from kg.serve.api import models
from kg.view.read import Thing, get_local_name

_ACTION_CLASSES = {action.capitalize(): action for action in ACTIONS}
_LABELS = ("label", "prefLabel")
# What leads on to things that are told in one breath: agents, laws, sums and documents.
_AGENTS, _LAWS, _SUMS, _DOCUMENTS = "agents", "laws", "sums", "documents"
_LINKS: Mapping[str, Mapping[str, str]] = {
    "agent": {"owner": _AGENTS, "operator": _AGENTS, "partOf": _AGENTS},
    "action": {"actor": _AGENTS, "target": _AGENTS, "legalBasis": _LAWS, "penalty": _SUMS},
    "case": {"pursuedBy": _AGENTS, "concerns": _AGENTS},
    "claim": {
        "statedActor": _AGENTS,
        "statedTarget": _AGENTS,
        "wasAttributedTo": _AGENTS,
        "statedPenalty": _SUMS,
    },
    "evidence": {"hasSource": _DOCUMENTS},
}
# Of agents no more than is told: a platform has an edge from each who acted against it, a document its whole text.
_OF_AGENTS = (
    f"{VOCABULARIES['rdf']}type",
    f"{VOCABULARIES['rdfs']}label",
    f"{VOCABULARIES['skos']}altLabel",
    *(f"{PLR}{name}" for name in ("countryCode", "owner", "operator", "partOf", "inKnowledgeBase")),
)
_OF_LINKED: Mapping[str, tuple[str, ...]] = {
    _AGENTS: (f"{VOCABULARIES['rdfs']}label",),
    _LAWS: (f"{VOCABULARIES['rdfs']}label", f"{VOCABULARIES['skos']}prefLabel"),
    _SUMS: tuple(f"{VOCABULARIES['schema']}{name}" for name in ("value", "currency")),
    _DOCUMENTS: (
        f"{VOCABULARIES['schema']}url",
        *(f"{VOCABULARIES['dcterms']}{name}" for name in ("title", "issued", "publisher")),
    ),
}
_SAME_EVERYWHERE = frozenset(NamedNode(one) for one in _OF_LINKED[_SUMS])


def describe_things(store: Store, kind: str, things: Iterable[str]) -> list[models.Shape]:
    """Describe things of a kind, in the order of their IRIs; those that are none of that kind are left out.

    Raises
    ------
    StoreError
        If one lacks what each has.
    """
    found = _read_things(store, things, _OF_AGENTS if kind == "agent" else ())
    linked: dict[str, Thing] = {}
    for sort in sorted(set(_LINKS[kind].values())):
        names = [name for name, led_to in _LINKS[kind].items() if led_to == sort]
        iris = {iri for thing in found.values() for name in names for iri in thing.get_all(name)}
        linked |= _read_things(store, iris, _OF_LINKED[sort])
    describer = _Describer(Iris(store.base), kind, linked)
    return [_WRITERS[kind](describer, thing) for thing in found.values()]


def _read_things(store: Store, iris: Iterable[str], properties: Sequence[str]) -> dict[str, Thing]:
    wanted = sorted(set(iris))
    gathered: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    told = _look_up(store, wanted, properties) if isinstance(store, LocalStore) else _ask(store, wanted, properties)
    for thing, property, value in told:
        gathered[thing][get_local_name(property)].add(value)
    return {
        iri: Thing(iri, {name: sorted(values) for name, values in gathered[iri].items()}) for iri in sorted(gathered)
    }


def _look_up(store: LocalStore, things: Iterable[str], properties: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Read quads by the store's index, ten times as fast as Oxigraph plans the join of two lists of values."""
    terms: list[NamedNode | None] = [NamedNode(one) for one in properties] or [None]
    for iri in things:
        for term in terms:
            quads = store.oxigraph.quads_for_pattern(NamedNode(iri), term, None, None)
            # Each document that tells of a sum says what it is: a round one stands in thousands of graphs.
            for quad in islice(quads, 1) if term in _SAME_EVERYWHERE else quads:
                if isinstance(quad.object, NamedNode | Literal):
                    yield iri, quad.predicate.value, quad.object.value


def _ask(store: Store, things: Sequence[str], properties: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    if not things:
        return
    values = f"VALUES ?thing {{ {' '.join(str(NamedNode(iri)) for iri in things)} }}"
    if properties:
        values += f" VALUES ?property {{ {' '.join(str(NamedNode(one)) for one in properties)} }}"
    rows: Any = store.query(f"SELECT ?thing ?property ?value {{ {values} ?thing ?property ?value }}")
    for row in rows:
        yield row["thing"].value, row["property"].value, row["value"].value


class _Describer:
    def __init__(self, iris: Iris, kind: str, linked: Mapping[str, Thing]) -> None:
        self._iris = iris
        self._kind = kind
        self._linked = linked

    def name_thing(self, thing: Thing) -> dict[str, str]:
        return {"id": self.read_id(self._kind, thing.iri), "iri": thing.iri}

    def read_id(self, folder: str, iri: str) -> str:
        try:
            return self._iris.read(folder, iri)
        except ValueError:
            return iri  # of a store that was merged from elsewhere

    def read_ids(self, folder: str, iris: Iterable[str]) -> list[str]:
        return sorted(self.read_id(folder, iri) for iri in iris)

    def refer(self, folder: str, iri: str) -> models.Ref:
        thing = self._linked.get(iri)
        names = [thing.get(label) for label in _LABELS] if thing else []
        return models.Ref(id=self.read_id(folder, iri), name=next((name for name in names if name), None))

    def refer_all(self, folder: str, iris: Iterable[str]) -> list[models.Ref]:
        return [self.refer(folder, iri) for iri in iris]

    def find_agent(self, thing: Thing, name: str) -> models.Ref | None:
        iri = thing.get(name)
        return None if iri is None else self.refer("agent", iri)

    def get_agent(self, thing: Thing, name: str) -> models.Ref:
        return self.refer("agent", get_required(thing, name))

    def list_amounts(self, thing: Thing, name: str, best: str | None = None) -> list[models.Amount]:
        found = sorted(thing.get_all(name), key=lambda iri: (iri != best, iri))
        told = (self._linked[iri] for iri in found if iri in self._linked)
        return [
            models.Amount(value=value, currency=amount.get("currency") or "")
            for amount in told
            if (value := amount.get("value"))
        ]

    def describe_document(self, iri: str | None) -> models.Document:
        thing = self._linked.get(iri or "") or Thing(iri or "", {})
        return models.Document(
            id=self.read_id("doc", thing.iri),
            title=thing.get("title"),
            url=thing.get("url"),
            published=thing.get("issued"),
            publisher=thing.get("publisher"),
        )


def get_required(thing: Thing, name: str) -> str:
    """Read what each thing of its kind has.

    Raises
    ------
    StoreError
        If this one has it not.
    """
    value = thing.get(name)
    if value is None:
        raise StoreError(f"<{thing.iri}> has no {name}")
    return value


def _find_type(thing: Thing) -> str:
    found = sorted(kind for kind in map(get_local_name, thing.get_all("type")) if kind in _ACTION_CLASSES)
    return _ACTION_CLASSES[found[0]] if found else ""


def _describe_agent(at: _Describer, thing: Thing) -> models.Shape:
    name = thing.get("label") or thing.id
    return models.Agent(
        **at.name_thing(thing),
        name=name,
        type=min(AGENT_TYPES.intersection(map(get_local_name, thing.get_all("type"))), default="Group"),
        aliases=[alias for alias in thing.get_all("altLabel") if alias != name],
        country=thing.get("countryCode"),
        owner=at.find_agent(thing, "owner"),
        operator=at.find_agent(thing, "operator"),
        part_of=at.find_agent(thing, "partOf"),
        in_knowledge_base=thing.get("inKnowledgeBase") == "true",
    )


def _describe_action(at: _Describer, thing: Thing) -> models.Shape:
    dates = sorted(thing.get_all("date"), key=lambda date: (date != thing.get("bestDate"), -len(date), date))
    case = thing.get("partOfCase")
    return models.Action(
        **at.name_thing(thing),
        type=_find_type(thing),
        actor=at.get_agent(thing, "actor"),
        target=at.get_agent(thing, "target"),
        status=get_local_name(get_required(thing, "status")),
        date=dates[0] if dates else None,
        dates=dates,
        reported=thing.get("reported"),
        charges=at.read_ids("charge", thing.get_all("charge")),
        laws=at.refer_all("law", thing.get_all("legalBasis")),
        amounts=at.list_amounts(thing, "penalty", thing.get("bestPenalty")),
        confidence=float(thing.get("confidence") or 0),
        sources=int(thing.get("sourceCount") or 0),
        case=None if case is None else at.read_id("case", case),
        stage=(thing.get_id("stage") or "").removesuffix("Stage") or None,
        claims=at.read_ids("claim", thing.get_all("claim")),
    )


def _describe_case(at: _Describer, thing: Thing) -> models.Shape:
    return models.Case(
        **at.name_thing(thing),
        label=thing.get("label") or thing.id,
        standing=(thing.get_id("standing") or "").removesuffix("Standing") or None,
        pursued_by=at.refer_all("agent", thing.get_all("pursuedBy")),
        concerns=at.refer_all("agent", thing.get_all("concerns")),
        opened=thing.get("opened"),
        latest=thing.get("latest"),
        disputed=thing.get_all("disputed"),
    )


def _describe_claim(at: _Describer, thing: Thing) -> models.Shape:
    about = thing.get("about")
    return models.Claim(
        **at.name_thing(thing),
        action=None if about is None else at.read_id("action", about),
        type=_ACTION_CLASSES.get(get_local_name(get_required(thing, "statedType")), ""),
        actor=at.get_agent(thing, "statedActor"),
        target=at.get_agent(thing, "statedTarget"),
        status=get_local_name(get_required(thing, "statedStatus")),
        confidence=float(thing.get("confidence") or 0),
        speaker=at.find_agent(thing, "wasAttributedTo"),
        document=at.read_id("doc", get_required(thing, "wasDerivedFrom")),
        dates=thing.get_all("statedDate"),
        charges=at.read_ids("charge", thing.get_all("statedCharge")),
        amounts=at.list_amounts(thing, "statedPenalty"),
        evidence=at.read_ids("evidence", thing.get_all("evidence")),
    )


def _describe_evidence(at: _Describer, thing: Thing) -> models.Shape:
    start, end = thing.get("start"), thing.get("end")
    return models.Evidence(
        **at.name_thing(thing),
        quote=thing.get("exact") or "",
        prefix=thing.get("prefix") or "",
        suffix=thing.get("suffix") or "",
        start=None if start is None else int(start),
        end=None if end is None else int(end),
        document=at.describe_document(thing.get("hasSource")),
    )


_WRITERS: Mapping[str, Callable[[_Describer, Thing], models.Shape]] = {
    "agent": _describe_agent,
    "action": _describe_action,
    "case": _describe_case,
    "claim": _describe_claim,
    "evidence": _describe_evidence,
}
