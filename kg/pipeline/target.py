"""Where a graph goes: a folder, or a SPARQL endpoint; either takes a change whole or stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from pyoxigraph import Quad

from kg.errors import StoreError
from kg.pipeline.check import check_part, check_whole
from kg.pipeline.endpoint_target import EndpointTarget
from kg.pipeline.former import Former
from kg.pipeline.ledger import FILE_NAME, Ledger
from kg.pipeline.update import GraphUpdate
from kg.rdf import LocalStore, Manifest, StoreWriter, open_folder, read_manifest
from kg.rdf.folder import read_current
from kg.rdf.graph_content import Content

_FORMER = ".former"
_MOST_AT_ONCE = 200  # documents that are put into a store one by one; more are loaded in bulk


class Target(Protocol):
    """Holds a graph, and takes a change of it.

    Attributes
    ----------
    folder
        Where temporary files lie; None is the system's folder for them.
    former
        What it holds; None where that is nothing, or is to be forgotten.
    details
        What was noted when it was last written: settings of the build.
    kept
        The quads that the change is to go into and their content, after `keep`; None where it begins afresh.
    """

    folder: Path | None
    former: Former | None
    details: Mapping[str, Any]
    kept: tuple[LocalStore, Content] | None

    @property
    def ledger(self) -> Ledger:
        """The ledger that a change is to follow: after `keep` that of what it holds, and otherwise an empty one."""

    def keep(self) -> bool:
        """Let a change go into what it holds, or tell that it must begin afresh."""

    def write(self, update: GraphUpdate, details: Mapping[str, Any], tell: Callable[[int], None]) -> None:
        """Take a settled change; ``tell`` hears how many documents are written."""


@contextmanager
def open_target(url: str | Path, *, fresh: bool = False, erase: bool = False) -> Iterator[Target]:
    """Open the folder or the endpoint of that address for one change.

    Parameters
    ----------
    url
        A folder, or the http(s) address of a SPARQL endpoint.
    fresh
        Forget what it holds.
    erase
        Leave no byte of what goes out in the files of a folder, which then are all written anew.

    Raises
    ------
    StoreError
        If it is neither, or the folder is being written or holds something else.
    """
    text = str(url)
    if text.startswith(("http://", "https://")):
        yield EndpointTarget(text, fresh=fresh)
    elif "://" in text or text == "memory:":
        raise StoreError(f"store {text!r}: want a folder or an http(s) address")
    else:
        with StoreWriter(Path(text)) as writer:
            target = FolderTarget(writer, fresh=fresh, erase=erase)
            try:
                yield target
            finally:
                target.close()


class FolderTarget:
    """A store in a folder; see `Target`."""

    def __init__(self, writer: StoreWriter, *, fresh: bool, erase: bool) -> None:
        self.folder: Path | None = writer.folder
        self.former: Former | None = None
        self.details: Mapping[str, Any] = {}
        self.kept: tuple[LocalStore, Content] | None = None
        self._writer = writer
        self._path = writer.home / FILE_NAME
        self._erase = erase
        self._ledger: Ledger | None = None
        self._former_ledger: Ledger | None = None
        self._manifest: Manifest | None = None
        if not fresh and read_current(writer.folder) is not None:
            self._manifest = read_manifest(writer.folder)
            self.details = self._manifest.details
            writer.copy_files()
            self._former_ledger = Ledger(self._path) if self._path.exists() else None
            self.former = Former(open_folder(writer.folder), self._former_ledger)

    @property
    def ledger(self) -> Ledger:
        """The ledger that the change is to follow."""
        if self._ledger is None:
            if self._path.exists():
                # What was read is still to be asked while the new ledger is written.
                self._path.rename(self._path.with_suffix(_FORMER))
            self._ledger = Ledger(self._path)
        return self._ledger

    def keep(self) -> bool:
        """Let a change go into what the folder holds."""
        if self.former is None or self._former_ledger is None or self._manifest is None:
            return False
        self._ledger = self._former_ledger
        self.kept = self.former.store, self._manifest.content
        return True

    def write(self, update: GraphUpdate, details: Mapping[str, Any], tell: Callable[[int], None]) -> None:
        """Write the next version of the folder."""
        if self.kept is None:
            self._writer.load(chain(update.list_quads(), _count(update, tell)))
            check_whole(self._writer.store)
        elif self._erase:
            self._writer.load(chain(update.list_remaining(), update.list_quads(), _count(update, tell)))
        else:
            self._writer.copy_quads()
            self._change(update, tell)
        if self.kept is not None:
            check_part(update.list_changed(), self._writer.store)
        content = update.tally.measure()
        self.close(erase=self._erase)
        self._writer.publish(details, content=content)

    def close(self, *, erase: bool = False) -> None:
        """Let go of the ledgers and of the former version."""
        for ledger in {id(each): each for each in (self._ledger, self._former_ledger) if each}.values():
            ledger.close(compact=erase)
        self._ledger = self._former_ledger = None
        if self.former is not None:
            self.former.store.close()
            self.former = None
        self._path.with_suffix(_FORMER).unlink(missing_ok=True)

    def _change(self, update: GraphUpdate, tell: Callable[[int], None]) -> None:
        store = self._writer.store
        if len(update.added) > _MOST_AT_ONCE:
            store.change(update.wiped.values(), update.list_deleted(), ())
            store.load(chain(update.list_quads(), _count(update, tell)))
        else:
            store.change(update.wiped.values(), update.list_deleted(), chain(update.list_quads(), _count(update, tell)))


def _count(update: GraphUpdate, tell: Callable[[int], None]) -> Iterator[Quad]:
    for number, quads in enumerate(update.list_documents()):
        tell(number)
        yield from quads
    tell(len(update.added))
