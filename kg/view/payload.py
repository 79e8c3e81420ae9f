"""Put the data of the page into the JSON that its script reads: short, and harmless inside HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kg.model.vocabulary import ACTION_GROUPS
from kg.view.data import ViewAction, ViewAmount, ViewClaim, ViewData
from kg.view.network import Network, load_table

_SURROGATE = re.compile("[\ud800-\udfff]")
# What could end the script element or open a comment in it, and two line ends that old JavaScript took for its own.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_UNSAFE_CHARACTER = re.compile("[" + "".join(_UNSAFE) + "]")


def build_payload(data: ViewData, network: Network, title: str) -> dict[str, Any]:
    """Arrange the data by number: agents and documents are named by their positions in their lists."""
    agent = {item.id: index for index, item in enumerate(data.agents)}
    document = {item.id: index for index, item in enumerate(data.documents)}
    names = {"country", "owner", "operator", "part_of"}
    return {
        "title": title,
        "palette": load_table("palette"),
        "words": load_table("words"),
        "actionGroups": {group: list(actions) for group, actions in ACTION_GROUPS.items()},
        "labels": data.labels,
        "options": network.options,
        # The page takes names, types and shapes from the agents, and counts the edges.
        "nodes": [{key: node[key] for key in ("id", "size", "x", "y")} for node in network.nodes],
        "edges": [_drop_usual(edge, id=index, status="actual") for index, edge in enumerate(network.edges)],
        "agents": [
            _drop_empty({key: agent.get(value) if key in names else value for key, value in asdict(item).items()})
            for item in data.agents
        ],
        "documents": [_drop_empty(asdict(item)) for item in data.documents],
        "facts": [
            _drop_empty(
                asdict(item)
                | {
                    "subject": agent.get(item.subject),
                    "object": agent.get(item.object or ""),
                    "document": document.get(item.document),
                }
            )
            for item in data.facts
        ],
        "actions": [
            _arrange_action(action, edge, agent, document)
            for action, edge in zip(data.actions, network.edge_of_action, strict=True)
        ],
    }


def format_json(payload: Any) -> str:
    """Write JSON that may stand inside a ``script`` element, whatever its strings hold."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    text = _UNSAFE_CHARACTER.sub(lambda match: _UNSAFE[match.group()], text)
    # A lone surrogate can't be written as UTF-8, but may stand escaped.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _drop_empty(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value is not None and value != () and value != ""}


def _drop_usual(item: dict[str, Any], **usual: Any) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in usual or usual[key] != value}


def _arrange_action(action: ViewAction, edge: int, agent: dict[str, int], document: dict[str, int]) -> dict[str, Any]:
    return _drop_empty(
        {
            "id": action.id,
            "edge": edge,
            "confidence": action.confidence,
            "sources": action.source_count if action.source_count != 1 else None,
            "case": action.case,
            "dates": action.dates,
            "charges": action.charges,
            "laws": action.laws,
            "amounts": _arrange_amounts(action.amounts),
            "claims": [_arrange_claim(claim, action, agent, document) for claim in action.claims],
        }
    )


def _arrange_claim(
    claim: ViewClaim, action: ViewAction, agent: dict[str, int], document: dict[str, int]
) -> dict[str, Any]:
    return _drop_empty(
        {
            "id": claim.id,
            "document": document.get(claim.document),
            "quote": claim.quote,
            "prefix": claim.prefix,
            "suffix": claim.suffix,
            "speaker": agent.get(claim.speaker or ""),
            # The page takes what is left out from the action.
            "status": claim.status if claim.status != action.status else None,
            "confidence": claim.confidence,
            "date": claim.date,
            "charges": claim.charges,
            "laws": claim.laws,
            "amounts": _arrange_amounts(claim.amounts),
        }
    )


def _arrange_amounts(amounts: Iterable[ViewAmount]) -> tuple[list[str], ...]:
    return tuple([amount.value, amount.currency] for amount in amounts)
