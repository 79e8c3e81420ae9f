"""Whom a store leaves out: by the file of those who are to be forgotten, and by the setting that it was built with."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.kb import KnowledgeBase
from kg.privacy import FILE_NAME, PERSONS, Forgotten, Withheld, read_forgotten
from kg.rdf import read_manifest


def load_withheld(store_url: str | Path, persons: str | None, kb: KnowledgeBase, *, fresh: bool = False) -> Withheld:
    """Load whom a store is to leave out; an endpoint keeps no such file and no setting.

    Parameters
    ----------
    store_url
        The folder of a store, or the address of an endpoint.
    persons
        Of `kg.privacy.PERSONS`; None goes on with what the store was built with, and otherwise with all.
    kb
        The knowledge base.
    fresh
        Whether all sources are read anew, so that what was left out can come back.

    Raises
    ------
    KgError
        If the file is damaged, or what was left out would have to come back from nowhere.
    """
    if "://" in str(store_url):
        return Withheld(Forgotten(), persons or PERSONS[0], kb)
    folder, before = Path(store_url), PERSONS[0]
    with suppress(StoreError):  # No store yet; or a damaged one, of which others tell.
        before = read_manifest(folder).details.get("persons", PERSONS[0])
    withheld = Withheld(read_forgotten(folder / FILE_NAME), persons or before, kb)
    if before != PERSONS[0] and withheld.persons == PERSONS[0] and not fresh:
        raise StoreError(f"store {folder}: it left out private persons, who are in no file of it; add --fresh")
    return withheld


def find_withheld(details: Mapping[str, Any], withheld: Withheld) -> str:
    """Find the digest of whom a store left out, in what was noted when it was built; an endpoint notes nothing."""
    return str(details.get("withheld", "")) if details else withheld.digest


def describe_withheld(withheld: Withheld) -> dict[str, Any]:
    """Describe whom a store leaves out, for its manifest; nothing where it leaves out nobody."""
    return {"persons": withheld.persons, "withheld": withheld.digest} if withheld.digest else {}
