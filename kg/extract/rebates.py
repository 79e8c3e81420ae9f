"""Fines that their own authority reduced: "the original fine of A was reduced to B for early payment" is one of B."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.money_roles import Amount
from kg.model import Money
from kg.normalize.money import MoneyMention

SUPERSEDED = re.compile(r"\b(?:original|initial)(?:ly)?\b", re.IGNORECASE)
"""What says of a sum that another one took its place."""
_REDUCED = r"\b(?:reduced|lowered|decreased)\b"
_TO = r"\bto(?: only| just)?\s*$"
_CUT = re.compile(rf"^[^.]{{0,60}}{_REDUCED}[^.]{{0,40}}(?:{_TO}|\bby \d+ ?%\s*$)", re.IGNORECASE)
_CUT_ALONE = re.compile(rf"\b(?:fine|penalty|sanction)\b[^.]{{0,60}}{_REDUCED}[^.]{{0,40}}{_TO}", re.IGNORECASE)
_CUT_FROM = re.compile(r"\breduced from[^.]{0,30}$", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:voluntary|immediate|prompt|early) payment|\b(?:acknowledg|admi(?:ssion|tt)|waiver)\w*|\bresponsibility\b",
    re.IGNORECASE,
)
_REVIEWED = re.compile(r"\b(?:court|appeal|tribunal|judge)", re.IGNORECASE)
_BEFORE = 60  # characters before a sum in which "reduced from" may stand


def find_rebates(text: str, amounts: Sequence[Amount]) -> dict[Money, Money]:
    """Find which sums of a text took the place of which.

    What a court cuts later stays the fine that it was; the cut is an action of the court.

    Parameters
    ----------
    text, amounts
        The text and its sums in order.
    """
    rebates: dict[Money, Money] = {}
    for index, amount in enumerate(amounts):
        sentence = amount.token.sent.text
        reason = _REASON.search(sentence) or SUPERSEDED.search(sentence)
        if reason is None or _REVIEWED.search(sentence):
            continue
        first = _find_cut(text, amounts, index)
        if first is not None and first.money.amount > amount.mention.money.amount:
            rebates[first.money] = amount.mention.money
    return rebates


def _find_cut(text: str, amounts: Sequence[Amount], index: int) -> MoneyMention | None:
    """Find the sum that another one replaces: told right before it, or the last fine before its sentence."""
    new, sentence = amounts[index].mention, amounts[index].token.sent
    previous = amounts[index - 1] if index else None
    if previous is not None and previous.token.sent.start == sentence.start:
        old = previous.mention
        is_cut = _CUT.search(text[old.end : new.start]) or _CUT_FROM.search(
            text[max(0, old.start - _BEFORE) : old.start]
        )
        return old if is_cut else None
    if not _CUT_ALONE.search(text[sentence.start_char : new.start]):
        return None
    fines = (a.mention for a in reversed(amounts[:index]) if not a.is_part and a.role in {"penalty", "free"})
    return next(fines, None)
