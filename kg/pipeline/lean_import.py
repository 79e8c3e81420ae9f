"""Import spaCy without its command line, which nothing here uses: with it come an HTTP client, templates and more."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


class _Absent(ModuleType):
    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


@contextmanager
def leave_out_command_line() -> Iterator[None]:
    """Let ``import spacy`` pass over its command line; who wants that later can import it as ever.

    spaCy imports one function from there, ``spacy.info``, for its own users: a third of what its import costs.
    """
    if "spacy" in sys.modules:
        yield
        return
    absent = {name: _Absent(name) for name in _COMMAND_LINE if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name, module in absent.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
