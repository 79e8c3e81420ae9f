"""One small store for the tests of the class."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import KnowledgeGraph

TEXTS = {
    "fine.txt": "Germany fined Telegram 5.1 million euros on 17 October 2022 for missing complaint channels.",
    "ban.txt": "Russia banned Telegram in April 2018. Telegram refused to hand over the keys to Russia.",
    "plan.txt": "Spain threatened to ban TikTok over privacy violations.",
    "role.txt": "Pavel Durov, the founder of Telegram, was arrested by French police in August 2024.",
}


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The graph of three short texts, read by the real pipeline."""
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return KnowledgeGraph.build([Path(folder)], tmp_path_factory.mktemp("store") / "graph", processes=1)
