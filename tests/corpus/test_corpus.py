"""The sample corpus is large, varied and ours, and each document has gold that its own text bears out."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from kg.evaluate import GoldDocument, load_gold
from kg.evaluate.names import is_same_name
from kg.model import Document
from kg.resources import find_data
from kg.sources import read_documents

CORPUS = find_data() / "corpus"
GOLD = find_data() / "gold" / "corpus"
SHARED = Path(__file__).resolve().parents[3] / "shared"
RUN = 12  # words in a row: names of laws and courts stay below it


@cache
def _load_documents() -> dict[str, Document]:
    found = list(read_documents([str(CORPUS)]))
    refused = [item for item in found if not isinstance(item, Document)]
    assert refused == []
    return {item.id: item for item in found if isinstance(item, Document)}


@cache
def _load_gold() -> dict[str, GoldDocument]:
    return load_gold(GOLD)


def _split_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _names(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def test_corpus_and_gold_have_the_same_ids() -> None:
    """Each document has gold, each gold its document, and a gold file is named by its id."""
    assert sorted(_load_documents()) == sorted(_load_gold())
    assert sorted(path.stem for path in GOLD.glob("*.json")) == sorted(_load_gold())


def test_corpus_is_large_and_varied() -> None:
    """At least 40 articles of 120 to 400 words in three formats, 12 one-line items, and the Telegram story in eight."""
    items = {name for name in _load_documents() if name.startswith("item-")}
    articles = {name: doc for name, doc in _load_documents().items() if name not in items}
    assert len(articles) >= 40 and len(items) == 12
    assert {path.suffix for path in CORPUS.iterdir()} == {".md", ".txt", ".html", ".jsonl"}
    odd = {name: len(doc.text.split()) for name, doc in articles.items() if not 120 <= len(doc.text.split()) <= 400}
    assert odd == {}
    telegram = [name for name, doc in articles.items() if "Telegram" in doc.text and re.match("telegram|durov", name)]
    assert len(telegram) >= 8


def test_corpus_gold_covers_the_model() -> None:
    """The gold uses every action, each status, and states charges, laws, amounts and dates by the dozen."""
    from kg.model.vocabulary import ACTIONS, RELATIONS, STATUSES

    events = [event for gold in _load_gold().values() for event in gold.events]
    required = [event for event in events if event.is_required]
    assert {event.action for event in required} >= ACTIONS - {"search"}
    assert {event.status for event in required} == set(STATUSES)
    assert {fact.relation for gold in _load_gold().values() for fact in gold.facts} == set(RELATIONS)
    assert min(sum(bool(getattr(event, name)) for event in required) for name in ("charges", "amount", "date")) > 50


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLD.glob("*.json")))
def test_corpus_names_what_its_gold_names(name: str) -> None:
    """Every entity of a gold document stands in the text by its name or an alias, and something is required of it."""
    gold, document = _load_gold()[name], _load_documents()[name]
    text = " ".join(f"{document.title or ''} {document.text}".split())
    missing = [
        entity.name
        for entity in gold.entities
        if not any(_names(text, alias) for alias in (entity.name, *entity.aliases))
    ]
    assert missing == []
    assert any(event.is_required for event in gold.events)
    assert [event.trigger for event in gold.events if event.trigger and text.count(event.trigger) != 1] == []
    if document.published is not None:
        assert str(document.published) == gold.published


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLD.glob("*.json")))
def test_corpus_gold_keeps_entities_apart(name: str) -> None:
    """No alias of one entity is, word for word, the name or an alias of another of the same document."""
    owners: dict[str, set[str]] = defaultdict(set)
    for entity in _load_gold()[name].entities:
        for alias in (entity.name, *entity.aliases):
            owners[alias.casefold()].add(entity.name)
    assert {alias: sorted(names) for alias, names in owners.items() if len(names) > 1} == {}


def test_corpus_keys_name_one_action_each() -> None:
    """Events of one key are of one action and status, and agree on an actor and a target; some keys span documents."""
    told: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, gold in _load_gold().items():
        for index, event in enumerate(gold.events):
            if event.key:
                told[event.key].append((name, index))
    for key, places in told.items():
        events = [_load_gold()[name].events[index] for name, index in places]
        assert len({(event.action, event.status) for event in events}) == 1, key
        for side in ("actor", "target"):
            first = getattr(events[0], side)
            assert all(any(is_same_name(a, b) for a in first for b in getattr(e, side)) for e in events), (key, side)
    assert sum(len({name for name, _ in places}) > 1 for places in told.values()) >= 10


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no shared texts at {SHARED}")
def test_corpus_holds_no_run_of_words_of_the_shared_texts() -> None:
    """No twelve words in a row of the shared third-party texts stand in our corpus, gold aside."""
    own = {
        tuple(words[start : start + RUN])
        for document in _load_documents().values()
        for words in [_split_words(f"{document.title or ''} . {document.text}")]
        for start in range(len(words) - RUN + 1)
    }
    # Of any twelve words in a row six begin at a multiple of seven: looking there finds each shared run, and is fast.
    sixes = {run[shift : shift + 6] for run in own for shift in range(RUN - 5)}
    shared = []
    for path in sorted(SHARED.rglob("*")):
        if not path.is_file() or path.suffix not in {".txt", ".md", ".jsonl", ".json", ".csv", ".tsv", ".gz", ".html"}:
            continue
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
        words = _split_words(text)
        shared += [
            (path.name, " ".join(words[start : start + RUN]))
            for place in range(0, len(words), 7)
            if tuple(words[place : place + 6]) in sixes
            for start in range(max(0, place - 6), place + 1)
            if tuple(words[start : start + RUN]) in own
        ]
    assert shared == []
