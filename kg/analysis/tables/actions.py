"""The table of actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.analysis.money import convert_to_euros
from kg.analysis.read import read_graph_data
from kg.analysis.selection import find_first_day
from kg.analysis.tables.layout import Column, Layout
from kg.rdf import Store


def read_actions(store: Store) -> Iterator[tuple[Any, ...]]:
    """Read the actions in order of time, those without any date last."""
    data = read_graph_data(store)
    for action in sorted(data.actions, key=lambda action: (action.when or "9999", action.id)):
        actor, target = data.agents[action.actor], data.agents[action.target]
        euros = None
        if action.amount is not None:
            euros = convert_to_euros(float(action.amount), action.currency or "", action.when).euros
        yield (
            action.id,
            action.when,
            find_first_day(action.when) if action.when else None,
            action.date is not None,
            actor.name,
            action.type,
            target.name,
            action.status,
            action.group,
            action.is_against,
            actor.type,
            data.get_name(actor.jurisdiction),
            target.type,
            [data.get_label(charge) for charge in action.charges],
            [data.get_label(law) for law in action.laws],
            None if action.amount is None else float(action.amount),
            action.currency,
            euros,
            action.confidence,
            action.sources,
            action.case,
            action.actor,
            action.target,
        )


ACTIONS = Layout(
    name="actions",
    title="What happened, was planned, or was said not to have happened: each event once",
    columns=(
        Column("id", "text", "its id"),
        Column("date", "text", "as told: a day, a month or a year; else the day of its first report"),
        Column("day", "day", "the first day that the date may mean, to sort and draw by"),
        Column("dated", "flag", "whether the date is the action's own, not that of its first report"),
        Column("actor", "text", "who acted"),
        Column("action", "text", "what they did: one of the 25 actions"),
        Column("target", "text", "to whom"),
        Column("status", "text", "actual, planned or negated"),
        Column("group", "text", "words, scrutiny, coercion, relief, response or abuse"),
        Column("against", "flag", "whether it is directed against the target"),
        Column("actor_type", "text", "what kind of agent acted"),
        Column("jurisdiction", "text", "the country or union of the actor"),
        Column("target_type", "text", "what kind of agent it was done to"),
        Column("charges", "texts", "what the target is accused of"),
        Column("laws", "texts", "by which laws"),
        Column("amount", "number", "a sum of money, best supported first"),
        Column("currency", "text", "its ISO 4217 code"),
        Column("euros", "number", "the sum at the ECB's rate of the day, or mean of the month or year"),
        Column("confidence", "number", "how likely it was read rightly, 0 to 1, over all sources"),
        Column("sources", "count", "how many independent sources tell of it; copies are one"),
        Column("case", "text", "the id of the matter that it belongs to"),
        Column("actor_id", "text", "the id of the actor"),
        Column("target_id", "text", "the id of the target"),
    ),
    read=read_actions,
)
