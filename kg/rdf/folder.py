"""A store in a folder: whole versions side by side, and a file that names the one that counts.

``STORE/CURRENT`` names a folder of ``STORE/versions``; that has Oxigraph's files, ``manifest.json``, and ``lock``, on
which each reader holds a shared lock while it reads. A version is never changed, so reading it beside a writer is safe;
a version in use is not deleted.
"""

from __future__ import annotations

import fcntl
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.graph_content import Content
from kg.rdf.namespaces import DATA_BASE
from kg.rdf.store import LocalStore

CURRENT = "CURRENT"
VERSIONS = "versions"
OXIGRAPH = "oxigraph"
MANIFEST = "manifest.json"
LOCK = "lock"
FORMAT = 2

_TRIES = 20
_VERSION = re.compile(r"[0-9a-f]{1,64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version of a store holds.

    ``version`` is the digest of its content; ``details`` are the builder's own, such as its settings.
    """

    version: str
    base: str
    content: Content
    details: dict[str, Any]

    @property
    def quads(self) -> int:
        """How many quads there are."""
        return self.content.quads

    @property
    def graphs(self) -> int:
        """How many graphs there are."""
        return self.content.graphs


def read_current(folder: Path) -> str | None:
    """Read which version of a store counts, or None where the folder has no store yet."""
    try:
        version = (folder / CURRENT).read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"store {folder}: {CURRENT} can't be read: {error}") from error
    # A store may come from anybody: what it names must not lead out of it.
    if version and not _VERSION.fullmatch(version):
        raise StoreError(f"store {folder}: {CURRENT} names no version: {version[:80]!r}")
    return version or None


def read_manifest(folder: Path, version: str | None = None) -> Manifest:
    """Read the manifest of a version, or of the current one.

    Raises
    ------
    StoreError
        If there is no such version, or its manifest is damaged or of another format.
    """
    version = version or read_current(folder)
    if version is None:
        raise StoreError(f"{folder} is no store: it has no file {CURRENT}; build one there first")
    path = folder / VERSIONS / version / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"store {folder}: {path.relative_to(folder)} can't be read: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise StoreError(f"store {folder}: want format {FORMAT}; build it again with kg build --fresh")
    try:
        measured = Content(int(content["total"], 16), content["quads"], content["graphs"])
        manifest = Manifest(version, content["base"], measured, content["details"])
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError(
            f"store {folder}: {path.relative_to(folder)} lacks a part, or has a bad one: {error}"
        ) from error
    return manifest


def open_folder(folder: Path, *, base: str | None = None) -> LocalStore:
    """Open the current version of a store for reading, beside a writer too.

    Parameters
    ----------
    folder
        The store's folder.
    base
        The data base IRI; None takes that of the manifest.

    Raises
    ------
    StoreError
        If there is no store, or it is damaged.
    """
    for _ in range(_TRIES):
        version = read_current(folder)
        if version is None:
            raise StoreError(f"{folder} is no store: it has no file {CURRENT}; build one there first")
        home = folder / VERSIONS / version
        lock = _lock_for_reading(home / LOCK)
        # A writer may have replaced and deleted the version between our reading of CURRENT and our lock on it.
        if lock is None and read_current(folder) != version:
            continue
        try:
            manifest = read_manifest(folder, version)
            oxigraph = ox.Store.read_only(str(home / OXIGRAPH))
        except (StoreError, OSError, ValueError) as error:
            if lock is not None:
                lock.close()
            if read_current(folder) != version:
                continue
            raise StoreError(f"store {folder}: version {version[:12]} is damaged: {error}") from error
        return LocalStore(oxigraph, base=base or manifest.base or DATA_BASE, on_close=lock)
    raise StoreError(f"store {folder}: it is replaced faster than it can be opened")


def _lock_for_reading(path: Path) -> IO[bytes] | None:
    try:
        file = path.open("rb")
    except OSError:
        return None
    fcntl.flock(file, fcntl.LOCK_SH)
    return file
