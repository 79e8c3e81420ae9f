"""Ask somebody on a terminal, a key an answer; or read the answers line by line where there is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

import click

from kg.cli.lines import clean_line
from kg.errors import KgError


class Stopped(Exception):
    """There are no more answers."""


def ask_key(question: str, keys: Mapping[str, str]) -> str:
    """Ask until the answer is one of the keys.

    Parameters
    ----------
    question
        What is asked.
    keys
        What each key means; they are shown with the question.

    Raises
    ------
    Stopped
        If standard input is at its end.
    """
    shown = "  ".join(f"{click.style(key, bold=True)} {meaning}" for key, meaning in keys.items())
    while True:
        click.echo(f"{question}  {shown} > ", nl=False)
        answer = _read_key()
        if answer[:1] in keys and (len(answer) == 1 or keys[answer[:1]].startswith(answer)):
            return answer[:1]
        click.echo(f"{clean_line(answer)!r}: want one of {', '.join(keys)}")


def ask_value(name: str, former: str, check: Callable[[str], object]) -> str | None:
    """Ask for a value until it is a good one; None keeps the former.

    Parameters
    ----------
    name
        What it is the value of.
    former
        What it is now.
    check
        Raises `KgError` where a value is none.

    Raises
    ------
    Stopped
        If standard input is at its end.
    """
    while True:
        click.echo(f"  {name} [{clean_line(former)}] > ", nl=False)
        answer = _read_line().strip()
        if not answer or answer == former:
            return None
        try:
            check(answer)
        except KgError as error:
            click.echo(f"  {clean_line(str(error))}")
            continue
        return answer


def _read_key() -> str:
    if not sys.stdin.isatty():
        return _read_line().strip().lower()
    key = click.getchar().lower()
    click.echo(clean_line(key))
    if key in ("\x04", "\x1a"):
        raise Stopped
    return key


def _read_line() -> str:
    line = sys.stdin.readline()
    if not line:
        click.echo()
        raise Stopped
    if not sys.stdin.isatty():
        # What was piped in is not on the screen: without it the next line would stand beside the question.
        click.echo(clean_line(line))
    return line
