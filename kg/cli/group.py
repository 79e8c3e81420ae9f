"""The command ``kg`` itself: which commands there are, and what they have in common."""

from __future__ import annotations

import importlib
from typing import Any

import click

from kg import __version__
from kg.cli.command import ExampleCommand

COMMANDS = (
    "build",
    "import",
    "remove",
    "forget",
    "watch",
    "extract",
    "query",
    "view",
    "serve",
    "analyze",
    "report",
    "diff",
    "alert",
    "review",
    "export",
    "validate",
    "evaluate",
    "stats",
)
"""Each is a module of this folder with a click command named ``command``, in the order of a first acquaintance."""


class ReaderGone(Exception):
    """Whoever read standard output has seen enough."""


class Interrupted(Exception):
    """The user pressed Ctrl-C."""


class LazyGroup(ExampleCommand, click.Group):
    """A group that imports a command when it is asked for, so that one costs nothing to the others."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Name the commands, in the order in which they are met."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Import the command of that name."""
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"kg.cli.{name}").command
        return command

    def invoke(self, context: click.Context) -> Any:
        """Run the command; click itself would end a broken pipe with 1, and Ctrl-C with an empty line."""
        try:
            return super().invoke(context)
        except BrokenPipeError:
            raise ReaderGone from None
        except KeyboardInterrupt:
            raise Interrupted from None

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the arguments name, or say which there are."""
        if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
            context.fail(f"no command {arguments[0]!r}: there are {', '.join(COMMANDS)}")
        return super().resolve_command(context, arguments)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    examples=(
        ("kg build articles/ -o store", "read a folder of articles"),
        ("kg view store", "make store/graph.html, to open in a browser"),
        ("kg query store", "list the questions that it can answer"),
    ),
)
@click.version_option(__version__, message="kg %(version)s")
def cli() -> None:
    """Read articles, and see who acted against whom in the regulation of platforms, each edge with its proof."""
