"""A small mutation fuzzer: seeds are cut, repeated, spliced and sprinkled with what parsers stumble over."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

TOKENS = (
    *("\0", "\x1b[31m", "\r", "\r\n", "\n\n", "\t", "\x85", "\u2028", "\ufeff", "\ufffd", "\u202e", "\u2066", "\u200b"),
    *(
        "\u0430",
        "\u0455",
        "\u212a",
        "ﬁ",
        "İ",
        "ß",
        "e\u0301\u0301",
        "👩‍👩‍👧",
        "\U000e0041",
        "\U0010ffff",
        "٣",
        "Ⅻ",
        "²",
    ),
    *("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", '"', '""', "'", "`", "\\", "\\u0000", "\\ud800", "%00", "%s", "{0}"),
    *("../" * 5, "/etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/", "con", "~", "$HOME", "$(id)", "; id"),
    *("<script>alert(1)</script>", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", "&#0;", "&#xD800;", "&a;", "<?xml ?>"),
    *(
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        "<a href=",
        "</",
        "<div>" * 300,
        "<meta charset=utf-7>",
    ),
    *("} UNION { ?s ?p ?o", "> <", "} #", "SERVICE <http://127.0.0.1:1/>", "?x", "DROP ALL", "' OR 1=1 --", "\\'"),
    *("{", "}", "[", "]", "(", ")", ":", ",", ";", "|", "---\n", "...", "*a", "&a", "!!python/object:os.system", "- "),
    *("0", "-0", "1e999", "1E-999999999", "9" * 400, "0.1", "1,00,000", "nan", "NaN", "Infinity", "null", "true", "[]"),
    *("0000-00-00", "9999-12-31", "31 February 2024", "2024-13", "10000 BC", "in 99999999 years", "last Monday"),
    *("$", "€", "EUR", "billion", "million million", "a hundred and", "thousand", "%", "bn", "¥", "Rs.", "1/2", "½"),
)
"""What is put into seeds; a few of each kind of trouble."""


def mutate(seeds: Sequence[bytes], number: int, *, name: str, most: int = 20_000) -> Iterator[bytes]:
    """Make so many inputs of seeds: the seeds themselves, then changes of them; the same ones each time."""
    chance = random.Random(f"kg {name}")
    yield from seeds[:number]
    for _ in range(number - len(seeds)):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 1, 2, 3, 8))):
            _change(data, seeds, chance)
        yield bytes(data[:most])


def mutate_text(seeds: Sequence[str], number: int, *, name: str) -> Iterator[str]:
    """Make so many texts of seeds; what is no UTF-8 becomes lone surrogates, as in the names of files."""
    for data in mutate([seed.encode("utf-8", "surrogatepass") for seed in seeds], number, name=name):
        yield data.decode("utf-8", "surrogateescape")


def _change(data: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    end = min(len(data), start + chance.choice((1, 2, 4, 16, 64, 256)))
    match chance.randrange(8):
        case 0 | 1 | 2:
            data[start:start] = chance.choice(TOKENS).encode("utf-8", "surrogatepass")
        case 3:
            data[start:end] = chance.choice(TOKENS).encode("utf-8", "surrogatepass")
        case 4:
            del data[start:end]
        case 5:
            data[start:start] = bytes(data[start:end]) * chance.choice((1, 2, 50))
        case 6:
            for position in range(start, end):
                if not chance.randrange(4):
                    data[position] = chance.randrange(256)
        case _:
            other = chance.choice(seeds)
            cut = chance.randrange(len(other) + 1)
            data[start:] = other[cut:]
