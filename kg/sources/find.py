"""Find the files that paths, folders and globs mean, in one order whatever the order of the arguments."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from kg.model import Refusal
from kg.sources.formats import STDIN, show_path


def find_sources(paths: Iterable[str]) -> Iterator[str | Refusal]:
    """Yield the path of every file once, sorted, and a refusal for every argument or folder that leads nowhere.

    Folders are read with what lies below them, but for names that start with a dot; a link that leads back to a folder
    above it is refused. A file that is reached by two paths is read by the first of them. ``-`` comes last.
    """
    found: list[tuple[str, str | None]] = []
    walker = _Walker()
    given = sorted(set(os.fspath(path) for path in paths))
    for path in given:
        if path != STDIN:
            found.extend(_expand(path, walker))
    seen: set[str] = set()
    for path, reason in sorted(found, key=lambda item: (item[0], item[1] or "")):
        if reason is not None:
            yield Refusal(show_path(path), reason)
            continue
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield path
    if STDIN in given:
        yield STDIN


def _expand(path: str, walker: _Walker) -> Iterator[tuple[str, str | None]]:
    try:
        if os.path.isdir(path):
            yield from walker.walk(path)
        elif os.path.lexists(path):
            yield path, None
        elif glob.has_magic(path):
            yield from _expand_glob(path, walker)
        else:
            yield path, "no such file or folder"
    except ValueError:  # A NUL in the name.
        yield path, "this is no name of a file"


def _expand_glob(pattern: str, walker: _Walker) -> Iterator[tuple[str, str | None]]:
    head, stars, tail = pattern.partition("**")
    if not stars:
        matches = sorted(glob.glob(pattern))
        for match in matches:
            yield from _expand(match, walker)
    else:  # glob would run in circles through links; the walker does not.
        tail = tail.lstrip("/") or "*"
        folders = sorted(glob.glob(head)) if head else ["."]
        matches = [
            path
            for folder in folders
            for path, reason in _Walker().walk(folder)
            if reason is None and PurePath(path).match(tail)
        ]
        yield from ((match, None) for match in matches)
    if not matches:
        yield pattern, "no file matches"


class _Walker:
    """Walk folders, each once, however many links lead to it."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()

    def walk(self, folder: str) -> Iterator[tuple[str, str | None]]:
        pending: list[tuple[str, frozenset[tuple[int, int]]]] = [(folder, frozenset())]
        while pending:
            current, above = pending.pop()
            try:
                status = os.stat(current)
                key = (status.st_dev, status.st_ino)
                if key in above:
                    yield current, "this link leads back to a folder above it"
                    continue
                if key in self._seen:
                    continue
                self._seen.add(key)
                with os.scandir(current) as entries:
                    names = sorted((entry.name, entry.is_dir()) for entry in entries)
            except OSError as error:
                yield current, f"can't read this folder: {error.strerror}"
                continue
            for name, is_folder in names:
                if name.startswith("."):
                    continue
                path = os.path.join(current, name)
                if is_folder:
                    pending.append((path, above | {key}))
                else:
                    yield path, None
