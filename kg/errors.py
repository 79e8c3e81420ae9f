"""The errors a user can meet; the command line shows each in one line."""

from __future__ import annotations

import errno
import os
import re
import traceback
from contextlib import suppress


class KgError(Exception):
    """Anything that the user can mend: the message names the offending value and what is allowed."""


class SourceError(KgError):
    """A source that can't be read as a document."""


class DataError(KgError):
    """A row of a data file that breaks its rules; the message starts with ``file:line``."""


class ModelError(KgError):
    """A spaCy pipeline that is missing or unfit."""


class StoreError(KgError):
    """A store that is missing, locked or damaged."""


class QueryError(KgError):
    """A query that does not exist, does not parse, or lacks a parameter."""


class EvidenceError(KgError):
    """A claim whose quote is not what the document says at its offsets."""


_OURS = f"{os.sep}kg{os.sep}"
# How Oxigraph's files (RocksDB) tell of an error: "IO error: No such file or directory: While open a file for
# appending: /store/x.sst: No such file or directory".
_ROCKSDB = re.compile(r"IO error: (?P<reason>.+?): [Ww]hile .+?: (?P<file>.+?)(?:: (?P=reason))?")
_FULL = "free some space; TMPDIR names the folder of temporary files"
_CAUSES = {
    errno.ENOENT: "is the name right, or was it deleted meanwhile?",
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: "ulimit -f bounds the size of a file",
    errno.EMFILE: "ulimit -n bounds how many files a process may open",
}


def describe_os_error(error: OSError, *, known: str | None = None) -> str:
    """Say in one line which file it was, what went wrong with it and, where that can be told, why.

    Where the system names no file, the line says which of kg's own files met the error. A file that the caller names
    himself is ``known``, and not named again.
    """
    reason = error.strerror or str(error) or type(error).__name__
    names = [os.fsdecode(name) for name in (error.filename, error.filename2) if isinstance(name, (str, bytes))]
    if not names and (match := _ROCKSDB.fullmatch(reason)):
        names, reason = [match["file"]], match["reason"]
    is_relative = not names or any(not os.path.isabs(name) for name in names)
    if isinstance(error, FileNotFoundError) and is_relative and not _has_current_folder():
        reason = "the folder in which kg was started is deleted; cd to another and try again"
        return f"{names[0]}: {reason}" if names and names != [known] else reason
    cause = next((cause for number, cause in _CAUSES.items() if _has_number(error, number)), None)
    hint = f" ({cause})" if cause else ""
    place = "" if known and names in ([], [known]) else f"{' -> '.join(names) or _find_place(error)}: "
    return f"{place}{reason}{hint}"


def _has_current_folder() -> bool:
    with suppress(OSError):
        return bool(os.getcwd())
    return False


def _has_number(error: OSError, number: int) -> bool:
    # Errors that do not come from Python itself carry a text only.
    return number == error.errno or (error.errno is None and os.strerror(number) in str(error))


def _find_place(error: OSError) -> str:
    frames = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    places = [name[name.rindex(_OURS) + 1 :] for name in frames if _OURS in name]
    return f"in {places[-1]}" if places else "a file that the system does not name"
