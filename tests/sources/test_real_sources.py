"""The real inputs: how many documents each gives, and what is refused of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.model import Document, Refusal
from kg.sources import read_documents


def _read(path: Path) -> tuple[list[Document], list[Refusal]]:
    items = list(read_documents([str(path)]))
    documents = [item for item in items if isinstance(item, Document)]
    return documents, [item for item in items if isinstance(item, Refusal)]


@pytest.mark.parametrize(
    ("source", "documents", "refused"),
    [
        ("seeds", 5, 0),
        ("corpus/news", 293, 29),
        ("corpus/html", 32, 0),
        ("corpus/dev", 120, 0),
        ("corpus/train", 719, 1),
        ("corpus/competition", 2086, 55),
        ("corpus/current-events-platforms-2002-2021.tsv", 1099, 0),
    ],
)
def test_sources_are_read_whole_but_for_other_languages(
    source: str, documents: int, refused: int, shared: Path
) -> None:
    """Every document comes out; the only refusals are those of other languages."""
    read, refusals = _read(shared / source)
    assert (len(read), len(refusals)) == (documents, refused)
    assert len({document.id for document in read}) == documents
    assert all(re.search(r"is in [A-Z][a-z]+; only English is read$", refusal.reason) for refusal in refusals)


def test_sources_news_says_when_and_by_whom(shared: Path) -> None:
    """Every article of the news folder has title, address, day and publisher, and begins with its title."""
    documents, _ = _read(shared / "corpus" / "news")
    for document in documents:
        assert document.title and document.url and document.publisher
        assert document.published is not None and len(document.published.iso) == 10
        assert "\n\n\n" not in document.text


def test_sources_html_says_when(shared: Path) -> None:
    """Of the saved pages those that state their day machine-readably have it; titles are headlines, not sections."""
    documents, _ = _read(shared / "corpus" / "html")
    assert sum(document.published is not None for document in documents) >= 26
    assert all(document.title != "News Releases" for document in documents)


def test_sources_json_lines_keep_their_ids_and_dates(shared: Path) -> None:
    """The ids and days of the development set are those of its lines."""
    import json

    folder = shared / "corpus" / "dev"
    records = [
        json.loads(line)
        for name in ("articles", "items")
        for line in (folder / name / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    documents, _ = _read(folder)
    assert [document.id for document in documents] == [record["id"] for record in records]
    assert [str(document.published) for document in documents] == [str(record["published"]) for record in records]
