"""Arrange the data of the page in columns, and pack it: short, and harmless inside HTML."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Sequence
from typing import Any

from kg.model.vocabulary import ACTION_GROUPS
from kg.view.columns import (
    Column,
    StringTable,
    encode_number_lists,
    encode_numbers,
    encode_references,
)
from kg.view.conflicts import find_conflicts
from kg.view.data import ViewAction, ViewAmount, ViewClaim, ViewData
from kg.view.network import Network
from kg.view.tables import load_table

_SURROGATE = re.compile("[\ud800-\udfff]")
_Numbers = dict[str, int]
_Table = dict[str, Column]


def build_payload(data: ViewData, network: Network, title: str) -> dict[str, Any]:
    """Arrange the data by number: agents, documents, cases and strings are named by their positions in their lists."""
    strings, amounts = StringTable(), _AmountTable()
    agent = {item.id: index for index, item in enumerate(data.agents)}
    document = {item.id: index for index, item in enumerate(data.documents)}
    case = {item.id: index for index, item in enumerate(data.cases)}
    # In this order: claims of a document share words with one another, and the numbers of strings stay small.
    tables = {
        "agents": _arrange_agents(data, network, agent, strings),
        "documents": _arrange_documents(data, strings),
        "cases": {
            "id": strings.encode_strings(item.id for item in data.cases),
            "label": strings.encode_strings(item.label for item in data.cases),
            "standing": strings.encode_strings(item.standing for item in data.cases),
            "disputed": strings.encode_lists(item.disputed for item in data.cases),
        },
        "edges": _arrange_edges(network, strings),
        "actions": _arrange_actions(data.actions, network.edge_of_action, case, strings, amounts),
        "claims": _arrange_claims(data.actions, agent, document, strings, amounts),
        "facts": _arrange_facts(data, agent, document, strings),
    }
    tables["amounts"] = amounts.arrange(strings)
    return {
        "title": title,
        "base": data.base,
        "palette": load_table("palette"),
        "words": load_table("words"),
        "relations": load_table("relations"),
        "actionGroups": {group: list(actions) for group, actions in ACTION_GROUPS.items()},
        "labels": data.labels,
        "options": network.options,
        "tables": tables,
        "strings": strings.strings,
    }


def format_json(payload: Any) -> str:
    """Write JSON that can be written as UTF-8 whatever its strings hold."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate can't be written as UTF-8, but may stand escaped.
        return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
    return text


def pack_text(text: str, level: int = 4) -> str:
    """Deflate a text (RFC 1950) and write it in base64, none of whose characters means anything in HTML."""
    return base64.b64encode(zlib.compress(text.encode(), level)).decode()


class _AmountTable:
    """Number amounts, each once."""

    def __init__(self) -> None:
        self._numbers: dict[ViewAmount, int] = {}

    def number_all(self, amounts: Sequence[ViewAmount]) -> list[int]:
        return [self._numbers.setdefault(amount, len(self._numbers)) for amount in amounts]

    def arrange(self, strings: StringTable) -> _Table:
        return {
            "value": strings.encode_strings(amount.value for amount in self._numbers),
            "currency": strings.encode_strings(amount.currency for amount in self._numbers),
            "euro": encode_numbers(amount.euro for amount in self._numbers),
        }


def _arrange_agents(data: ViewData, network: Network, agent: _Numbers, strings: StringTable) -> _Table:
    drawn = {node.agent: node for node in network.nodes}
    nodes = [drawn.get(index) for index in range(len(data.agents))]
    return {
        "id": strings.encode_strings(item.id for item in data.agents),
        "name": strings.encode_strings(item.name for item in data.agents),
        "type": strings.encode_strings(item.type for item in data.agents),
        "aliases": strings.encode_lists(item.aliases for item in data.agents),
        "country": encode_references(agent.get(item.country or "") for item in data.agents),
        "owner": encode_references(agent.get(item.owner or "") for item in data.agents),
        "operator": encode_references(agent.get(item.operator or "") for item in data.agents),
        "part_of": encode_references(agent.get(item.part_of or "") for item in data.agents),
        # Those without a place are only spoken of.
        "x": encode_numbers(None if node is None else node.x for node in nodes),
        "y": encode_numbers(None if node is None else node.y for node in nodes),
        "size": encode_numbers(None if node is None else node.size for node in nodes),
        "community": encode_references(None if node is None else node.community for node in nodes),
    }


