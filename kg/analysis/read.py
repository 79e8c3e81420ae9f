"""Read the actions and agents of a store, by SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kg.analysis.records import ActionRecord, AgentRecord, GraphData
from kg.errors import StoreError
from kg.model.vocabulary import ACTIONS, AGENT_TYPES, STATUSES
from kg.rdf import Store

_QUERIES = Path(__file__).with_name("queries")
_ACTION_OF = {action.capitalize(): action for action in ACTIONS}

Values = dict[str, list[str]]


@cache
def load_query(name: str) -> str:
    """Load ``queries/{name}.rq``."""
    return (_QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def read_graph_data(store: Store) -> GraphData:
    """Read all actions of a store, whatever their status, with their parties.

    Raises
    ------
    StoreError
        If an action lacks its type, status, actor or target.
    """
    reported = {_get_id(row["thing"]): row["first"].value for row in _select(store, "reports")}
    sums = {row["thing"].value: (row["value"].value, row["currency"].value) for row in _select(store, "penalties")}
    actions = tuple(
        sorted(
            (_make_action(iri, said, sums, reported) for iri, said in read_things(store, "actions").items()),
            key=lambda action: action.id,
        )
    )
    (counts,) = list(_select(store, "counts"))
    labels: dict[str, str] = {}
    for thing, label in sorted((_get_id(row["thing"]), row["label"].value) for row in _select(store, "labels")):
        labels.setdefault(thing, label)
    return GraphData(
        actions=actions,
        agents=_read_agents(store, actions),
        labels=labels,
        documents=int(counts["documents"].value),
        claims=int(counts["claims"].value),
    )


def read_things(store: Store, query: str) -> dict[str, Values]:
    """Gather the rows of a query of things, properties and values: sorted values by local name, by IRI."""
    gathered: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in _select(store, query):
        gathered[row["thing"].value][get_local_name(row["property"].value)].add(row["value"].value)
    return {iri: {name: sorted(values) for name, values in gathered[iri].items()} for iri in sorted(gathered)}


def get_local_name(iri: str) -> str:
    """What follows the last slash or hash of an IRI, with its percent-quotes undone."""
    return unquote(iri[max(iri.rfind("/"), iri.rfind("#")) + 1 :], errors="surrogatepass")


def select_rows(store: Store, query: str) -> Iterator[dict[str, Any]]:
    """Run ``queries/{query}.rq``, and give its rows as texts; a variable without a value is None."""
    result: Any = _select(store, query)
    names = [variable.value for variable in result.variables]
    for row in result:
        yield {name: None if row[name] is None else row[name].value for name in names}


def _select(store: Store, query: str) -> Any:
    return store.query(load_query(query))


def _get_id(node: Any) -> str:
    return get_local_name(node.value)


def _make_action(iri: str, said: Values, sums: dict[str, tuple[str, str]], reported: dict[str, str]) -> ActionRecord:
    identifier = get_local_name(iri)
    kinds = [_ACTION_OF[name] for name in map(get_local_name, said.get("type", ())) if name in _ACTION_OF]
    statuses = [name for name in map(get_local_name, said.get("status", ())) if name in STATUSES]
    for what, found in (
        ("type", kinds),
        ("status", statuses),
        ("actor", said.get("actor")),
        ("target", said.get("target")),
    ):
        if not found:
            raise StoreError(f"the action <{iri}> has no {what}")
    amount, currency = _pick_sum(said, sums)
    return ActionRecord(
        id=identifier,
        type=kinds[0],
        actor=get_local_name(said["actor"][0]),
        target=get_local_name(said["target"][0]),
        status=statuses[0],
        confidence=float(said.get("confidence", ["0"])[0]),
        sources=int(said.get("sourceCount", ["1"])[0]),
        # The best supported, else the most precise.
        date=_first(said.get("bestDate")) or max(said.get("date", ()), key=len, default=None),
        reported=reported.get(identifier),
        case=get_local_name(said["partOfCase"][0]) if "partOfCase" in said else None,
        charges=tuple(sorted(map(get_local_name, said.get("charge", ())))),
        laws=tuple(sorted(map(get_local_name, said.get("legalBasis", ())))),
        amount=amount,
        currency=currency,
    )


def _pick_sum(said: Values, sums: dict[str, tuple[str, str]]) -> tuple[Decimal | None, str | None]:
    for iri in (*said.get("bestPenalty", ()), *said.get("penalty", ())):
        if iri in sums:
            value, currency = sums[iri]
            try:
                return Decimal(value), currency
            except InvalidOperation:
                continue  # a literal need not be what its datatype says
    return None, None


def _read_agents(store: Store, actions: tuple[ActionRecord, ...]) -> dict[str, AgentRecord]:
    known = {get_local_name(iri): _make_agent(iri, said) for iri, said in read_things(store, "agents").items()}
    wanted = {party for action in actions for party in (action.actor, action.target)}
    for identifier in sorted(wanted & known.keys()):
        agent = known[identifier]
        wanted.update(other for other in (agent.jurisdiction, agent.owner, agent.operator) if other)
    return {
        identifier: known.get(identifier) or AgentRecord(identifier, identifier, "Group")
        for identifier in sorted(wanted)
    }


def _make_agent(iri: str, said: Values) -> AgentRecord:
    identifier = get_local_name(iri)
    types = sorted(AGENT_TYPES.intersection(map(get_local_name, said.get("type", ()))))
    return AgentRecord(
        id=identifier,
        name=_first(said.get("label")) or identifier,
        type=types[0] if types else "Group",
        jurisdiction=_get_first_id(said.get("country")),
        code=_first(said.get("countryCode")),
        owner=_get_first_id(said.get("owner")),
        operator=_get_first_id(said.get("operator")),
        is_known=said.get("inKnowledgeBase") == ["true"],
    )


def _first(values: list[str] | None) -> str | None:
    return values[0] if values else None


def _get_first_id(values: list[str] | None) -> str | None:
    return get_local_name(values[0]) if values else None
