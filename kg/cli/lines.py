"""Lines that are safe to show on a terminal."""

from __future__ import annotations

import re

# The password of a SPARQL endpoint, in its address.
_LOGIN = re.compile(r"(?<=://)[^/\s@]*:[^/\s@]*(?=@)")


def clean_line(text: str) -> str:
    """Make one printable line of a text that comes from anywhere: a terminal obeys escape sequences.

    The login in an address is not shown.
    """
    line = _LOGIN.sub("…", " ".join(text.split()))
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in line)
