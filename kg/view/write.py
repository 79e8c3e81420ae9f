"""Write the page of a store to a file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.view.build import build_view_data
from kg.view.page import render_page
from kg.view.read import QueryableStore


@dataclass(frozen=True, slots=True)
class ViewSummary:
    """What was written: how much of each, and the size of the file in bytes."""

    path: Path
    agents: int
    actions: int
    claims: int
    documents: int
    size: int


def write_view(
    store: QueryableStore, path: str | os.PathLike[str], *, title: str = "Who acted against whom"
) -> ViewSummary:
    """Write the store's graph to ``path`` as one HTML file that works offline.

    Parameters
    ----------
    store
        Anything with ``query(sparql)`` that returns solutions like pyoxigraph's.
    path
        The file to write; it is replaced at once or not at all, and missing folders are made.
    title
        The heading of the page.

    Raises
    ------
    StoreError
        If an action lacks its type, status, actor or target.
    """
    data = build_view_data(store)
    content = render_page(data, title=title).encode("utf-8", "replace")
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():
        # To put a file in the place of a device, /dev/null for one, would harm the whole system.
        raise StoreError(f"{path}: it is no file: want the name of a page to write")
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(content)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return ViewSummary(
        path=target,
        agents=len({party for action in data.actions for party in (action.actor, action.target)}),
        actions=len(data.actions),
        claims=data.claim_count,
        documents=len(data.documents),
        size=len(content),
    )
