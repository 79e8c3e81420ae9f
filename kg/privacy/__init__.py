"""Persons who are left out: those who asked to be forgotten and, if a store wants it so, those who are private."""

from kg.privacy.forgotten import FILE_NAME, Forgotten, append_forgotten, make_forgotten, read_forgotten
from kg.privacy.masks import MASK, digest_name, mask_names
from kg.privacy.withhold import PERSONS, Withheld

__all__ = [
    "FILE_NAME",
    "MASK",
    "PERSONS",
    "Forgotten",
    "Withheld",
    "append_forgotten",
    "digest_name",
    "make_forgotten",
    "mask_names",
    "read_forgotten",
]
