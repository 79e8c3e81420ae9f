"""Money and dates as the sources state them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_CURRENCY = re.compile(r"[A-Z]{3}")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in units of an ISO 4217 currency.

    Raises
    ------
    ValueError
        If the currency is not three capital letters, or the amount is negative or not finite.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError(f"currency {self.currency!r}: want an ISO 4217 code such as 'EUR'")
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError(f"amount {self.amount}: want a finite number of at least 0")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precise as its source: ``2024``, ``2024-08`` or ``2024-08-24`` (ISO 8601).

    Raises
    ------
    ValueError
        If the text is none of the three forms.
    """

    iso: str

    def __post_init__(self) -> None:
        if not _DATE.fullmatch(self.iso):
            raise ValueError(f"date {self.iso!r}: want YYYY, YYYY-MM or YYYY-MM-DD")

    def __str__(self) -> str:
        return self.iso

    @property
    def year(self) -> int:
        """The calendar year."""
        return int(self.iso[:4])

    def is_compatible(self, other: PartialDate) -> bool:
        """Tell whether both may name the same day: one is the other, less precisely or not."""
        return self.iso.startswith(other.iso) or other.iso.startswith(self.iso)
