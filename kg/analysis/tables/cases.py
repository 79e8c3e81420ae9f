"""The table of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.analysis.read import get_local_name, read_graph_data, read_things
from kg.analysis.records import ActionRecord
from kg.analysis.tables.layout import Column, Layout
from kg.rdf import Store


def read_cases(store: Store) -> Iterator[tuple[Any, ...]]:
    """Read the cases, those of most actions first."""
    data = read_graph_data(store)
    actions: dict[str, list[ActionRecord]] = defaultdict(list)
    for action in data.actions:
        if action.case:
            actions[action.case].append(action)
    things = {get_local_name(iri): said for iri, said in read_things(store, "cases").items()}
    for case in sorted(actions, key=lambda case: (-len(actions[case]), case)):
        said, parts = things.get(case, {}), actions[case]
        dates = sorted(action.when for action in parts if action.when)
        parties = sorted({str(data.get_name(party)) for action in parts for party in (action.actor, action.target)})
        standing = next(iter(said.get("standing", ())), None)
        yield (
            case,
            next(iter(said.get("label", ())), None),
            get_local_name(standing).removesuffix("Standing") if standing else None,
            parties,
            len(parts),
            sum(action.status == "actual" for action in parts),
            next(iter(said.get("opened", dates)), None),
            next(iter(said.get("latest", dates[-1:])), None),
            said.get("disputed", []),
        )


CASES = Layout(
    name="cases",
    title="The actions of one matter together, with how it stands",
    columns=(
        Column("id", "text", "its id"),
        Column("name", "text", "what it is called"),
        Column("standing", "text", "how it stands after its latest action, where the store says so"),
        Column("parties", "texts", "who acts or is acted on in it"),
        Column("actions", "count", "how many actions it has, of any status"),
        Column("happened", "count", "how many of them happened"),
        Column("opened", "text", "the date of the first, else of its first report"),
        Column("latest", "text", "the date of the last"),
        Column("disputed", "texts", "in what its reports contradict one another"),
    ),
    read=read_cases,
)
