"""Tell names from dates, numbers and sums."""

from __future__ import annotations

from spacy.tokens import Token


def counts_others(token: Token) -> bool:
    """Tell whether a number counts what follows it ("arrested dozens of protesters"), and is no amount by itself."""
    return token.pos_ == "NOUN" and any(child.lower_ == "of" for child in token.children)


def is_named(token: Token) -> bool:
    """Tell whether a word may be a name: no date, no amount."""
    return token.ent_type_ not in {"DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "ORDINAL", "QUANTITY"}


def is_money(token: Token) -> bool:
    """Tell whether a word is an amount or stands with one."""
    return token.pos_ in {"NUM", "SYM"} or any(
        child.pos_ == "SYM" or child.ent_type_ == "MONEY" for child in token.children
    )
