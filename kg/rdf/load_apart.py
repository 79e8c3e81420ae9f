"""Parse an RDF file in a process of its own, within bounds: what would crash or swell this one costs one line.

Oxigraph's parsers are native code: a JSON-LD file of 100 KB, or terms that nest by the ten thousand, can exhaust the
stack or all memory, and no exception comes of that.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from typing import IO, cast

import pyoxigraph as ox
from pyoxigraph import RdfFormat

from kg.errors import SourceError

_MOST_MEMORY = 4_000_000_000
_SECONDS, _BYTES_A_SECOND = 6, 1_000_000  # a slow machine reads ten times as much; a bomb is small
_TRIPLES = "ASK { ?s ?p ?o FILTER(isTRIPLE(?o)) }"
_NOT_RDF, _UNREADABLE = 3, 4
_TOO_LONG = getattr(signal, "SIGXCPU", -1)


def load_apart(stream: io.BufferedIOBase, form: RdfFormat, folder: str) -> None:
    """Load RDF into a new folder of Oxigraph's.

    Raises
    ------
    SourceError
        If it can't be read, is not the RDF that it should be, or takes more than it may.
    """
    command = [sys.executable, "-m", __name__, form.media_type, folder]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(command, stdin=subprocess.PIPE, stderr=errors, env=environment) as child,
    ):
        try:
            assert child.stdin is not None
            # A child that has seen enough, or has died, listens no more.
            with suppress(BrokenPipeError):
                shutil.copyfileobj(stream, child.stdin)
            with suppress(BrokenPipeError):
                child.stdin.close()
            code = child.wait()
        except BaseException:
            child.kill()
            raise
        errors.seek(0)
        said = " ".join(errors.read(10_000).decode("utf-8", "replace").split())[:300]
    if code:
        raise SourceError(_explain(code, form, said))


def _explain(code: int, form: RdfFormat, said: str) -> str:
    if code == _NOT_RDF:
        return f"not {form.name}: {said}"
    if code == -_TOO_LONG:
        return "it takes too long to read for its size"
    if code < 0:
        return "it wants more memory or nesting than it may"
    return f"can't be read: {said or f'exit code {code}'}"


def load_rdf(stream: IO[bytes], form: RdfFormat, store: ox.Store) -> None:
    """Load RDF into a store, here and now.

    Raises
    ------
    SyntaxError, ValueError, OverflowError
        If it is no RDF, or has triples for terms, which nothing here writes or reads.
    OSError, RuntimeError, MemoryError
        If it can't be read.
    """
    store.bulk_load(stream, format=form)
    if store.query(_TRIPLES, use_default_graph_as_union=True):
        raise ValueError("a triple stands in the place of a term")


class _Metered:
    """Gives bytes on, and lets this process have time in proportion to them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._size = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._size += len(data)
        _limit("RLIMIT_CPU", _SECONDS + self._size // _BYTES_A_SECOND)
        return data


def _limit(name: str, value: int) -> None:
    try:
        import resource
    except ImportError:  # there is none on Windows
        return
    _, most = resource.getrlimit(getattr(resource, name))
    with suppress(ValueError, OSError):
        resource.setrlimit(getattr(resource, name), (value, most))


def _main(media_type: str, folder: str) -> int:
    _limit("RLIMIT_DATA", _MOST_MEMORY)
    _limit("RLIMIT_CORE", 0)
    form = RdfFormat.from_media_type(media_type)
    assert form is not None
    try:
        load_rdf(cast("IO[bytes]", _Metered(sys.stdin.buffer)), form, ox.Store(folder))
    except (SyntaxError, ValueError, OverflowError) as error:
        print(error, file=sys.stderr)
        return _NOT_RDF
    except (OSError, RuntimeError, MemoryError) as error:  # a term of more than 16 MB is a MemoryError
        print(error, file=sys.stderr)
        return _UNREADABLE
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
