"""Write a quote pack in Markdown: what was done to each agent, with the words of the documents that say so.

Names, titles and quotes come from documents, so whatever Markdown or HTML would make of them is escaped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import IO, Any
from urllib.parse import quote, urlsplit

from kg.analysis.read import get_local_name, read_graph_data, read_things
from kg.analysis.records import ActionRecord, GraphData
from kg.analysis.tables import LAYOUTS
from kg.rdf import Store

_SPECIAL = re.compile(r"([\\`*_\[\]#!|~$@])")
# What begins a list or underlines a heading at the start of a line, and what makes a link of a bare address.
_STARTS = re.compile(r"^(\d+(?=[.)])|(?=[-+=]))")
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.I)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_STATUS = {"actual": "", "planned": " (planned)", "negated": " (said not to be so)"}


def write_quotes(store: Store, out: IO[bytes]) -> None:
    """Write the pack: a section an agent that was acted on, a part an action, in order of time."""
    for line in format_quotes(store):
        out.write(f"{line}\n".encode("utf-8", "replace"))


def format_quotes(store: Store) -> Iterator[str]:
    """List the lines of the pack."""
    data = read_graph_data(store)
    cases = {get_local_name(iri): said for iri, said in read_things(store, "cases").items()}
    claims, documents = _index_claims(store), _index_documents(store)
    yield "# Quotes"
    yield ""
    yield f"{len(data.actions):,} actions, {data.claims:,} claims, {data.documents:,} documents."
    yield "Each quote stands word for word in its document."
    actions = sorted(
        data.actions, key=lambda action: (*_name_key(data, action.target), action.when or "9999", action.id)
    )
    for target, group in groupby(actions, key=lambda action: action.target):
        yield ""
        yield f"## {escape_markdown(data.get_name(target) or target)}"
        for action in group:
            yield ""
            yield f"### {_describe(action, data)}"
            yield ""
            yield from _list_details(action, data, cases)
            for claim in claims[action.id]:
                yield ""
                yield f"> {escape_markdown(claim['quote'])}"
                yield ">"
                yield f"> — {_cite(claim, documents.get(claim['document'], {}))}"


def escape_markdown(text: str) -> str:
    """Write a text of any origin as one line of Markdown that shows it as it is: no markup, no HTML, no controls."""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))
    line = _SPECIAL.sub(r"\\\1", line)
    line = _ADDRESS.sub(r"\\", _STARTS.sub(r"\1\\", line))
    return re.sub("[&<>]", lambda match: _ENTITIES[match[0]], line)


def format_link(text: str, url: str | None) -> str:
    """Write a link, or the bare text where the address is none of the web."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return escape_markdown(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return escape_markdown(text)
    return f"[{escape_markdown(text)}](<{quote(url or '', safe=':/?#@!$&*+,;=%~')}>)"


def _index_claims(store: Store) -> dict[str, list[dict[str, Any]]]:
    layout = LAYOUTS["claims"]
    names = [column.name for column in layout.columns]
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in layout.read(store):
        claim = dict(zip(names, row, strict=True))
        found[claim["action_id"]].append(claim)
    for said in found.values():
        said.sort(key=lambda claim: (claim["published"] or "9999", claim["document"], claim["start"], claim["id"]))
    return found


def _index_documents(store: Store) -> dict[str, dict[str, Any]]:
    layout = LAYOUTS["documents"]
    names = [column.name for column in layout.columns]
    return {row[0]: dict(zip(names, row, strict=True)) for row in layout.read(store)}


def _name_key(data: GraphData, agent: str) -> tuple[str, str]:
    return (data.get_name(agent) or agent).casefold(), agent


def _describe(action: ActionRecord, data: GraphData) -> str:
    when = f"{action.when or 'undated'}{'' if action.date or not action.when else ' or before'}"
    actor, target = (escape_markdown(data.get_name(party) or party) for party in (action.actor, action.target))
    return f"{when} — {actor}: {action.type} {target}{_STATUS[action.status]}"


def _list_details(action: ActionRecord, data: GraphData, cases: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    if action.amount is not None:
        yield f"- Sum: {action.currency} {action.amount:,f}"
    for name, labels in (("Charges", action.charges), ("By law", action.laws)):
        if labels:
            yield f"- {name}: {', '.join(escape_markdown(data.get_label(label)) for label in labels)}"
    case = cases.get(action.case or "", {})
    if label := next(iter(case.get("label", ())), None):
        standing = next((get_local_name(iri).removesuffix("Standing") for iri in case.get("standing", ())), None)
        yield f"- Case: {escape_markdown(label)}{f', {standing}' if standing else ''}"
    yield f"- Independent sources: {action.sources}; confidence {action.confidence:.2f}"


def _cite(claim: dict[str, Any], document: dict[str, Any]) -> str:
    title = format_link(document.get("title") or claim["document"], document.get("url"))
    said = [title, *(escape_markdown(part) for part in (document.get("publisher"), claim["published"]) if part)]
    speaker = f"said by {escape_markdown(claim['speaker'])}; " if claim["speaker"] else ""
    place = f"document {escape_markdown(claim['document'])}, characters {claim['start']} to {claim['end']}"
    return f"{', '.join(said)} ({speaker}{place})"
