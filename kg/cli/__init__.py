"""The command line: a command a file, each a short call of the library."""

from kg.cli.run import run

__all__ = ["run"]
