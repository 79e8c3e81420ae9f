"""What tests of several folders share."""

from __future__ import annotations

from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parent.parent
SHARED = TREE.parent / "shared"


@pytest.fixture(scope="session")
def tree() -> Path:
    """Locate the root of the repository."""
    return TREE


@pytest.fixture(scope="session")
def shared() -> Path:
    """Locate the third-party texts beside the repository, or skip where they are absent."""
    if not (SHARED / "README.md").is_file():
        pytest.skip(f"no folder {SHARED} with the third-party texts")
    return SHARED