def _arrange_documents(data: ViewData, strings: StringTable) -> _Table:
    names = ("id", "title", "url", "date", "publisher", "author")
    return {name: strings.encode_strings(getattr(item, name) for item in data.documents) for name in names}


def _arrange_edges(network: Network, strings: StringTable) -> _Table:
    return {
        "from": encode_references(edge.source for edge in network.edges),
        "to": encode_references(edge.target for edge in network.edges),
        "action": strings.encode_strings(edge.action for edge in network.edges),
        "status": strings.encode_strings(edge.status for edge in network.edges),
        "bend": encode_numbers(edge.bend for edge in network.edges),
    }


def _arrange_actions(
    actions: Sequence[ViewAction], edges: Sequence[int], case: _Numbers, strings: StringTable, amounts: _AmountTable
) -> _Table:
    conflicts = find_conflicts(actions)
    return {
        "id": strings.encode_strings(item.id for item in actions),
        "conflicts": strings.encode_lists(conflicts.get(item.id, ()) for item in actions),
        "edge": encode_references(edges),
        "confidence": encode_numbers(item.confidence for item in actions),
        "sources": encode_numbers(item.source_count for item in actions),
        "case": encode_references(case.get(item.case or "") for item in actions),
        "stage": strings.encode_strings(item.stage for item in actions),
        "dates": strings.encode_lists(item.dates for item in actions),
        "charges": strings.encode_lists(item.charges for item in actions),
        "laws": strings.encode_lists(item.laws for item in actions),
        "amounts": encode_number_lists(amounts.number_all(item.amounts) for item in actions),
        # The table of claims holds those of the first action, then those of the second, and so on.
        "claims": encode_numbers(len(item.claims) for item in actions),
    }


def _arrange_claims(
    actions: Sequence[ViewAction], agent: _Numbers, document: _Numbers, strings: StringTable, amounts: _AmountTable
) -> _Table:
    claims: list[ViewClaim] = [claim for item in actions for claim in item.claims]
    statuses = [
        # The page takes what is left out from the action.
        claim.status if claim.status != item.status else None
        for item in actions
        for claim in item.claims
    ]
    return {
        "id": strings.encode_strings(item.id for item in claims),
        "document": encode_references(document.get(item.document) for item in claims),
        "quote": strings.encode_strings(item.quote for item in claims),
        "prefix": strings.encode_strings(item.prefix for item in claims),
        "suffix": strings.encode_strings(item.suffix for item in claims),
        "speaker": encode_references(agent.get(item.speaker or "") for item in claims),
        "status": strings.encode_strings(statuses),
        "confidence": encode_numbers(item.confidence for item in claims),
        "date": strings.encode_strings(item.date for item in claims),
        "charges": strings.encode_lists(item.charges for item in claims),
        "laws": strings.encode_lists(item.laws for item in claims),
        "amounts": encode_number_lists(amounts.number_all(item.amounts) for item in claims),
    }


def _arrange_facts(data: ViewData, agent: _Numbers, document: _Numbers, strings: StringTable) -> _Table:
    return {
        "relation": strings.encode_strings(item.relation for item in data.facts),
        "subject": encode_references(agent.get(item.subject) for item in data.facts),
        "object": encode_references(agent.get(item.object or "") for item in data.facts),
        "value": strings.encode_strings(item.value for item in data.facts),
        "document": encode_references(document.get(item.document) for item in data.facts),
        "quote": strings.encode_strings(item.quote for item in data.facts),
    }
