"""Make a document of a draft: one form of text, checked fields, English."""

from __future__ import annotations

import re

from kg.errors import SourceError
from kg.model import Document
from kg.normalize.text import normalize_text, squeeze_line
from kg.sources.boilerplate import drop_boilerplate
from kg.sources.draft import Draft
from kg.sources.language import find_foreign_language
from kg.sources.limits import MAX_ID_CHARACTERS, MAX_TEXT_CHARACTERS
from kg.sources.published import find_day_line, parse_published

_MAX_FIELD_CHARACTERS = 2000
_LEAD_CHARACTERS = 600
_WORD = re.compile(r"\w+")


def finish_draft(draft: Draft) -> Document:
    """Normalise, check and complete a draft.

    Raises
    ------
    SourceError
        If it has no text, too much of it, an unfit id, or is not in English.
    """
    id = squeeze_line(draft.id)
    if not id or len(id) > MAX_ID_CHARACTERS:
        raise SourceError(f"an id of {len(id)} characters; want 1 to {MAX_ID_CHARACTERS}")
    title = _clean_field(draft.title)
    text = drop_boilerplate(normalize_text(draft.text)[0])
    if not any(character.isalnum() for character in text):
        raise SourceError("empty: there is no text in it")
    if title and not draft.keeps_lead:
        text = _add_title(text, title)
    if len(text) > MAX_TEXT_CHARACTERS:
        raise SourceError(f"a text of {len(text)} characters; at most {MAX_TEXT_CHARACTERS} are read as one document")
    if language := find_foreign_language(text):
        raise SourceError(f"{id!r} is in {language}; only English is read")
    return Document(
        id=id,
        text=text,
        source=draft.where,
        title=title,
        url=_clean_field(draft.url),
        published=parse_published(draft.published) if draft.published else find_day_line(text),
        publisher=_clean_field(draft.publisher),
        author=_clean_field(draft.author),
        licence=_clean_field(draft.licence),
        retrieved=_clean_field(draft.retrieved),
    )


def _clean_field(value: str | None) -> str | None:
    return squeeze_line(value[: 2 * _MAX_FIELD_CHARACTERS])[:_MAX_FIELD_CHARACTERS] or None if value else None


def _add_title(text: str, title: str) -> str:
    # A headline is the densest claim of all: it is read with the text unless the text brings it along.
    lead = _join_words(text[: len(title) + _LEAD_CHARACTERS])
    return text if _join_words(title) in lead else f"{title}\n\n{text}"


def _join_words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
