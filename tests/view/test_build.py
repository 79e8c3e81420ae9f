"""What the page shows is what the store says."""

from __future__ import annotations

from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import StoreError
from kg.model import PartialDate
from kg.rdf import encode_actions, encode_agents, encode_document
from kg.view import ViewAmount, build_view_data
from tests.factories import GERMANY, TELEGRAM, make_fine
from tests.view.factories import Deed, Saying, StoreBuilder
from tests.view.story import AFTER, BEFORE, build_story


def test_build_view_data_reads_actions_with_their_claims() -> None:
    """Germany's fine comes with date, amount, charge, law, case, and both claims with quote, context and source."""
    data = build_view_data(build_story())
    fine = next(action for action in data.actions if (action.actor, action.action) == ("germany", "fine"))
    assert (fine.target, fine.status, fine.dates) == ("telegram", "actual", ("2022-10-17",))
    assert fine.amounts == (ViewAmount("5125000", "EUR", 5125000.0),)
    assert (fine.charges, fine.laws, fine.case) == (("missing-complaint-channel",), ("netzdg",), "netzdg")
    assert [claim.document for claim in fine.claims] == ["fine-2022", "notes-2024"] and fine.source_count == 2
    claim = fine.claims[0]
    assert claim.quote.startswith("Germany took that step") and (claim.prefix, claim.suffix) == (BEFORE, AFTER)
    assert (claim.confidence, claim.date, claim.amounts) == (0.95, "2022-10-17", (ViewAmount("5125000", "EUR"),))
    assert data.labels["netzdg"] == "Network Enforcement Act (NetzDG)"
    assert data.labels["csam"] == "child sexual abuse material"


def test_build_view_data_holds_who_is_needed_and_no_text() -> None:
    """Agents without an action stay out unless an agent shown is tied to them; no document's text is carried."""
    builder = StoreBuilder()
    builder.add_agent("nobody", "Nobody", "Person")
    data = build_view_data(build_story(builder))
    agents = {agent.id: agent for agent in data.agents}
    assert "nobody" not in agents and len(agents) == 37
    assert (agents["telegram"].operator, agents["telegram"].aliases) == ("pavel-durov", ("TG", "Telegram Messenger"))
    assert agents["bfj"].country == "germany" and agents["bfj"].type == "Regulator"
    assert "WHOLE TEXT" not in repr(data)
    assert [(fact.relation, fact.subject, fact.value) for fact in data.facts] == [
        ("role", "pavel-durov", "founder"),
        ("role", "dmitry-peskov", "spokesman"),
    ]


def test_build_view_data_reads_what_the_encoder_writes() -> None:
    """The quads of kg.rdf itself give the same story, read by a store's plain query."""
    document, reading, action = make_fine()
    store = Store()
    claim = reading.claims[0]
    store.extend(encode_document(document, reading, {claim.id: action.id}))
    store.extend(encode_actions([action]))
    store.extend(encode_agents([GERMANY, TELEGRAM], known=(), government_of={"de": "germany"}))
    data = build_view_data(store)
    (shown,) = data.actions
    assert (shown.id, shown.actor, shown.action, shown.target) == (action.id, "germany", "fine", "telegram")
    assert (shown.amounts, shown.dates) == ((ViewAmount("5100000", "EUR", 5100000.0),), ("2022",))
    assert (shown.charges, shown.confidence) == (("missing-complaint-channel",), 0.9)
    (told,) = shown.claims
    assert (told.id, told.quote, told.document) == (claim.id, document.text, document.id)
    assert (told.amounts, told.date, told.status) == ((ViewAmount("5100000", "EUR"),), "2022", "actual")
    assert [(agent.name, agent.type) for agent in data.agents] == [("Germany", "Government"), ("Telegram", "Platform")]
    assert [item.date for item in data.documents] == ["2022-10-17"]


def test_build_view_data_puts_the_best_supported_date_first() -> None:
    """Of two dates told, the one that the store calls the best is the one to sort by."""
    from dataclasses import replace

    _, _, action = make_fine()
    store = Store()
    store.extend(encode_actions([replace(action, dates=(PartialDate("2021"), PartialDate("2022-10-17")))]))
    assert build_view_data(store).actions[0].dates == ("2021", "2022-10-17")


@pytest.mark.parametrize("missing", ["actor", "target", "status"])
def test_build_view_data_refuses_an_action_without(missing: str) -> None:
    """An action that lacks a party or its status is an error that names it, never a guess."""
    builder = StoreBuilder()
    builder.add_deed("a1", Deed("x", "fine", "y", (Saying("d", "q"),)))
    store = builder.build()
    predicate = NamedNode(f"https://w3id.org/platform-regulation#{missing}")
    for quad in list(store.quads_for_pattern(None, predicate, None, None)):
        store.remove(quad)
    with pytest.raises(StoreError, match=rf"action/a1> has no {missing}"):
        build_view_data(store)


def test_build_view_data_names_the_undescribed_by_id() -> None:
    """An agent and a document that the store does not describe appear under their ids."""
    builder = StoreBuilder()
    builder.add_deed("a1", Deed("someone", "warn", "other", (Saying("d", "q"),)))
    data = build_view_data(builder.build())
    assert [(agent.id, agent.name) for agent in data.agents] == [("other", "other"), ("someone", "someone")]


def test_build_view_data_is_the_same_whatever_the_order_of_quads() -> None:
    """The data is sorted: a store filled backwards gives the same."""
    store, other = build_story(), Store()
    quads: list[Quad] = sorted(store, key=str, reverse=True)
    other.extend(quads)
    first: Any = build_view_data(store)
    assert first == build_view_data(other)
