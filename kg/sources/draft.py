"""What a reader of one format hands on: a text and what the source says about it, all as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Draft:
    """A document before its text is normalised and its fields are checked.

    ``where`` names it in messages (a file, or a file with a line); ``keeps_lead`` says that the text is complete as it
    stands, so that its title is not put before it.
    """

    id: str
    text: str
    where: str
    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    licence: str | None = None
    retrieved: str | None = None
    keeps_lead: bool = False

    def describe(self, about: Mapping[str, str | None]) -> Draft:
        """Add what the source says about the document: fields to values, None where it says nothing."""
        return replace(
            self,
            title=about.get("title"),
            url=about.get("url"),
            published=about.get("published"),
            publisher=about.get("publisher"),
            author=about.get("author"),
            licence=about.get("licence"),
            retrieved=about.get("retrieved"),
        )
