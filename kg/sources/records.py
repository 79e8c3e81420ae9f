"""Turn the fields of a JSON object or a table's row into a draft."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import SourceError
from kg.sources.draft import Draft

FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "document_id", "uid", "guid"),
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "article_text"),
    "title": ("title", "headline"),
    "url": ("url", "link", "source_page", "source_url", "permalink"),
    "published": ("published", "published_date", "date", "published_at", "publication_date", "pubdate"),
    "publisher": ("publisher", "source", "site", "outlet", "newspaper"),
    "author": ("author", "authors", "byline"),
    "licence": ("licence", "license"),
    "retrieved": ("retrieved", "collected_date", "retrieved_at"),
}
"""Fields of a document and the names they are known by, the most telling first; case does not count."""


def match_columns(names: list[str], columns: Mapping[str, str] | None) -> dict[str, str]:
    """Find which column holds which field: those that were named, the others by their names.

    Raises
    ------
    SourceError
        If a named column or the column of the text is missing; the message lists those that are there.
    """
    known = {name.strip().lower(): name for name in reversed(names)}
    matched: dict[str, str] = {}
    for field, name in (columns or {}).items():
        if name not in names:
            raise SourceError(f"no column {name!r} for the {field}; there are {_list_names(names)}")
        matched["published" if field == "date" else field] = name
    for field, candidates in FIELD_NAMES.items():
        if field not in matched:
            found = next((known[candidate] for candidate in candidates if candidate in known), None)
            if found is not None and found not in matched.values():
                matched[field] = found
    if "text" not in matched:
        raise SourceError(f"no field or column 'text'; there are {_list_names(names)}")
    return matched


def make_draft(record: Mapping[str, object], matched: Mapping[str, str], *, id: str, where: str, as_is: bool) -> Draft:
    """Make a draft of a record; ``id`` serves where the record has none.

    Raises
    ------
    SourceError
        If a field is neither text nor a number nor empty.
    """
    values = {field: _read_value(record.get(name), name) for field, name in matched.items()}
    if values.get("text") is None:
        raise SourceError("it has no text")
    return Draft(id=values.get("id") or id, text=values["text"] or "", where=where, keeps_lead=as_is).describe(values)


def _read_value(value: object, name: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise SourceError(f"its field {name!r} is a {type(value).__name__}, want a string")


def _list_names(names: list[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:20])
    return shown + (f" and {len(names) - 20} more" if len(names) > 20 else "")
