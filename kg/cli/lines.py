"""Lines that are safe to show on a terminal."""

from __future__ import annotations


def clean_line(text: str) -> str:
    """Make one printable line of a text that comes from anywhere: a terminal obeys escape sequences."""
    line = " ".join(text.split())
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line)
