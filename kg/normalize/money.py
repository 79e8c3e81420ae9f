"""Find amounts of money in text.

No kept library reads what enforcement news writes (multipliers, crore, currency words after the number, ``R$``,
``60.000``) without losing the offsets, so this one pattern does; babel and price-parser were tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.model import Money

_SYMBOLS = {
    "US$": "USD", "U.S.$": "USD", "AU$": "AUD", "A$": "AUD", "CA$": "CAD", "C$": "CAD", "HK$": "HKD", "NZ$": "NZD",
    "S$": "SGD", "R$": "BRL", "NT$": "TWD", "MX$": "MXN", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "₦": "NGN", "₫": "VND", "₱": "PHP", "₪": "ILS", "₴": "UAH", "zł": "PLN",
    "Rs.": "INR", "Rs": "INR", "Rp": "IDR", "RM": "MYR", "CN¥": "CNY", "RMB": "CNY",
}  # fmt: skip
_CODES = """USD EUR GBP JPY INR KRW RUB TRY NGN VND PHP ILS UAH PLN IDR MYR CNY AUD CAD HKD NZD SGD BRL TWD MXN CHF SEK
NOK DKK CZK HUF RON BGN ZAR KES EGP THB PKR ARS CLP COP SAR AED KZT""".split()
_WORDS = {
    "u.s. dollar": "USD", "us dollar": "USD", "american dollar": "USD", "australian dollar": "AUD",
    "canadian dollar": "CAD", "hong kong dollar": "HKD", "new zealand dollar": "NZD", "singapore dollar": "SGD",
    "taiwan dollar": "TWD", "dollar": "USD", "euro": "EUR", "british pound": "GBP", "pound": "GBP", "sterling": "GBP",
    "japanese yen": "JPY", "yen": "JPY", "indian rupee": "INR", "pakistani rupee": "PKR", "rupee": "INR",
    "korean won": "KRW", "won": "KRW", "russian ruble": "RUB", "ruble": "RUB", "rouble": "RUB", "turkish lira": "TRY",
    "lira": "TRY", "yuan": "CNY", "renminbi": "CNY", "reais": "BRL", "real": "BRL", "brazilian real": "BRL",
    "naira": "NGN", "zloty": "PLN", "zlotys": "PLN", "swiss franc": "CHF", "swedish krona": "SEK", "kronor": "SEK",
    "krone": "NOK", "norwegian krone": "NOK", "kroner": "NOK", "danish krone": "DKK", "shekel": "ILS",
    "hryvnia": "UAH", "tenge": "KZT", "rand": "ZAR", "mexican peso": "MXN", "philippine peso": "PHP", "dong": "VND",
    "rupiah": "IDR", "ringgit": "MYR", "baht": "THB", "forint": "HUF", "leu": "RON", "lei": "RON", "lev": "BGN",
    "koruna": "CZK", "dirham": "AED", "riyal": "SAR",
}  # fmt: skip
_ORDINARY = {"won", "real", "rand", "pound", "lei", "lev", "leu", "dong"}  # words that money shares with plain English
_MULTIPLIERS = {
    "": 1, "k": 10**3, "thousand": 10**3, "lakh": 10**5, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6,
    "mil": 10**6, "million": 10**6, "crore": 10**7, "b": 10**9, "bn": 10**9, "billion": 10**9, "t": 10**12,
    "tn": 10**12, "trillion": 10**12,
}  # fmt: skip


def _alternate(words: object) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


_NUMBER = r"\d+(?:[.,'\u00a0 ]\d{3})*(?:[.,]\d+)?"
_SCALE = rf"(?:[\s\u00a0-]?(?P<scale{{n}}>{_alternate(m for m in _MULTIPLIERS if m)})(?![a-z]))?"
_PATTERN = re.compile(
    rf"(?<![\w.])(?P<symbol>{_alternate(_SYMBOLS)}|(?:{'|'.join(_CODES)})(?=[\s\u00a0\d]))[\s\u00a0]?(?P<number1>{_NUMBER}){_SCALE.format(n=1)}"
    rf"|(?<![\w.,])(?P<number2>{_NUMBER}){_SCALE.format(n=2)}[\s\u00a0-]?"
    rf"(?:(?P<code>{'|'.join(_CODES)}|€|£|zł|₽)(?!\w)|(?P<word>{_alternate(_WORDS)})s?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """An amount of money and where it stands (half-open offsets)."""

    start: int
    end: int
    money: Money


def _parse_number(text: str, scaled: bool) -> Decimal:
    """Read a number in English or continental writing; with a multiplier a single separator is a decimal point."""
    text = re.sub(r"['\u00a0 ]", "", text)
    separators = re.findall(r"[.,]", text)
    if len(separators) > 1:
        last = max(text.rfind("."), text.rfind(","))
        if len(set(separators)) == 1:  # 1,337,000 or 1.337.000
            return Decimal(re.sub(r"[.,]", "", text))
        return Decimal(re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :])
    if separators:
        whole, rest = re.split(r"[.,]", text)
        if len(rest) == 3 and (separators[0] == "," or not scaled) and whole != "0":
            return Decimal(whole + rest)
        return Decimal(f"{whole}.{rest}")
    return Decimal(text)


def find_money(text: str) -> Iterator[MoneyMention]:
    """Yield the amounts of money in a text, in order.

    Parameters
    ----------
    text
        Any text; offsets count its code points.
    """
    for match in _PATTERN.finditer(text):
        symbol, code, word = match["symbol"], match["code"], match["word"]
        number = match["number1"] or match["number2"]
        scale = (match["scale1"] or match["scale2"] or "").lower()
        if symbol is not None:
            currency = next((c for s, c in _SYMBOLS.items() if s == symbol), None) or symbol.upper()
            if currency not in _CODES:
                continue
        elif code is not None:
            currency = _SYMBOLS.get(code, code.upper())
        else:
            currency = _WORDS[word.lower()]
            if word.lower() in _ORDINARY and not scale:
                continue
        amount = _parse_number(number, bool(scale)) * _MULTIPLIERS[scale]
        if amount >= Decimal(10) ** 18:
            continue  # no penalty is: a telephone number, a hash
        yield MoneyMention(match.start(), match.end(), Money(amount.normalize() + 0, currency))
