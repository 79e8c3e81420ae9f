"""Write a new version of a folder store beside the old one, and put it in its place in one step.

At every moment ``CURRENT`` names a whole version. What a killed writer leaves behind (a half-built version, one that
never became current, one half deleted) is cleaned up by the next. A version may begin as a copy of the current one,
which costs next to nothing: Oxigraph's large files never change once written, so the copy shares them by hard links.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pyoxigraph as ox
from pyoxigraph import Quad

from kg.errors import StoreError, describe_os_error
from kg.model.judgement import FILE_NAME as JUDGEMENTS
from kg.rdf.folder import CURRENT, FORMAT, LOCK, MANIFEST, OXIGRAPH, VERSIONS, Manifest, read_current
from kg.rdf.graph_content import Content, measure_content
from kg.rdf.namespaces import DATA_BASE, check_base
from kg.rdf.store import LocalStore

# What may lie in the folder before its first version: decisions of people, kg.judge's and kg.privacy's.
_BESIDE = (LOCK, JUDGEMENTS, "forgotten.jsonl")
_BUILDING = ".building-"
_DELETING = ".deleting-"


class StoreWriter:
    """Build a new version of the store in a folder; a context, which lets go of all it did unless it was published.

    Parameters
    ----------
    folder
        The store's folder, which is made if it is missing.
    base
        The data base IRI of what is written.

    Raises
    ------
    StoreError
        On entry, if another process writes the store, or the folder holds something else.

    Examples
    --------
    >>> with StoreWriter(Path("build/demo")) as writer:  # doctest: +SKIP
    ...     writer.load(Path("build/demo.nq"))
    ...     manifest = writer.publish()
    """

    def __init__(self, folder: Path, *, base: str = DATA_BASE) -> None:
        self.folder = folder
        self.base = check_base(base)
        self._versions = folder / VERSIONS
        self._building: Path | None = None
        self._lock: IO[bytes] | None = None
        self._store: LocalStore | None = None
        self._copied = False

    def __enter__(self) -> StoreWriter:
        """Take the lock, clean up after killed writers, and begin a version."""
        self._make_folder()
        self._lock = _lock_for_writing(self.folder)
        try:
            self._clean()
            # Not by tempfile, which hides what it makes from other users: who may read the store's folder reads it all.
            building = self._versions / f"{_BUILDING}{os.getpid()}"
            building.mkdir()
            self._building = building
        except OSError as error:
            self._leave()
            raise StoreError(f"store {self.folder}: {describe_os_error(error)}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let go of the lock, and of what was not published."""
        self._leave()

    @property
    def home(self) -> Path:
        """The folder of the version that is being built, where other files that belong to it may lie."""
        if self._building is None:
            raise StoreError(f"store {self.folder}: nothing is being written")
        return self._building

    @property
    def store(self) -> LocalStore:
        """The version that is being built, to check it before it is published."""
        if self._store is None:
            try:
                self._store = LocalStore(ox.Store(str(self.home / OXIGRAPH)), base=self.base)
            except OSError as error:
                raise StoreError(f"store {self.folder}: {describe_os_error(error)}") from error
        return self._store

    def copy_quads(self) -> None:
        """Begin with the quads of the current version.

        Raises
        ------
        StoreError
            If there is no current version, or it is damaged.
        """
        source = self._find_current()
        try:
            # Of a store that is open for reading alone this copies the small files and links the large ones.
            ox.Store.read_only(str(source / OXIGRAPH)).backup(str(self.home / OXIGRAPH))
        except (OSError, ValueError) as error:
            raise StoreError(f"store {self.folder}: version {source.name[:12]} can't be copied: {error}") from error
        self._copied = True

    def copy_files(self) -> None:
        """Copy what else lies in the folder of the current version, but for its manifest.

        Raises
        ------
        StoreError
            If there is no current version, or it is damaged.
        """
        source = self._find_current()
        try:
            for path in sorted(source.iterdir()):
                if path.is_file() and path.name not in (MANIFEST, LOCK):
                    shutil.copyfile(path, self.home / path.name)
        except OSError as error:
            raise StoreError(f"store {self.folder}: version {source.name[:12]} can't be copied: {error}") from error

    def load(self, source: Path | Iterable[Quad]) -> None:
        """Load an N-Quads file, or quads, in bulk.

        Raises
        ------
        StoreError
            If the file does not parse.
        """
        self.store.load(source)

    def publish(self, details: Mapping[str, Any] | None = None, *, content: Content | None = None) -> Manifest:
        """Make what was loaded the current version, named by its content, and delete the others.

        Parameters
        ----------
        details
            What else the manifest is to keep: JSON, and nothing that changes from build to build.
        content
            What the version holds, where that is known; it is measured if None.
        """
        store, building = self.store, self.home
        content = content or measure_content(store)
        if not self._copied:
            # Each part that was loaded at once left a file of its own, in all of which a question would have to look; a
            # copy shares the large files with the version before, which are in order, and adds little.
            store.oxigraph.optimize()
        store.oxigraph.flush()
        store.close()
        self._store = None
        for path in building.iterdir():
            if path.is_file():
                _sync(path)
        manifest = Manifest(content.digest, self.base, content, dict(details or {}))
        _write_manifest(building, manifest)
        (building / LOCK).touch()
        home = self._versions / manifest.version
        if home.exists():
            # A reader may still hold an old version of the very same content: keep its quads, and take the rest.
            for path in sorted(building.iterdir()):
                if path.is_file() and path.name != LOCK:
                    os.replace(path, home / path.name)
        else:
            os.replace(building, home)
            self._building = None
        _sync(self._versions)
        _write_atomically(self.folder / CURRENT, f"{manifest.version}\n".encode("ascii"))
        self._clean()
        return manifest

    def _find_current(self) -> Path:
        current = read_current(self.folder)
        if current is None:
            raise StoreError(f"{self.folder} is no store: it has no file {CURRENT}; build one there first")
        return self._versions / current

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if read_current(self.folder) is None and not self._versions.exists():
                # Of two who both begin here one may see what the other has just made: that is nothing foreign.
                foreign = sorted(path.name for path in self.folder.iterdir() if not _is_of_store(path.name))
                if foreign:
                    raise StoreError(f"{self.folder} is no store but holds {foreign[0]!r}: want a new or empty folder")
            self._versions.mkdir(exist_ok=True)
        except FileExistsError as error:
            raise StoreError(f"store {self.folder}: this is a file, want a new or empty folder") from error
        except OSError as error:
            raise StoreError(f"store {self.folder}: {describe_os_error(error, known=str(self.folder))}") from error

    def _leave(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
        if self._building is not None:
            shutil.rmtree(self._building, ignore_errors=True)
            self._building = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _clean(self) -> None:
        """Delete all but the current version and those that somebody reads."""
        for path in self.folder.glob(f".{CURRENT}-*"):
            path.unlink()
        current = read_current(self.folder)
        for path in sorted(self._versions.iterdir()):
            if path.name == current or path == self._building:
                continue
            if not path.name.startswith((_BUILDING, _DELETING)):
                doomed = _doom(path)
                if doomed is None:
                    continue
                path = doomed
            shutil.rmtree(path, ignore_errors=True)


def _is_of_store(name: str) -> bool:
    return name in (*_BESIDE, VERSIONS, CURRENT) or name.startswith(f".{CURRENT}-")


def _doom(version: Path) -> Path | None:
    """Move a version that nobody reads out of the way, so that a kill leaves no half of one under its name."""
    try:
        with (version / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            doomed = version.with_name(f"{_DELETING}{version.name}")
            os.replace(version, doomed)
            return doomed
    except FileNotFoundError:
        return version
    except BlockingIOError:
        return None


def _lock_for_writing(folder: Path) -> IO[bytes]:
    try:
        file = (folder / LOCK).open("a+b")
    except OSError as error:
        raise StoreError(f"store {folder}: {error.strerror or error}") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read(32).decode("ascii", "replace").strip() or "unknown"
        file.close()
        raise StoreError(f"store {folder}: process {holder} is writing it; wait until it is done") from None
    file.truncate(0)
    file.write(f"{os.getpid()}\n".encode("ascii"))
    file.flush()
    return file


def _write_manifest(folder: Path, manifest: Manifest) -> None:
    content = {
        "format": FORMAT,
        "version": manifest.version,
        "base": manifest.base,
        "total": f"{manifest.content.total:0128x}",
        "quads": manifest.content.quads,
        "graphs": manifest.content.graphs,
        "details": manifest.details,
    }
    _write_atomically(folder / MANIFEST, (json.dumps(content, indent=2, sort_keys=True) + "\n").encode("utf-8"))


def _write_atomically(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(name, 0o644)
    os.replace(name, path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
