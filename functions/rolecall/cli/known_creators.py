"""Who made whom, from findings that the command line wrote as JSON."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rolecall.cli.problems import CommandError

if TYPE_CHECKING:
    from rolecall.model.creators import Creator


def read_creators(file: str) -> Mapping[str, "Creator"]:
    """Read creators by the ARN of the user; raise CommandError for what is no list of findings."""
    from rolecall.cli.snapshot_files import read_text
    from rolecall.model.creators import creators_of
    from rolecall.model.finding_document import parse_finding

    text = read_text(file)
    try:
        return creators_of([parse_finding(each) for each in _documents(text)])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CommandError(
            f"{file}: these are no findings as `rolecall findings list --format json` writes them"
            f" ({type(error).__name__}: {error})"
        ) from error


def _documents(text: str) -> list[Any]:
    """Read a list of objects, or one object in each line."""
    if text.lstrip().startswith("["):
        found: list[Any] = json.loads(text)
        return found
    return [json.loads(line) for line in text.splitlines() if line.strip()]
