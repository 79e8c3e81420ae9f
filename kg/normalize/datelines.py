"""Find where a report says from where and when it was filed ("BRUSSELS, May 3 (Agency) - ")."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DATELINE = re.compile(
    r"^(?:(?:[A-Z][A-Za-z]{2,15} ?){1,2}: (?=(?:The|A|An|In) )"
    r"|REUTERS/[^\n]{0,80}?Purchase Licensing Rights(?:, opens new tab)?(?: Companies)?\s"
    r"|[A-Z][A-Z.'’ ]{2,30}(?:, [A-Z][A-Za-z. ]{2,20})?(?:, [A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"\s?(?:\([A-Za-z ]{2,20}\))?\s?[–—-]{1,2}\s)",
    re.MULTILINE,
)


def find_datelines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the start and the end of each dateline, its dash and the space behind it included, in characters."""
    yield from (match.span() for match in _DATELINE.finditer(text))
