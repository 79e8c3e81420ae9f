"""Ordered lists and records in one literal, for the little that triples alone would lose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.errors import StoreError
from kg.rdf.iris import quote_id, unquote_id


def encode_record(name: str, fields: Iterable[str]) -> str:
    """Write a name and fields, percent-quoted and set apart by spaces; see `decode_record`."""
    return " ".join((name, *(quote_id(field) for field in fields)))


def decode_record(text: str) -> tuple[str, tuple[str, ...]]:
    """Undo `encode_record`."""
    name, *fields = text.split(" ")
    return name, tuple(unquote_id(field) for field in fields)


def restore_order(name: str, natural: Sequence[str], records: Iterable[str]) -> tuple[str, ...]:
    """Put a list read from triples into the order it was written in.

    Parameters
    ----------
    name
        The list's name in the records.
    natural
        The members in their natural order, which holds where no record says otherwise.
    records
        What ``plr:order`` says of the subject.

    Raises
    ------
    StoreError
        If a record names other members than the triples.
    """
    for record in records:
        written, members = decode_record(record)
        if written == name:
            if set(members) != set(natural):
                raise StoreError(f"order {record!r}: want the members {' '.join(natural)!r}")
            return members
    return tuple(natural)
