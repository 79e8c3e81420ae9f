"""Run a command line: exit codes, and errors in one line."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress

import click

from kg.cli.group import Interrupted, ReaderGone, cli
from kg.cli.lines import clean_line
from kg.cli.output import STDOUT, named_in_errors
from kg.errors import KgError, describe_os_error

_FAILED, _MISUSED, _INTERRUPTED = 1, 2, 130


def run(arguments: Sequence[str]) -> int:
    """Run ``kg`` with these arguments, and return its exit code.

    0 is success, 1 an error that the one line on standard error names, 2 a wrong command line, 130 Ctrl-C.
    A reader that has seen enough (``kg … | head``) is no error.
    """
    try:
        code = cli.main(list(arguments) or ["--help"], prog_name="kg", standalone_mode=False)
        # What is still buffered may find its reader gone: better here than in the interpreter's last breath.
        if sys.stdout is not None:
            with named_in_errors(STDOUT):
                sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        return _complain(f"{error.format_message()} (see {_name_command(error)} --help)", _MISUSED)
    except click.ClickException as error:
        return _complain(error.format_message(), _FAILED)
    except (Interrupted, KeyboardInterrupt, click.Abort):
        return _complain("interrupted", _INTERRUPTED)
    except KgError as error:
        _flush_stdout()
        return _complain(str(error), _FAILED)
    except (ReaderGone, BrokenPipeError):
        _close_stdout()
        return 0
    except OSError as error:
        if os.environ.get("KG_TRACEBACK"):
            raise
        _flush_stdout()
        return _complain(_describe_os_error(error), _FAILED)
    except MemoryError:
        return _complain("out of memory", _FAILED)
    except Exception as error:
        if os.environ.get("KG_TRACEBACK"):
            raise
        message = f"{type(error).__name__}: {error}"
        return _complain(f"an error of kg itself, {message} (KG_TRACEBACK=1 shows where)", _FAILED)


def _complain(message: str, code: int) -> int:
    click.echo(f"kg: {clean_line(message)}", err=True)
    return code


def _name_command(error: click.UsageError) -> str:
    return error.ctx.command_path if error.ctx else "kg"


def _describe_os_error(error: OSError) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    # click writes nowhere but to standard output, and the system does not name it.
    if error.filename is None and frames and f"{os.sep}click{os.sep}" in frames[-1].filename:
        error.filename = STDOUT
    return describe_os_error(error)


def _flush_stdout() -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except (OSError, ValueError):
        _close_stdout()


def _close_stdout() -> None:
    # The interpreter flushes standard output once more as it ends: let it flush into nothing.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
