"""Read Markdown with YAML front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import yaml

from kg.errors import SourceError
from kg.sources.draft import Draft
from kg.sources.limits import MAX_FRONT_MATTER

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.S | re.M)
_OPENING = re.compile(r"\ufeff?---[ \t]*\r?\n\w+:")
# ``title: Analysis: what the fine means``: no YAML, but what people (and exporters) write.
_ENTRY = re.compile(r"^([A-Za-z_]\w*):[ \t]*((?:.*\n?)(?:[ \t].*\n?|\n)*)", re.M)
_STRUCTURE = tuple("[{&*!|>%@`")  # What begins so is YAML or nothing.
_FIELDS = {
    "title": ("title",),
    "url": ("url", "link"),
    "published": ("published_date", "published", "date"),
    "publisher": ("source", "publisher", "site"),
    "author": ("author", "authors"),
    "licence": ("licence", "license"),
    "retrieved": ("retrieved", "collected_date"),
}
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*)$", re.M)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,500}\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,500}\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,1000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s*])\*(?![*\w])")
_QUOTE_OR_RULE = re.compile(r"^ {0,3}(?:>[ \t]?)+|^ {0,3}(?:[-*_][ \t]*){3,}$", re.M)
_TAG = re.compile(r"</?(?:p|br|hr|b|i|u|em|strong|a|span|div|sup|sub|small|img)\b[^<>\n]{0,1000}>", re.I)


def read_markdown(id: str, text: str, where: str) -> Iterator[Draft]:
    """Read one Markdown file; its plain text is what it shows.

    Raises
    ------
    SourceError
        If the front matter is not YAML, or has no end.
    """
    values: dict[str, str] = {}
    match = _FRONT_MATTER.match(text)
    if match:
        values = _load_front_matter(match[1])
        text = text[match.end() :]
    elif _OPENING.match(text):
        raise SourceError("the front matter has no closing ---")
    found = {field: next((values[key] for key in keys if values.get(key)), None) for field, keys in _FIELDS.items()}
    yield Draft(id=id, text=_strip_markup(text), where=where).describe(found)


def _load_front_matter(text: str) -> dict[str, str]:
    if len(text) > MAX_FRONT_MATTER:
        raise SourceError(f"the front matter has {len(text)} characters; at most {MAX_FRONT_MATTER} are read")
    try:
        values = _load_yaml(text)
    except ValueError as error:
        values = _load_entries(text)
        if not values:
            raise SourceError(f"the front matter is not YAML: {error}") from error
    if values in (None, ""):
        return {}
    if not isinstance(values, dict):
        raise SourceError(f"the front matter is a YAML {type(values).__name__}, want 'key: value' lines")
    return {str(key).lower(): _join_value(value) for key, value in values.items()}


def _load_yaml(text: str) -> object:
    # BaseLoader is safe_load without guesses: every scalar stays as written (dates, ``No``, 007).
    try:
        values: object = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
        return values
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except yaml.MarkedYAMLError as error:
        line = f" in its line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ValueError(f"{error.problem}{line}") from error
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())[:200]) from error


def _load_entries(text: str) -> dict[str, object] | None:
    # Plain values with a colon or a quote too many are taken as they stand; None if a field can't be made out.
    known = {key for keys in _FIELDS.values() for key in keys}
    entries: dict[str, object] = {}
    for match in _ENTRY.finditer(text):
        key, value = match[1], " ".join(match[2].split())
        if key.lower() not in known:
            continue
        if value.startswith(_STRUCTURE):
            try:
                loaded = _load_yaml(match[0])
            except ValueError:
                return None
            if isinstance(loaded, dict):
                entries |= loaded
        elif len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            entries[key] = value[1:-1]
        else:
            entries[key] = value
    return entries or None


def _join_value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _strip_markup(text: str) -> str:
    text = _HEADING.sub(lambda match: "\n" + match[1].rstrip(" \t\r#") + "\n", text)
    text = _QUOTE_OR_RULE.sub("", text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))
    return html.unescape(_TAG.sub("", text))
