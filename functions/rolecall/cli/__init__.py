"""The command line: `rolecall`, the same rules and use cases at a person's own terminal."""

from rolecall.cli.entry import main

__all__ = ["main"]
