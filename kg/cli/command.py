"""Commands and groups whose help ends with examples."""

from __future__ import annotations

from typing import Any

import click


class ExampleCommand(click.Command):
    """A command that shows examples below its options.

    Parameters
    ----------
    examples
        Command lines, each with what it does.
    """

    def __init__(self, *arguments: Any, examples: tuple[tuple[str, str], ...] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.examples = examples

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, as they would be typed."""
        with formatter.section("Examples"):
            for line, meaning in self.examples:
                formatter.write_text(f"# {meaning}")
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
