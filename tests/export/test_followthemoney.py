"""Entities of FollowTheMoney, held against its own model."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from kg.export.followthemoney import load_rules, make_entity_id, write_followthemoney
from kg.model.vocabulary import ACTIONS, AGENT_TYPES
from kg.rdf import Store

model = pytest.importorskip(
    "followthemoney", reason="followthemoney (the extra ftm) is not installed", exc_type=ImportError
).model


def list_entities(store: Store) -> list[dict[str, Any]]:
    """Export the entities."""
    out = io.BytesIO()
    write_followthemoney(store, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_followthemoney_takes_every_entity_whole(world) -> None:
    """The model knows each schema and property, nothing is cleaned away, what is required is there, refs lead on."""
    entities = list_entities(world)
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        proxy = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            assert sorted(proxy.get(name)) == sorted(values), (entity["id"], name)
            if schema.get(name).type.name == "entity":
                assert set(values) <= ids


def test_followthemoney_has_a_sanction_for_what_happened_alone(world) -> None:
    """The fine of two documents is one Sanction with both as proof; the plan is nothing; suits are links."""
    entities = list_entities(world)
    sanctions = {
        (entity["properties"]["authority"][0], entity["properties"]["provisions"][0]): entity["properties"]
        for entity in entities
        if entity["schema"] == "Sanction"
    }
    assert set(sanctions) == {("Germany", "fine"), ("Russia", "ban"), ("Russia", "fine")}
    fine = sanctions["Germany", "fine"]
    assert fine["provisions"] == ["fine", "USD 5100000"]
    assert (fine["country"], fine["date"], fine["program"]) == (["de"], ["2022-10-17"], ["Network Enforcement Act"])
    assert fine["entity"] == ["plr-agent-telegram"]
    assert fine["proof"] == [make_entity_id("doc", "=again"), "plr-doc-fine"]
    assert fine["sourceUrl"] == ["https://a.example/1"]  # and not the other's, which is a script
    links = [entity["properties"]["role"] for entity in entities if entity["schema"] == "UnknownLink"]
    assert links.count(["sue"]) == 2


def test_followthemoney_tells_who_the_parties_are(world) -> None:
    """A government is a public body, a platform a legal entity with its owner, a document an article."""
    found = {entity["id"]: entity for entity in list_entities(world)}
    assert found["plr-agent-germany"]["schema"] == "PublicBody"
    assert found["plr-agent-telegram"]["schema"] == "LegalEntity"
    assert found["plr-doc-fine"]["properties"]["title"] == ["A fine"]
    assert any(entity["properties"].get("role") == ["owner"] for entity in found.values())


def test_followthemoney_rules_name_what_there_is() -> None:
    """The table names each type of agent but laws and places, schemata of the model, and actions."""
    rules = load_rules()
    assert set(rules.schemata) == AGENT_TYPES - {"Law", "Place"}
    assert all(model.get(schema) is not None for schema in rules.schemata.values())
    assert rules.sanctions <= ACTIONS


@pytest.mark.parametrize(
    ("identifier", "id"), [("telegram", "plr-agent-telegram"), ("a.company", "plr-agent-a.company")]
)
def test_make_entity_id_is_readable_where_it_may_be(identifier: str, id: str) -> None:
    """Plain ids stay; another is hashed, and so is one that is too long."""
    assert make_entity_id("agent", identifier) == id
    assert make_entity_id("agent", "../x").startswith("plr-agent-h.")
    assert len(make_entity_id("agent", "x" * 400)) < 40
