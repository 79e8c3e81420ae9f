"""Numbers in words."""

from __future__ import annotations

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
"""What the words below twenty count, the indefinite articles among them."""


def read_count(word: str) -> int:
    """Read a number below twenty in words, or any in digits; 0 if the word is neither."""
    return int(word) if word.isdecimal() else NUMBERS.get(word.lower(), 0)
