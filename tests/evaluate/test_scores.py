"""The figures agree with the shared scorer, and are right on cases worked out by hand."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.evaluate import Accuracy, Score, score_predictions
from kg.evaluate.gold import decode_gold
from kg.evaluate.names import is_same_name
from kg.evaluate.predictions import decode_prediction
from tests.evaluate.shared_gold import NEEDS_SHARED, load_scorer, read_shared_docs

ENTITIES = {
    "Telegram": ["the messaging app", "Telegram Messenger Inc."],
    "Pavel Durov": ["Durov", "its founder"],
    "Germany": ["German authorities", "Berlin"],
    "Federal Office of Justice": ["BfJ", "the office"],
    "Meta": ["Meta Platforms, Inc.", "Facebook’s owner"],
    "Data Protection Commission": ["DPC", "the Irish regulator"],
}
NAMES = sorted(ENTITIES)
SURFACES = [*NAMES, *(alias for aliases in ENTITIES.values() for alias in aliases), "Meta's", "Mr Durov", "the", "?"]
ACTIONS = ["fine", "ban", "order", "accuse", "deny", "release"]  # of four groups, so that pairs differ from edges
STATUSES = ["actual", "planned", "negated"]
CHARGES = ["privacy", "data-transfer", "terrorism"]
MONEY = [(None, None), (5125000, "EUR"), (5125000, "USD"), (1.2, "EUR")]
DATES = [None, "2022", "2022-10", "2022-10-17"]
VALUES = [None, "", "CEO", "founder and CEO", "950 million", "950,000", "40%", "."]

events = st.fixed_dictionaries(
    {
        "action": st.sampled_from(ACTIONS),
        "actor": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        "target": st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
        "status": st.sampled_from(STATUSES),
        "charges": st.lists(st.sampled_from(CHARGES), max_size=2),
        "law": st.just([]),
        "money": st.sampled_from(MONEY),
        "date": st.sampled_from(DATES),
        "optional": st.booleans(),
    }
)
predicted_events = st.fixed_dictionaries(
    {
        "action": st.sampled_from([*ACTIONS, "bogus", None]),
        "actor": st.sampled_from([*SURFACES, "", None]),
        "target": st.sampled_from([*SURFACES, "", None]),
        "status": st.sampled_from([*STATUSES, None]),
        "charges": st.lists(st.sampled_from(CHARGES), max_size=2),
        "money": st.sampled_from(MONEY),
        "date": st.sampled_from(DATES),
    },
    optional={"actor_mention": st.sampled_from([*SURFACES, None]), "target_mention": st.sampled_from(SURFACES)},
)
facts = st.fixed_dictionaries(
    {
        "relation": st.sampled_from(["role", "users", "owns"]),
        "subject": st.sampled_from(NAMES),
        "object": st.sampled_from([*NAMES, None]),
        "value": st.sampled_from(VALUES),
    }
)
predicted_facts = st.fixed_dictionaries(
    {
        "relation": st.sampled_from(["role", "users", "owns"]),
        "subject": st.sampled_from(SURFACES),
        "object": st.sampled_from([*SURFACES, None]),
    },
    optional={"value": st.sampled_from(VALUES)},
)


def _spread_money(event: dict[str, Any]) -> dict[str, Any]:
    amount, currency = event.pop("money", (None, None))
    return {**event, "amount": amount, "currency": currency}


def _make_gold(name: str, events: list[dict[str, Any]], facts: list[dict[str, Any]]) -> dict[str, Any]:
    events = [_spread_money(dict(event)) for event in events]
    for event in events:
        event["optional"] |= not (event["actor"] and event["target"])
    entities = [{"name": entity, "type": "Company", "aliases": aliases} for entity, aliases in ENTITIES.items()]
    return {"id": name, "entities": entities, "events": events, "facts": facts}


golds = st.builds(_make_gold, st.just("doc"), st.lists(events, max_size=6), st.lists(facts, max_size=4))
predictions = st.builds(
    lambda events, facts: {"id": "doc", "events": [_spread_money(dict(event)) for event in events], "facts": facts},
    st.lists(predicted_events, max_size=8),
    st.lists(predicted_facts, max_size=5),
)


def _compare(docs: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Any]:
    """Score with both scorers, hold one against the other, and give the figures."""
    scorer = load_scorer()
    theirs = scorer.score({doc["id"]: scorer.Gold(doc) for doc in docs}, {doc["id"]: doc for doc in found})
    ours = score_predictions(
        {doc["id"]: decode_gold(doc) for doc in docs}, {doc["id"]: decode_prediction(doc) for doc in found}
    ).as_dict()
    assert ours == theirs
    return ours


@NEEDS_SHARED
@settings(max_examples=300, deadline=None)
@given(gold=golds, found=predictions)
def test_scores_agree_with_shared_scorer_on_generated_documents(gold: dict[str, Any], found: dict[str, Any]) -> None:
    """Every figure of every table is that of score.py, whatever gold and predictions hold."""
    _compare([gold], [found])


@NEEDS_SHARED
@settings(max_examples=300, deadline=None)
@given(left=st.sampled_from(SURFACES) | st.text(max_size=12), right=st.sampled_from(SURFACES) | st.text(max_size=12))
def test_names_agree_with_shared_scorer(left: str, right: str) -> None:
    """Two names are the same exactly where score.py takes them for the same."""
    assert is_same_name(left, right) == load_scorer().same_name(left, right)


def _perturb(doc: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Make predictions out of gold: drop, repeat and alter events and facts, and name parties by their aliases."""
    aliases = {entity["name"]: [entity["name"], *entity.get("aliases", [])] for entity in doc["entities"]}
    found: list[dict[str, Any]] = []
    for event in doc["events"]:
        for _ in range(rng.choice([0, 1, 1, 1, 2])):
            copy = {key: event.get(key) for key in ("action", "status", "charges", "amount", "currency", "date")}
            copy |= {key: None if not event[key] else rng.choice(event[key]) for key in ("actor", "target")}
            copy |= {key: rng.choice(aliases.get(copy[key], [copy[key]])) for key in ("actor", "target") if copy[key]}
            if rng.random() < 0.3:
                copy["action"] = rng.choice(ACTIONS)
            if rng.random() < 0.2:
                copy["status"] = rng.choice(STATUSES)
            if rng.random() < 0.2:
                copy["actor"], copy["target"] = copy["target"], copy["actor"]
            if rng.random() < 0.2:
                copy["charges"], copy["date"] = ["privacy"], "2021"
            if rng.random() < 0.1:
                copy["actor_mention"] = rng.choice(sorted(aliases))
            found.append(copy)
    told = [{**fact, "value": rng.choice([fact.get("value"), None])} for fact in doc["facts"] if rng.random() < 0.7]
    rng.shuffle(found)
    return {"id": doc["id"], "events": found, "facts": told}


