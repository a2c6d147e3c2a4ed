"""What the command line's exit codes mean, as docs/command-line.md says it."""

CLEAN = 0
FOUND = 1
FAILED = 2
INTERRUPTED = 130
"""What shells report of a program that SIGINT ended, and what Typer makes of Ctrl-C."""
BROKEN_PIPE = 141
"""What shells report of a program that SIGPIPE ended."""
