"""Arrange the data of the page in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

from kg.model.vocabulary import ACTION_GROUPS
from kg.view.columns import Column, StringTable, encode_number_lists, encode_numbers, encode_references
from kg.view.conflicts import find_conflicts
from kg.view.data import ViewAction, ViewAmount, ViewClaim, ViewData
from kg.view.network import DrawnAgent, Network
from kg.view.tables import load_table

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


def _take_columns(items: Sequence[Any], *names: str) -> list[Sequence[Any]]:
    """Take the attributes of these names from all items, each as one column."""
    # Column by column: rows to be turned over are many short-lived objects, which Python looks through for garbage.
    return [list(map(attrgetter(name), items)) for name in names]


def _find_numbers(numbers: _Numbers, keys: Sequence[str | None]) -> Iterator[int | None]:
    return map(numbers.get, keys)  # type: ignore[arg-type]  # None is no key, which is what is wanted


def _arrange_agents(data: ViewData, network: Network, agent: _Numbers, strings: StringTable) -> _Table:
    names = ("id", "name", "type", "aliases", "country", "owner", "operator", "part_of")
    ids, labels, types, aliases, *others = _take_columns(data.agents, *names)
    # Those without a place are only spoken of.
    nodes: list[DrawnAgent | None] = [None] * len(data.agents)
    for node in network.nodes:
        nodes[node.agent] = node
    return {
        "id": strings.encode_strings(ids),
        "name": strings.encode_strings(labels),
        "type": strings.encode_strings(types),
        "aliases": strings.encode_lists(aliases),
        **{
            name: encode_references(_find_numbers(agent, column))
            for name, column in zip(names[4:], others, strict=True)
        },
        "x": encode_numbers(None if node is None else node.x for node in nodes),
        "y": encode_numbers(None if node is None else node.y for node in nodes),
        "size": encode_numbers(None if node is None else node.size for node in nodes),
        "community": encode_references(None if node is None else node.community for node in nodes),
    }


def _arrange_documents(data: ViewData, strings: StringTable) -> _Table:
    names = ("id", "title", "url", "date", "publisher", "author")
    columns = _take_columns(data.documents, *names)
    return {name: strings.encode_strings(column) for name, column in zip(names, columns, strict=True)}


def _arrange_edges(network: Network, strings: StringTable) -> _Table:
    sources, targets, actions, statuses, bends = network.columns
    return {
        "from": encode_references(sources),
        "to": encode_references(targets),
        "action": strings.encode_strings(actions),
        "status": strings.encode_strings(statuses),
        "bend": encode_numbers(bends),
    }


def _arrange_actions(
    actions: Sequence[ViewAction], edges: Sequence[int], case: _Numbers, strings: StringTable, amounts: _AmountTable
) -> _Table:
    conflicts = find_conflicts(actions)
    names = ("id", "confidence", "source_count", "case", "stage", "dates", "charges", "laws", "amounts", "claims")
    ids, confidences, sources, cases, stages, dates, charges, laws, sums, claims = _take_columns(actions, *names)
    return {
        "id": strings.encode_strings(ids),
        "conflicts": strings.encode_lists(conflicts.get(one, ()) for one in ids),
        "edge": encode_references(edges),
        "confidence": encode_numbers(confidences),
        "sources": encode_numbers(sources),
        "case": encode_references(_find_numbers(case, cases)),
        "stage": strings.encode_strings(stages),
        "dates": strings.encode_lists(dates),
        "charges": strings.encode_lists(charges),
        "laws": strings.encode_lists(laws),
        "amounts": encode_number_lists(amounts.number_all(those) if those else () for those in sums),
        # The table of claims holds those of the first action, then those of the second, and so on.
        "claims": encode_numbers(map(len, claims)),
    }


def _arrange_claims(
    actions: Sequence[ViewAction], agent: _Numbers, document: _Numbers, strings: StringTable, amounts: _AmountTable
) -> _Table:
    claims: list[ViewClaim] = [claim for item in actions for claim in item.claims]
    names = (
        "id",
        "document",
        "quote",
        "prefix",
        "suffix",
        "speaker",
        "confidence",
        "date",
        "charges",
        "laws",
        "amounts",
    )
    ids, documents, quotes, prefixes, suffixes, speakers, confidences, dates, charges, laws, sums = _take_columns(
        claims, *names
    )
    statuses = [
        # The page takes what is left out from the action.
        claim.status if claim.status != item.status else None
        for item in actions
        for claim in item.claims
    ]
    return {
        "id": strings.encode_strings(ids),
        "document": encode_references(_find_numbers(document, documents)),
        "quote": strings.encode_strings(quotes),
        "prefix": strings.encode_strings(prefixes),
        "suffix": strings.encode_strings(suffixes),
        "speaker": encode_references(_find_numbers(agent, speakers)),
        "status": strings.encode_strings(statuses),
        "confidence": encode_numbers(confidences),
        "date": strings.encode_strings(dates),
        "charges": strings.encode_lists(charges),
        "laws": strings.encode_lists(laws),
        "amounts": encode_number_lists(amounts.number_all(those) if those else () for those in sums),
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
