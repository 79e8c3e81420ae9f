"""Where in a text a word stands: its headline, its lead, or further down."""

from __future__ import annotations

from spacy.tokens import Doc, Token

_TITLE_TOKENS = 40
_ITEM_TOKENS = 130  # a news item of one to three sentences tells what happened on its day
_LEAD_TOKENS = 110


class Layout:
    """The headline, the lead and the lines of one text."""

    def __init__(self, doc: Doc) -> None:
        self.is_item = len(doc) <= _ITEM_TOKENS and "\n" not in doc.text.strip()
        self._breaks = [token.i for token in doc if "\n" in token.text]
        self._end = len(doc)
        first = next((index for index in self._breaks if index > 2), 0)
        self.title_end = first if 0 < first <= _TITLE_TOKENS else 0
        self.lead_end = self.title_end + _LEAD_TOKENS

    def find_line(self, token: Token) -> tuple[int, int]:
        """Return the part of a token's sentence that stands in its line: a parser runs headline and lead together."""
        sentence = token.sent
        start, end = sentence.start, sentence.end
        for index in self._breaks:
            if start <= index < token.i:
                start = index + 1
            elif token.i < index < end:
                end = index
                break
        return start, end

    def locate(self, token: Token) -> str:
        """Name the place of a token: ``item``, ``title``, ``lead``, ``body`` or ``foot``."""
        if self.is_item:
            return "item"
        if token.i < self.title_end:
            return "title"
        if token.i < self.lead_end:
            return "lead"
        return "body" if token.i * 2 < self._end + self.lead_end else "foot"
