"""The gold checker says yes and no where the shared checker does."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.evaluate import check_gold
from tests.evaluate.shared_gold import NEEDS_SHARED, read_shared_docs, run_shared_checker

VALID: dict[str, Any] = {
    "id": "a",
    "entities": [{"name": "Ofcom", "type": "Regulator", "aliases": []}, {"name": "TikTok", "type": "Platform"}],
    "events": [
        {
            "action": "fine",
            "actor": ["Ofcom"],
            "target": ["TikTok"],
            "status": "actual",
            "charges": ["transparency"],
            "law": [],
            "amount": 1875000,
            "currency": "GBP",
            "date": "2024-07-24",
            "optional": False,
        },
        {"action": "ban", "actor": [], "target": ["TikTok"], "status": "negated", "optional": True},
    ],
    "facts": [{"relation": "users", "subject": "TikTok", "object": None, "value": "1.5 billion"}],
}


def _change(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    doc = copy.deepcopy(VALID)
    place: Any = doc
    for step in path[:-1]:
        place = place[step]
    if value is ...:
        place.pop(path[-1])
    else:
        place[path[-1]] = value
    return doc


WORDS = st.sampled_from(
    ["fine", "ban", "users", "TikTok", "Ofcom", "Company", "planned", "privacy", "nonsense", "", ...]
)
DATES = st.sampled_from(["2024", "2024-7", "2024-07-24", "24 July", "2024-07-24T10:00", "", None, 2024, ...])
NAME_LISTS = st.lists(st.sampled_from(["Ofcom", "TikTok", "Nobody"]), max_size=2) | st.just(...) | st.none()
CHANGES = st.one_of(
    st.tuples(st.sampled_from([("entities", 0, "type"), ("entities", 1, "name")]), WORDS),
    st.tuples(
        st.tuples(st.just("events"), st.integers(0, 1), st.sampled_from(["action", "status"])), WORDS | st.none()
    ),
    st.tuples(st.tuples(st.just("events"), st.integers(0, 1), st.sampled_from(["actor", "target"])), NAME_LISTS),
    st.tuples(st.just(("events", 0, "charges")), st.lists(WORDS.filter(lambda word: word is not ...)) | st.none()),
    st.tuples(st.sampled_from([("events", 0, "amount"), ("events", 0, "currency")]), st.sampled_from([None, 0, "EUR"])),
    st.tuples(st.just(("events", 0, "date")), DATES),
    st.tuples(st.just(("events", 1, "optional")), st.booleans() | st.none() | st.just(...)),
    st.tuples(st.tuples(st.just("facts"), st.just(0), st.sampled_from(["relation", "subject", "object"])), WORDS),
    st.tuples(st.sampled_from([("entities",), ("events",), ("facts",)]), st.none() | st.just(...) | st.just([])),
)


@NEEDS_SHARED
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=CHANGES)
def test_check_gold_agrees_with_shared_checker(change: tuple[tuple[str | int, ...], Any], tmp_path: Path) -> None:
    """A document changed at one place is refused exactly where check.py complains or breaks down."""
    doc = _change(*change)
    path = tmp_path / "doc.json"
    path.write_text(json.dumps(doc), encoding="utf-8")
    assert (check_gold(doc) == []) == run_shared_checker(path)


@NEEDS_SHARED
def test_check_gold_accepts_all_shared_gold() -> None:
    """The shared gold, which check.py accepts, is accepted."""
    docs = read_shared_docs("seeds", "dev/items", "dev/articles", "train/items.jsonl", "train/articles.jsonl")
    assert len(docs) > 800
    assert [doc["id"] for doc in docs if check_gold(doc)] == []


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("entities", 0, "type"), "Watchdog", "type 'Watchdog'"),
        (("events", 0, "action"), "punish", "action 'punish'"),
        (("events", 0, "status"), "likely", "status 'likely'"),
        (("events", 0, "charges"), ["gdpr"], "charge 'gdpr'"),
        (("events", 0, "actor"), ["DPC"], "no entity 'DPC'"),
        (("events", 0, "target"), [], "fine lacks an actor or a target, and is not optional"),
        (("events", 0, "currency"), None, "fine: amount and currency go together"),
        (("events", 0, "date"), "July 2024", "date 'July 2024'"),
        (("facts", 0, "relation"), "likes", "relation 'likes'"),
        (("facts", 0, "object"), "Mars", "no entity 'Mars' in fact"),
        (("events", 0), "fine", "events is no list of objects"),
        (("events", 0, "actor"), "Ofcom", "fine: actor and target are lists of names"),
    ],
)
def test_check_gold_names_the_problem(path: tuple[str | int, ...], value: Any, problem: str) -> None:
    """Each rule that is broken is told once, with the offending value."""
    assert check_gold(_change(path, value)) == [problem]


def test_check_gold_accepts_a_valid_document() -> None:
    """An optional event without an actor, a fact without an object and an entity without aliases are fine."""
    assert check_gold(VALID) == []
