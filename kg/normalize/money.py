"""Find amounts of money in text.

No kept library reads what enforcement news writes (multipliers, crore, currency words after the number, ``R$``,
``60.000``) without losing the offsets, so this one pattern does; babel and price-parser were tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kg.model import Money
from kg.normalize.currencies import load_currencies
from kg.normalize.numbers import NUMBERS

_ORDINARY = frozenset(
    """won real rand pound lei lev leu dong crown buck quid leva soles som cfa kina quetzal cordoba bolivar balboa
    lempira""".split()
)
"""Words that money shares with plain English; they count only behind a multiplier or a round number."""
_ORDINARY_SIGNS = frozenset(
    "LE TL Sh Re. Fr. Dh Ft CFA NIS RM COP MAD PEN ARS GEL AMD PHP CAD RON ALL TOP TRY BAM N R W K".split()
)
"""Signs and codes that are also names (``COP 26``, ``PHP 8``); they count only with a multiplier or grouped digits."""
_MULTIPLIERS = {
    "": 1, "k": 10**3, "thousand": 10**3, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "hundred thousand": 10**5,
    "m": 10**6, "mn": 10**6, "mln": 10**6, "mln.": 10**6, "mio": 10**6, "mio.": 10**6, "mil": 10**6, "million": 10**6,
    "millions": 10**6, "crore": 10**7, "crores": 10**7, "cr": 10**7, "b": 10**9, "bn": 10**9, "bln": 10**9,
    "mrd": 10**9, "mrd.": 10**9, "billion": 10**9, "billions": 10**9, "t": 10**12, "tn": 10**12, "trln": 10**12,
    "trillion": 10**12, "lakh crore": 10**12,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_PARTS = {"half a": "0.5", "half": "0.5", "one and a half": "1.5", "two and a half": "2.5"}
_LARGEST = Decimal(10) ** 18  # no penalty reaches it; a telephone number or a hash does


def _alternate(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


_NUMBER = r"\d+(?:[.,'’\u00a0\u202f ]\d{3}(?!\d))*(?:[.,]\d+)?"
_INDIAN = r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"


@lru_cache(maxsize=1)
def _compile_pattern() -> re.Pattern[str]:
    """Compile the pattern: a symbol or code before the number, or a code, symbol or word behind it."""
    known = load_currencies()
    codes = "|".join(sorted(known.codes))
    scales = _alternate(scale for scale in _MULTIPLIERS if scale)
    scale = rf"(?:[\s\u00a0-]?(?P<scale{{n}}>{scales})(?![a-z]))?"
    words = _alternate(known.words)
    signs = _alternate(symbol for symbol in known.symbols if len(symbol) == 1 and not symbol.isalpha())
    blank = r"[\s\u00a0\u202f]"
    units, tens = _alternate(NUMBERS), _alternate(_TENS)
    below = rf"(?:{tens})(?:[ -](?:{units}))?|{units}"
    spelled = (
        rf"(?P<spelled>{_alternate(_PARTS)}|(?:(?:{units}) hundred(?: and)?(?: (?:{below}))?)|{below})(?:{blank}|-)"
        r"(?P<scale3>hundred thousand|thousand|million|billion|trillion|crore|lakh)"
    )
    return re.compile(
        rf"(?<![\w.])(?P<symbol>(?-i:{_alternate(known.symbols)}|(?:{codes}|[Ee]uros?|EURO)(?={blank}|\d)))(?:{blank}|(?<=\.)|(?<=\w))?"
        rf"(?P<number1>{_INDIAN}|{_NUMBER}){scale.format(n=1)}(?:{blank}?(?P<after>(?-i:{codes}))(?!\w))?"
        rf"|(?<![\w.,])(?:(?P<number2>{_INDIAN}|{_NUMBER})(?:[.,][-–—](?!\d))?{scale.format(n=2)}|{spelled})"
        r"[\s\u00a0\u202f-]?"
        rf"(?:(?P<code>(?-i:{codes}|(?:{signs}|zł|Kč|TL)(?![\d])))(?!\w)|(?P<word>{words})s?\b)",
        re.IGNORECASE,
    )


# "$3 to $5 billion", "€4-5bn": what stands before the multiplier is no amount of its own.
_RANGE = re.compile(
    rf"\s?(?:-|–|—|to|and|or)\s?[^\W\d]{{0,3}}[$€£₹]?\s?\d+(?:[.,]\d+)?[\s-]?"
    rf"(?P<scale>{_alternate(scale for scale in _MULTIPLIERS if scale)})(?![a-z])",
    re.IGNORECASE,
)


# "fined Acme 10 million euros and Beta 5 million": the currency is said once for all that names share out.
_ELLIPSIS = re.compile(
    r"(?:,|,? and|;) (?:[A-Z][\w.&'’-]*\s){1,4}(?P<number>\d+(?:[.,]\d+)?)"
    r"[\s\u00a0-]?(?P<scale>million|billion|m|bn)(?![a-zA-Z])"
    r"(?=[.,;:)]|$|\s(?:and|because|for|over|since|after|to|in|while|as|on)\b)"
)


@dataclass(frozen=True, slots=True)
class MoneyMention:
    """An amount of money and where it stands (half-open offsets).

    ``others`` are the further currencies that the words may mean: ``$60m`` of an Australian court may be AUD.
    """

    start: int
    end: int
    money: Money
    others: tuple[str, ...] = ()


def parse_number(text: str, scaled: bool) -> Decimal:
    """Read a number in English, Indian or continental writing.

    Parameters
    ----------
    text
        Digits with dots, commas, apostrophes or spaces between them.
    scaled
        Whether a multiplier follows: then a single separator is a decimal point, save a comma before three digits.
    """
    text = re.sub(r"['’\u00a0\u202f ]", "", text)
    separators = re.findall(r"[.,]", text)
    if len(separators) > 1:
        last = max(text.rfind("."), text.rfind(","))
        if len(set(separators)) == 1:  # 1,337,000 or 1.337.000
            return Decimal(re.sub(r"[.,]", "", text))
        return Decimal(re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :])
    if separators:
        whole, rest = re.split(r"[.,]", text)
        if len(rest) == 3 and (separators[0] == "," or not scaled) and whole.strip("0"):
            return Decimal(whole + rest)
        return Decimal(f"{whole}.{rest}")
    return Decimal(text)


def _read_words(text: str) -> Decimal:
    """Read a number in words: "twenty-five", "two hundred and ten", "half a"."""
    text = text.lower()
    if text in _PARTS:
        return Decimal(_PARTS[text])
    total = 0
    for word in re.split(r"[ -]", text):
        total = total * 100 if word == "hundred" else total + (NUMBERS | _TENS).get(word, 0)
    return Decimal(total)


def _read_currency(match: re.Match[str], number: str, scale: str) -> tuple[str, ...]:
    """Return the codes that a match may mean, the most usual first; empty where it is no money."""
    known = load_currencies()
    symbol, word = match["symbol"], match["word"]
    if match["after"] is not None:
        return (match["after"].upper(),)
    if symbol is not None:
        found = known.read(symbol)
        if symbol in _ORDINARY_SIGNS and not scale and not re.search(r"\d[.,\s]\d{3}", number):
            return ()
        return found
    if match["code"] is not None:
        return known.read(match["code"])
    if word.lower() in _ORDINARY and not (len(scale) > 1 or len(number) > 4):
        return ()
    if word.isupper() and word.lower() in {"rand", "real", "sterling"}:
        return ()
    return known.read(word)


def find_money(text: str) -> Iterator[MoneyMention]:
    """Yield the amounts of money in a text, in order.

    Parameters
    ----------
    text
        Any text; offsets count its code points.
    """
    for match in _compile_pattern().finditer(text):
        number = match["number1"] or match["number2"] or ""
        scale = (match["scale1"] or match["scale2"] or match["scale3"] or "").lower()
        currencies = _read_currency(match, number, scale)
        if not currencies:
            continue
        if not scale and (rest := _RANGE.match(text, match.end())):
            scale = rest["scale"].lower()
        count = parse_number(number, bool(scale)) if number else _read_words(match["spelled"])
        amount = count * _MULTIPLIERS[scale]
        if amount >= _LARGEST:
            continue
        yield MoneyMention(match.start(), match.end(), Money(amount.normalize() + 0, currencies[0]), currencies[1:])
        yield from _find_elliptic(text, match.end(), currencies)


def _find_elliptic(text: str, start: int, currencies: tuple[str, ...]) -> Iterator[MoneyMention]:
    """Yield the amounts that go on from one whose currency they leave unsaid."""
    while found := _ELLIPSIS.match(text, start):
        amount = parse_number(found["number"], scaled=True) * _MULTIPLIERS[found["scale"]]
        end = found.end("scale")
        yield MoneyMention(found.start("number"), end, Money(amount.normalize() + 0, currencies[0]), currencies[1:])
        start = end