@NEEDS_SHARED
@pytest.mark.parametrize("seed", range(3))
def test_scores_agree_with_shared_scorer_on_perturbed_gold(seed: int) -> None:
    """On hundreds of gold documents, with predictions made from them, every figure is that of score.py."""
    docs = read_shared_docs("seeds", "dev/items", "dev/articles", "train/items.jsonl", "train/articles.jsonl")
    rng = random.Random(seed)
    found = [_perturb(doc, rng) for doc in docs if rng.random() < 0.9]
    figures = _compare(docs, found)
    edge = figures["edge"]
    assert 0.2 < edge["f1"] < 0.9 and edge["hits"] < edge["predicted"]  # the perturbation does perturb


def test_scores_of_gold_itself_are_perfect() -> None:
    """Predictions that repeat the gold score 1 at each level, with every attribute right."""
    gold: dict[str, Any] = {
        "id": "a",
        "entities": [{"name": "Germany", "type": "Government"}, {"name": "Telegram", "type": "Platform"}],
        "events": [
            {
                "action": "fine",
                "actor": ["Germany"],
                "target": ["Telegram"],
                "status": "actual",
                "charges": ["missing-complaint-channel"],
                "amount": 5125000,
                "currency": "EUR",
                "date": "2022-10",
            }
        ],
        "facts": [{"relation": "users", "subject": "Telegram", "object": None, "value": "700 million"}],
    }
    found = {
        "id": "a",
        "events": [{**gold["events"][0], "actor": "Germany", "target": "Telegram"}],
        "facts": gold["facts"],
    }
    scores = score_predictions({"a": decode_gold(gold)}, {"a": decode_prediction(found)})
    assert scores.edge == scores.typed == scores.pair == scores.facts == Score(1, 1, 1)
    assert scores.edge.f1 == 1.0
    assert scores.attributes == dict.fromkeys(("charges", "amount", "date", "status"), Accuracy(1, 1))
    assert scores.by_action == {"fine": Score(1, 1, 1)}


def _score_one(expected: dict[str, Any], predicted: dict[str, Any]) -> Any:
    base = {"actor": ["Germany"], "target": ["Telegram"], "status": "actual", "charges": [], "optional": False}
    names = [{"name": "Germany", "type": "Government"}, {"name": "Telegram", "type": "Platform"}]
    gold = decode_gold({"id": "a", "entities": names, "events": [{**base, **expected}], "facts": []})
    found = {"actor": "Germany", "target": "Telegram", "status": "actual", **predicted}
    return score_predictions({"a": gold}, {"a": decode_prediction({"id": "a", "events": [found]})})


def test_scores_of_wrong_status_is_typed_but_no_edge() -> None:
    """A threatened fine read as a fine imposed is right in type and wrong as an edge."""
    scores = _score_one({"action": "fine", "status": "planned"}, {"action": "fine"})
    assert (scores.edge.hits, scores.typed.hits) == (0, 1)
    assert scores.attributes["status"] == Accuracy(0, 1)


def test_scores_of_other_action_of_the_group_is_a_pair_only() -> None:
    """An order read as a ban counts as a pair, an order read as an accusation as nothing."""
    assert _score_one({"action": "order"}, {"action": "ban"}).pair == Score(1, 1, 1)
    assert _score_one({"action": "order"}, {"action": "accuse"}).pair == Score(0, 1, 1)


def test_scores_of_optional_event_count_neither_way() -> None:
    """An optional gold event is no miss when absent and no error when read, even twice."""
    scores = _score_one({"action": "ban", "optional": True}, {"action": "ban"})
    assert scores.edge == Score(0, 0, 0)
    assert _score_one({"action": "ban", "optional": True}, {"action": "ban", "actor": None}).edge == Score(0, 0, 0)


def test_scores_name_documents_without_prediction() -> None:
    """A gold document that the extraction never read is named, and its edges count as missed."""
    names = [{"name": "A", "type": "Company"}, {"name": "B", "type": "Company"}]
    event = {"action": "sue", "actor": ["A"], "target": ["B"], "status": "actual"}
    gold = decode_gold({"id": "x", "entities": names, "events": [event], "facts": []})
    scores = score_predictions({"x": gold}, {})
    assert scores.unread == ("x",)
    assert scores.edge == Score(0, 0, 1)
