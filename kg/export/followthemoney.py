"""Write the graph as entities of FollowTheMoney, the model of OpenSanctions and Aleph: JSON lines, sorted by id.

Only what happened becomes an entity: a planned or denied fine is none. What is a Sanction, and which schema an agent
has, is said in ``data/export/followthemoney.yml``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import IO, Any
from urllib.parse import urlsplit

import yaml

from kg.analysis.read import get_local_name, read_graph_data, read_things
from kg.analysis.records import ActionRecord, AgentRecord, GraphData
from kg.analysis.tables import LAYOUTS
from kg.model.ids import make_digest
from kg.rdf import Store
from kg.resources import find_data

DATASET = "platform-regulation"
_PLAIN_ID = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.ASCII)
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_MOST_ID = 150
_QUOTES = 5  # quotes that an entity tells; the articles have the rest

Entity = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """What becomes what: schemata by types of agents, the actions that are sanctions, codes of languages."""

    schemata: Mapping[str, str]
    sanctions: frozenset[str]
    languages: Mapping[str, str]


@cache
def load_rules() -> Rules:
    """Load ``data/export/followthemoney.yml``."""
    content = yaml.safe_load((find_data() / "export" / "followthemoney.yml").read_text(encoding="utf-8"))
    return Rules(content["schemata"], frozenset(content["sanctions"]), content["languages"])


def write_followthemoney(store: Store, out: IO[bytes]) -> int:
    """Write all entities, one a line.

    Returns
    -------
    int
        How many actions that happened are left out, for a party of theirs is no entity (a law, a place).
    """
    maker = _Maker(store)
    for entity in sorted(maker.make_all(), key=lambda entity: entity["id"]):
        line = json.dumps(entity, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        out.write(line.encode("utf-8", "replace") + b"\n")
    return maker.left_out


def make_entity_id(kind: str, identifier: str) -> str:
    """Make the id of an entity: readable where it may be, else by a hash of its content."""
    if len(identifier) <= _MOST_ID and _PLAIN_ID.fullmatch(identifier):
        return f"plr-{kind}-{identifier}"
    return f"plr-{kind}-h.{make_digest(identifier)}"


class _Maker:
    def __init__(self, store: Store) -> None:
        self.data: GraphData = read_graph_data(store)
        self.rules = load_rules()
        self.left_out = 0
        self._documents = LAYOUTS["documents"].read_columns(store)
        self._urls = dict(zip(self._documents["id"], self._documents["url"], strict=True))
        self._cases = {get_local_name(iri): said for iri, said in read_things(store, "cases").items()}
        self._told: dict[str, set[tuple[str, str]]] = defaultdict(set)
        claims = LAYOUTS["claims"].read_columns(store)
        for action, document, quote in zip(claims["action_id"], claims["document"], claims["quote"], strict=True):
            self._told[action].add((document, quote))

    def make_all(self) -> Iterator[Entity]:
        parties: set[str] = set()
        documents: set[str] = set()
        for action in self.data.actions:
            if action.status != "actual":
                continue
            ends = (self.data.agents[action.actor], self.data.agents[action.target])
            if any(end.type not in self.rules.schemata for end in ends) or action.actor == action.target:
                self.left_out += 1
                continue
            parties |= {action.actor, action.target}
            documents |= {document for document, _ in self._told[action.id]}
            yield self._make_action(action, *ends)
        above = {owner for id in parties for owner in (self.data.agents[id].owner, self.data.agents[id].operator)}
        parties |= {id for id in above if id is not None and self._is_entity(id)}
        for id in sorted(parties):
            yield self._make_agent(self.data.agents[id])
            yield from self._make_owners(self.data.agents[id], parties)
        yield from self._make_articles(documents)

    def _is_entity(self, agent: str) -> bool:
        return agent in self.data.agents and self.data.agents[agent].type in self.rules.schemata

    def _make_agent(self, agent: AgentRecord) -> Entity:
        schema = self.rules.schemata[agent.type]
        country = "nationality" if schema == "Person" else "jurisdiction"
        return _make_entity(make_entity_id("agent", agent.id), schema, name=agent.name, **{country: agent.code})

    def _make_owners(self, agent: AgentRecord, parties: set[str]) -> Iterator[Entity]:
        asset = make_entity_id("agent", agent.id)
        for other, role in ((agent.owner, "owner"), (agent.operator, "operator")):
            if other is None or other == agent.id or other not in parties:
                continue
            id, end = make_entity_id(role, f"{other}.{agent.id}"), make_entity_id("agent", other)
            if role == "owner" and self.rules.schemata[agent.type] == "Company":
                yield _make_entity(id, "Ownership", owner=end, asset=asset, role=role)
            else:
                yield _make_entity(id, "UnknownLink", subject=end, object=asset, role=role)

    def _make_action(self, action: ActionRecord, actor: AgentRecord, target: AgentRecord) -> Entity:
        case = self._cases.get(action.case or "", {})
        standing = next((get_local_name(iri).removesuffix("Standing") for iri in case.get("standing", ())), None)
        told = sorted(self._told[action.id])
        shared = {
            "recordId": action.id,
            "date": action.date,
            "status": standing,
            "summary": _describe(action, actor, target),
            "description": list(dict.fromkeys(quote for _, quote in told))[:_QUOTES],
            "proof": [make_entity_id("doc", document) for document, _ in told],
            "sourceUrl": [url for document, _ in told if (url := _check_url(self._urls.get(document)))],
        }
        ends = (make_entity_id("agent", actor.id), make_entity_id("agent", target.id))
        if action.type not in self.rules.sanctions or not actor.is_authority:
            id = make_entity_id("act", action.id)
            return _make_entity(id, "UnknownLink", subject=ends[0], object=ends[1], role=action.type, **shared)
        return _make_entity(
            make_entity_id("sanction", action.id),
            "Sanction",
            entity=ends[1],
            authority=actor.name,
            authorityId=ends[0],
            country=actor.code,
            provisions=[action.type, *([_format_sum(action)] if action.amount is not None else [])],
            program=[self.data.get_label(law) for law in action.laws],
            reason=[self.data.get_label(charge) for charge in action.charges],
            **shared,
        )

    def _make_articles(self, wanted: set[str]) -> Iterator[Entity]:
        columns = (self._documents[name] for name in ("id", "title", "published", "publisher", "url", "language"))
        for id, title, published, publisher, url, language in zip(*columns, strict=True):
            if id in wanted:
                yield _make_entity(
                    make_entity_id("doc", id),
                    "Article",
                    fileName=id,
                    title=title,
                    publishedAt=published,
                    publisher=publisher,
                    sourceUrl=_check_url(url),
                    language=self.rules.languages.get(language),
                )


def _make_entity(id: str, schema: str, **values: str | Iterable[str] | None) -> Entity:
    properties: dict[str, list[str]] = {}
    for name, value in values.items():
        listed = [value] if isinstance(value, str) else list(value or ())
        if kept := [text for text in dict.fromkeys(_clean(one) for one in listed) if text]:
            properties[name] = kept
    for name in ("date", "publishedAt"):
        if name in properties and not all(_DATE.fullmatch(text) for text in properties[name]):
            del properties[name]
    return {"id": id, "schema": schema, "datasets": [DATASET], "properties": properties}


def _clean(text: str) -> str:
    """Write a text as FollowTheMoney keeps it: one line, without control characters."""
    return _CONTROL.sub("", " ".join(text.split()))


def _check_url(url: str | None) -> str | None:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    plain = parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname
    return url if plain and not re.search(r"[\s<>\"\\^`{|}]", url or "") else None


def _describe(action: ActionRecord, actor: AgentRecord, target: AgentRecord) -> str:
    money = f", {_format_sum(action)}" if action.amount is not None else ""
    return f"{actor.name}: {action.type} ({target.name}){money}"


def _format_sum(action: ActionRecord) -> str:
    return f"{action.currency} {action.amount:f}"
