"""What the API has its workers do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kg.errors import QueryError
from kg.rdf.iris import Iris
from kg.serve.api import models
from kg.serve.api.describe import describe_things
from kg.serve.api.select import CLASSES, cut_page, select_things
from kg.serve.work import Output, Refused, Reply

if TYPE_CHECKING:
    from kg.serve.worker import OpenStore

JSON = "application/json"
PAGES: Mapping[str, type[models.Page]] = {
    "agent": models.Agents,
    "action": models.Actions,
    "case": models.Cases,
    "claim": models.Claims,
    "evidence": models.Evidences,
}


def list_page(
    opened: OpenStore,
    output: Output,
    *,
    kind: str,
    filters: Mapping[str, str],
    after: str | None,
    limit: int,
    path: str,
) -> Reply:
    """List a page of a kind of things; ``path`` is where the list lies, for the address of what follows."""
    store = opened.store
    key = (kind, *sorted(filters.items()))
    things = opened.remembered.get(key)
    if things is None:
        things = opened.remember(key, select_things(store, kind, filters))
    found = cut_page(store, kind, things, after, limit)
    following = None
    if len(found) > limit:
        last = Iris(store.base).read(kind, found[limit - 1])
        following = f"{path}?{urlencode({**filters, 'limit': limit, 'after': last}, errors='replace')}"
    page = PAGES[kind].model_validate({"items": describe_things(store, kind, found[:limit]), "next": following})
    output.write(page.model_dump_json().encode("utf-8", "replace"))
    return Reply(200, JSON, None)


def get_thing(opened: OpenStore, output: Output, *, kind: str, id: str) -> Reply:
    """Give one thing.

    Raises
    ------
    Refused
        If there is none of that id.
    """
    store = opened.store
    iri = Iris(store.base).make(kind, id)
    try:
        is_there = bool(store.query(f"ASK {{ {iri} a <https://w3id.org/platform-regulation#{CLASSES[kind]}> }}"))
    except QueryError:
        is_there = False
    found = describe_things(store, kind, [iri.value]) if is_there else []
    if not found:
        raise Refused(404, f"no {kind} has the id {id[:100]!r}")
    output.write(found[0].model_dump_json().encode("utf-8", "replace"))
    return Reply(200, JSON, None)
