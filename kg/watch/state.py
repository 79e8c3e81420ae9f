"""What a watch remembers from one look to the next, in a file that is whole at every moment."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kg.errors import KgError, StoreError, describe_os_error
from kg.model.ids import make_digest

FILE_NAME = "state.json"
_FORMAT = 1
_MAX_SEEN = 100_000


@dataclass(slots=True)
class FeedState:
    """What is known of a feed: by which marks its server tells whether it has changed, and whether it is gone."""

    etag: str | None = None
    modified: str | None = None
    is_gone: bool = False


@dataclass(slots=True)
class PendingPage:
    """A page that a feed points to and that is not fetched yet; ``tries`` counts how often it was tried in vain."""

    feed: str
    published: str | None = None
    tries: int = 0


@dataclass(slots=True)
class WatchState:
    """What a watch remembers.

    ``seen`` are digests of addresses of pages that are done with, the oldest first. ``waits`` are hosts that asked to
    be left alone until a time. ``archives`` counts the archives that were written, ``built`` those that the store
    has. ``folders`` is the digest of what lay in the folders when the store last took it in.
    """

    feeds: dict[str, FeedState] = field(default_factory=dict)
    pages: dict[str, PendingPage] = field(default_factory=dict)
    seen: dict[str, None] = field(default_factory=dict)
    waits: dict[str, float] = field(default_factory=dict)
    archives: int = 0
    built: int = 0
    folders: str = ""

    def has_seen(self, url: str) -> bool:
        """Tell whether a page is done with."""
        return make_digest(url) in self.seen

    def note_seen(self, url: str) -> None:
        """Note that a page is done with; of very many the oldest are forgotten."""
        self.seen[make_digest(url)] = None
        while len(self.seen) > _MAX_SEEN:
            del self.seen[next(iter(self.seen))]


def load_state(folder: Path) -> WatchState:
    """Load the state of a watch; an empty one where there is none.

    Raises
    ------
    StoreError
        If the file is damaged or of another format.
    """
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise ValueError(f"format {content['format']!r}, want {_FORMAT}")
        return WatchState(
            feeds={url: FeedState(**one) for url, one in content["feeds"].items()},
            pages={url: PendingPage(**one) for url, one in content["pages"].items()},
            seen=dict.fromkeys(content["seen"]),
            waits={host: float(until) for host, until in content["waits"].items()},
            archives=int(content["archives"]),
            built=int(content["built"]),
            folders=str(content["folders"]),
        )
    except FileNotFoundError:
        return WatchState()
    except OSError as error:
        raise StoreError(describe_os_error(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{path} is damaged ({error}): delete it to begin anew") from error


def save_state(state: WatchState, folder: Path) -> None:
    """Save the state of a watch, in one step."""
    content = {
        "format": _FORMAT,
        "feeds": {url: asdict(feed) for url, feed in sorted(state.feeds.items())},
        "pages": {url: asdict(page) for url, page in state.pages.items()},
        "seen": list(state.seen),
        "waits": dict(sorted(state.waits.items())),
        "archives": state.archives,
        "built": state.built,
        "folders": state.folders,
    }
    write_whole(folder / FILE_NAME, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a file that takes the place of the former one when all of it is on the disk.

    Raises
    ------
    KgError
        If it can't be written.
    """
    name = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException as error:
        with suppress(OSError):
            if name:
                os.unlink(name)
        if isinstance(error, OSError):
            raise KgError(f"{path} can't be written: {describe_os_error(error)}") from error
        raise
