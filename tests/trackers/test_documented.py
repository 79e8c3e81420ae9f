"""The reference of the mapping language says all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.trackers import list_shipped, load_mapping
from kg.trackers.mapping import Amount, CellTest, ClaimRule, Date, Party, TrackerMapping, Value


@pytest.mark.parametrize("model", [TrackerMapping, ClaimRule, Value, Party, Amount, Date, CellTest])
def test_every_key_is_documented(tree: Path, model: type) -> None:
    """Each key of the language stands in docs/trackers.md, as code."""
    told = set(
        re.findall(r"[\w-]+", " ".join(re.findall(r"`([^`\n]+)`", (tree / "docs" / "trackers.md").read_text("utf-8"))))
    )
    keys = {field.alias or name for name, field in model.model_fields.items()}  # type: ignore[attr-defined]
    assert keys <= told


def test_every_shipped_mapping_is_documented(tree: Path) -> None:
    """Each shipped mapping has its section."""
    text = (tree / "docs" / "trackers.md").read_text("utf-8")
    assert all(f"### `{name}`:" in text for name in list_shipped())


def test_examples_of_the_reference_are_mappings(tree: Path, tmp_path: Path) -> None:
    """The YAML of the reference is a mapping that loads."""
    (example,) = re.findall(r"```yaml\n(.*?)```", (tree / "docs" / "trackers.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "example.yml").write_text(example, encoding="utf-8")
    assert load_mapping(tmp_path / "example.yml").tracker == "bans"
