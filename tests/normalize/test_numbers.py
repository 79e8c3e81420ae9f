"""Numbers in words."""

from __future__ import annotations

import pytest

from kg.normalize.numbers import read_count


@pytest.mark.parametrize(
    ("word", "count"), [("an", 1), ("Two", 2), ("nineteen", 19), ("48", 48), ("many", 0), ("²", 0)]
)
def test_count_is_read(word: str, count: int) -> None:
    """Words and digits count; what is neither counts nothing."""
    assert read_count(word) == count
