"""Gold and predictions are read whole or refused with their place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.evaluate import load_gold, read_predictions

DOC = {
    "id": "a",
    "published": "2022-10-17",
    "entities": [{"name": "Telegram", "type": "Platform", "aliases": ["the app"]}],
    "events": [],
    "facts": [],
}


def test_gold_of_folder_and_jsonl_are_the_same(tmp_path: Path) -> None:
    """A folder of .json files, some in a subfolder, and one .jsonl file of the same documents load alike."""
    other = {**DOC, "id": "b"}
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "deeper").mkdir()
    (folder / "a.json").write_text(json.dumps(DOC), encoding="utf-8")
    (folder / "deeper" / "b.json").write_text(json.dumps(other), encoding="utf-8")
    lines = tmp_path / "gold.jsonl"
    lines.write_text(f"{json.dumps(DOC)}\n\n{json.dumps(other)}\n", encoding="utf-8")
    assert load_gold(folder) == load_gold(lines)
    assert list(load_gold(lines)) == ["a", "b"]
    assert load_gold(lines)["a"].find_aliases("Telegram") == ("Telegram", "the app")


def test_gold_line_separator_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    """U+2028 in a JSON string, legal unescaped, leaves the document whole."""
    path = tmp_path / "gold.jsonl"
    doc = {**DOC, "url": "https://example.org/\u2028x"}
    path.write_text(json.dumps(doc, ensure_ascii=False), encoding="utf-8")
    assert load_gold(path)["a"].url == doc["url"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "gold.jsonl:1: not JSON"),
        (json.dumps(DOC) + "\n" + json.dumps({**DOC, "facts": None}), "gold.jsonl:2: facts is no list of objects"),
        (json.dumps({**DOC, "id": None}), "gold.jsonl:1: id None: want a string"),
        (json.dumps(DOC) + "\n" + json.dumps(DOC), "gold.jsonl:2: id 'a' is taken by another document"),
        ("\n", "no gold in it"),
    ],
)
def test_gold_that_is_bad_is_refused_with_file_and_line(content: str, message: str, tmp_path: Path) -> None:
    """A bad document stops the loading with one line that says where and what."""
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_gold(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_gold_that_is_missing_is_refused(tmp_path: Path) -> None:
    """A path that is not there is named."""
    with pytest.raises(DataError, match=r"nowhere: no such gold"):
        load_gold(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[]", "[] in place of an object"),
        ('{"id": "a"}', "want an object with id, a list of events"),
        ('{"id": "a", "events": [7]}', "7 in place of an object"),
        ('{"id": "a", "events": [{"actor": 3}]}', "actor 3: want a string or null"),
        ('{"id": "a", "events": [{"amount": "much"}]}', "amount 'much': want a number or null"),
        ("nonsense", "Expecting value"),
    ],
)
def test_predictions_that_are_bad_are_refused_with_file_and_line(line: str, message: str, tmp_path: Path) -> None:
    """A line that is no prediction is refused with its number."""
    path = tmp_path / "out.jsonl"
    path.write_text('{"id": "ok", "events": []}\n' + line, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_predictions(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert message in str(caught.value)


def test_predictions_keep_all_that_extract_writes(tmp_path: Path) -> None:
    """Fields of the command line's extract are kept, unknown ones are passed over."""
    event = {"action": "fine", "actor": "A", "target": "B", "status": "actual", "quote": "A fined B", "start": 3}
    path = tmp_path / "out.jsonl"
    path.write_text(json.dumps({"id": "a", "events": [{**event, "new_field": 1}], "facts": []}), encoding="utf-8")
    found = read_predictions(path)["a"].events[0]
    assert {key: getattr(found, key) for key in event} == event
