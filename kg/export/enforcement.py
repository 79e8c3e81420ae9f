"""The enforcement table: what authorities did, a row a measure, with its case, its sum in euros and its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.analysis.money import convert_to_euros
from kg.analysis.read import get_local_name, read_graph_data, read_things
from kg.analysis.records import ActionRecord, GraphData
from kg.analysis.tables import LAYOUTS, Column, Layout
from kg.export.sectors import map_sectors
from kg.rdf import Store

GROUPS: tuple[str, ...] = ("scrutiny", "coercion", "relief")
"""Groups of actions that are enforcement when an authority takes them: it looks, it forces, it lets go."""


def is_enforcement(action: ActionRecord, data: GraphData) -> bool:
    """Tell whether an action is a measure of an authority that happened, against others than authorities."""
    actor, target = data.agents[action.actor], data.agents[action.target]
    return action.status == "actual" and action.group in GROUPS and actor.is_authority and not target.is_authority


def read_enforcement(store: Store) -> Iterator[tuple[Any, ...]]:
    """Read the measures in order of time, those without any date last."""
    data, sectors = read_graph_data(store), map_sectors()
    cases = {get_local_name(iri): said for iri, said in read_things(store, "cases").items()}
    documents = map_documents(store)
    measures = (action for action in data.actions if is_enforcement(action, data))
    for action in sorted(measures, key=lambda action: (action.when or "9999", action.id)):
        actor, target = data.agents[action.actor], data.agents[action.target]
        case = cases.get(action.case or "", {})
        amount = None if action.amount is None else float(action.amount)
        worth = None if amount is None else convert_to_euros(amount, action.currency or "", action.when)
        told = documents.get(action.id, [])
        yield (
            action.id,
            action.case,
            next(iter(case.get("label", ())), None),
            actor.name,
            actor.type,
            actor.code,
            data.get_name(actor.jurisdiction),
            action.when,
            action.date is not None,
            action.type,
            target.name,
            target.type,
            data.get_name(target.owner or target.operator),
            sectors.get(action.target),
            [data.get_label(law) for law in action.laws],
            [data.get_label(charge) for charge in action.charges],
            amount,
            action.currency,
            None if worth is None or worth.euros is None else round(worth.euros, 2),
            None if worth is None else worth.how,
            next((get_local_name(iri).removesuffix("Standing") for iri in case.get("standing", ())), None),
            action.sources,
            action.confidence,
            [document for document, _ in told],
            [url for _, url in told if url],
        )


def map_documents(store: Store) -> dict[str, list[tuple[str, str | None]]]:
    """Map the id of each action to the documents that tell of it, sorted: their ids, and where they stand."""
    documents, claims = (LAYOUTS[name].read_columns(store) for name in ("documents", "claims"))
    urls = dict(zip(documents["id"], documents["url"], strict=True))
    found: dict[str, set[str]] = defaultdict(set)
    for action, document in zip(claims["action_id"], claims["document"], strict=True):
        if action is not None:
            found[action].add(document)
    return {action: [(one, urls.get(one)) for one in sorted(found[action])] for action in sorted(found)}


ENFORCEMENT = Layout(
    name="enforcement",
    title="What authorities did: inquiries, charges, fines, bans, orders, and what became of them, a row a measure",
    columns=(
        Column("id", "text", "the id of the action"),
        Column("case", "text", "the id of the matter that it belongs to"),
        Column("case_name", "text", "what the matter is called"),
        Column("authority", "text", "who acted: a regulator, a court, a government …"),
        Column("authority_type", "text", "what kind of authority it is"),
        Column("country", "text", "the ISO 3166-1 code of its country in lower case, or eu, un"),
        Column("jurisdiction", "text", "the name of its country or union"),
        Column("date", "text", "as told: a day, a month or a year; else the day of its first report"),
        Column("dated", "flag", "whether the date is the measure's own, not that of its first report"),
        Column("action", "text", "what it did: fine, ban, order, investigate …"),
        Column("target", "text", "against whom"),
        Column("target_type", "text", "Platform, Company, Person …"),
        Column("target_owner", "text", "who owns or runs it, where that is known"),
        Column("sector", "text", "the trade of the target, by what the knowledge base calls it"),
        Column("law", "texts", "by which laws"),
        Column("charge", "texts", "of what the target is accused"),
        Column("amount", "number", "the sum of money, best supported first"),
        Column("currency", "text", "its ISO 4217 code"),
        Column("euros", "number", "the sum at the ECB's rate of the day, or the mean of the month or year"),
        Column("euros_how", "text", "by which rate, or why there is none"),
        Column("standing", "text", "how the case stands after its latest action: open, decided, annulled …"),
        Column("sources", "count", "how many independent sources tell of it; copies are one"),
        Column("confidence", "number", "how likely it was read rightly, 0 to 1, over all sources"),
        Column("documents", "texts", "the ids of the documents that tell of it"),
        Column("urls", "texts", "where they stand, as their sources give it: it may be anything"),
    ),
    read=read_enforcement,
)

TABLES: dict[str, Layout] = {ENFORCEMENT.name: ENFORCEMENT, **LAYOUTS}
"""The tables that are written as CSV and Parquet, by name."""
