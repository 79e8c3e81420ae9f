"""The page ``docs/cli.md``: what ``--help`` says of each command (``python -m kg.cli.reference``)."""

from __future__ import annotations

import click

from kg.cli.group import COMMANDS, cli

_WIDTH = 100


def render_reference() -> str:
    """Render the help of ``kg`` and of each command as one Markdown page."""
    parts = ["# The command line", "This page is made from `--help` by `make docs`; a test holds the two together."]
    parts += ["## kg", _render_help(cli, "kg", None)]
    context = _make_context(cli, "kg", None)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        parts += [f"## kg {name}", _render_help(command, name, context)]
        if isinstance(command, click.Group):
            within = _make_context(command, name, context)
            for part, subcommand in command.commands.items():
                parts += [f"### kg {name} {part}", _render_help(subcommand, part, within)]
    return "\n\n".join(parts) + "\n"


def _make_context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    settings = {**cli.context_settings, "terminal_width": _WIDTH, "max_content_width": _WIDTH}
    return click.Context(command, info_name=name, parent=parent, **settings)


def _render_help(command: click.Command, name: str, parent: click.Context | None) -> str:
    lines = command.get_help(_make_context(command, name, parent)).splitlines()
    return "\n".join(["```", *(line.rstrip() for line in lines), "```"])


if __name__ == "__main__":
    click.echo(render_reference(), nl=False)
