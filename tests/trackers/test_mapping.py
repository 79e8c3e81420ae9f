"""What a mapping may say, and how it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.trackers import find_mapping, list_shipped, load_mapping, load_shipped_mappings

GOOD = """
tracker: bans
title: Bans
columns: [day, who, whom, sum, note]
confidence: 0.9
claims:
  - name: ban
    action: ban
    trigger: note
    actor: who
    target: {column: whom, type: Platform}
    date: day
"""


def write(folder: Path, text: str) -> Path:
    """Write a mapping."""
    file = folder / "own.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_mapping_reads_scalars_as_they_stand(tmp_path: Path) -> None:
    """No YAML 1.1 surprise: Yes, No and 2018 are texts, and one text may stand for a list of one."""
    text = GOOD.replace("    trigger: note\n", "    trigger: note\n    when: {note: No, day: [2018, Yes]}\n")
    rule = load_mapping(write(tmp_path, text)).claims[0]
    assert rule.when["note"].is_ == ("No",)
    assert rule.when["day"].is_ == ("2018", "Yes")
    assert rule.actor.column == "who"
    assert rule.status.value == ("actual",)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Bans\n", "", "title: this key is missing"),
        ("title: Bans", "titel: Bans\ntitle: Bans", "titel: there is no such key"),
        ("action: ban", "action: forbid", "claims[0]: 'forbid' is no action: want one of accuse, appeal,"),
        ("    date: day", "    status: perhaps", "claims[0]: 'perhaps' is no status: want one of actual,"),
        ("    date: day", "    charges: {column: note, value: theft}", "claims[0]: 'theft' is no charge"),
        ("type: Platform", "type: Plattform", "claims[0].target.type: 'Plattform' is no type of agent: want one of"),
        ("actor: who", "actor: wer", "claims[0]: the column 'wer' is not among columns: day, who, whom, sum, note"),
        ("    date: day", "    when: {dai: 1}", "claims[0]: the column 'dai' is not among columns"),
        ("confidence: 0.9", "confidence: 1.5", "confidence: Input should be less than or equal to 0.99, not '1.5'"),
        ("    date: day", "    amount: sum", "claims[0].amount"),
        ("    date: day", "    amount: {column: sum}", "claims[0].amount: want either a currency or a currency_column"),
        ("    date: day", "    amount: {column: sum, currency: EURO}", "amount.currency: 'EURO' is no currency"),
        ("actor: who", "actor: {column: who, split: '('}", "claims[0].actor.split: '(' is no regular expression"),
        ("actor: who", "actor: {}", "claims[0].actor: want either a column (or a value), or first_of, or all_of"),
        ("actor: who", "actor: {column: who, first_of: [whom]}", "claims[0].actor: want either a column"),
        (
            "actor: who",
            "actor: {column: who, keep: true, default: x}",
            "claims[0].actor: want either a default or keep",
        ),
        ("    date: day", "    date: {column: day, precision: week}", "claims[0].date.precision"),
        ("tracker: bans", "tracker: My Bans", "tracker: String should match pattern"),
        ("confidence: 0.9", "confidence: 0.9\ntext: [day]", "text: it lacks the column"),
        ("confidence: 0.9", "confidence: 0.9\nid: number", "id: the column 'number' is not among columns"),
        ("title: Bans", "title: Bans\ntitle: Other", ":4: the key 'title' stands twice"),
        ("columns: [day", "columns: [[day", ":"),
    ],
)
def test_mapping_refuses_by_file_and_key(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """A mapping that breaks the rules is refused in one line that names the file, the key, and what is allowed."""
    assert old in GOOD
    file = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(DataError) as caught:
        load_mapping(file)
    message = str(caught.value)
    assert message.startswith(str(file)) and expected in message
    assert "\n" not in message and "function-" not in message


@pytest.mark.parametrize(("content", "expected"), [("- a\n- b", "want keys"), ("", "want keys"), ("a: [b", ":1: ")])
def test_mapping_refuses_what_is_no_mapping(tmp_path: Path, content: str, expected: str) -> None:
    """A list, an empty file and broken YAML are refused with the file's name, and the line where there is one."""
    with pytest.raises(DataError, match=expected):
        load_mapping(write(tmp_path, content))


def test_mapping_builds_no_objects(tmp_path: Path) -> None:
    """A tag that asks YAML to call Python is never followed: what stands there is a text."""
    text = GOOD.replace("title: Bans", "title: !!python/object/apply:os.getcwd []")
    with pytest.raises(DataError, match="title"):
        load_mapping(write(tmp_path, text))


def test_find_mapping_takes_names_and_paths(tmp_path: Path) -> None:
    """A shipped mapping is found by its name, one's own by its path; anything else is told what there is."""
    assert find_mapping("etid").tracker == "etid"
    assert find_mapping(str(write(tmp_path, GOOD))).tracker == "bans"
    with pytest.raises(DataError, match="no tracker 'gdpr': want etid, keepiton, or the path of a mapping"):
        find_mapping("gdpr")
    with pytest.raises(DataError, match="No such file"):
        find_mapping(str(tmp_path / "none.yml"))


def test_shipped_mappings_bear_the_names_of_their_files() -> None:
    """A shipped mapping is named as its file, so that ``--tracker`` finds it; none has the columns of another."""
    mappings = {mapping.tracker: mapping for mapping in load_shipped_mappings()}
    assert list(mappings) == list(list_shipped())
    columns = [set(mapping.columns) for mapping in mappings.values()]
    assert all(not one <= other for one in columns for other in columns if one is not other)
