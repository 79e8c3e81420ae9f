"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

import click


class ProgressBar:
    """Shows the phases of a build one after the other, each on a line; called as a pipeline calls its `Progress`."""

    def __init__(self) -> None:
        self._phase: str | None = None
        self._bar: Any = None

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        """Move on to ``done`` of ``total`` in the phase; a total of None is not known yet."""
        if phase != self._phase:
            self._end_line()
            self._phase = phase
            if total is not None:
                self._bar = click.progressbar(
                    length=total, label=phase.ljust(10), file=sys.stderr, show_pos=True, width=30
                )
                self._bar.render_progress()
        if self._bar is not None:
            self._bar.update(done - self._bar.pos)
        elif done % 10 == 0:
            click.echo(f"\r{phase.ljust(10)}  {done}", err=True, nl=False)

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end_line()

    def _end_line(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
        elif self._phase is not None:
            click.echo("", err=True)
        self._phase = self._bar = None


class NoProgress(ProgressBar):
    """Shows nothing."""

    def __call__(self, phase: str, done: int, total: int | None) -> None:
        """Show nothing."""


def make_progress(*, hidden: bool) -> ProgressBar:
    """Make the bar, or one that shows nothing: where it is unwanted, or standard error is a file or a pipe."""
    return NoProgress() if hidden or not sys.stderr.isatty() else ProgressBar()
