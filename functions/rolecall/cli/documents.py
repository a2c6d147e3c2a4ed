"""Results for machines: JSON, whole or line by line."""

import json
import sys
from collections.abc import Iterable, Mapping

from rolecall.cli.options import Format
from rolecall.model.evidence import Json


def print_documents(documents: Iterable[Mapping[str, Json]], output: Format) -> None:
    """Print each document as it comes: one a line, or as the items of one array."""
    if output is Format.JSONL:
        for document in documents:
            sys.stdout.write(json_text(document) + "\n")
        return
    separator = "[\n"
    for document in documents:
        sys.stdout.write(separator + json_text(document))
        separator = ",\n"
    sys.stdout.write("[]\n" if separator == "[\n" else "\n]\n")


def json_text(document: Json, indent: int | None = None) -> str:
    """Write JSON in ASCII, which arrives as it is through every terminal and pipe."""
    return json.dumps(document, default=dict, indent=indent)
