"""CloudTrail records from files, in every shape that AWS and its tools write them.

JSON lines, arrays, CloudTrail's own log files (`{"Records": [...]}`), what LookupEvents prints
(`{"Events": [...]}`) and EventBridge events, on one line or many, gzipped or not.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rolecall.adapters.gzip_chunks import DamagedFileError, read_chunks
from rolecall.services.replay import UnreadableRecord

_LISTS = ("Records", "Events")
_LIST_START = re.compile(r'(?:\{\s*"(?:Records|Events)"\s*:\s*)?\[')
# After the list of LookupEvents may come a token, before the object ends.
_LIST_END = re.compile(r'\](?:\s*,\s*"\w+"\s*:\s*(?:"[^"]*"|\w+))*\s*\}?')
_BETWEEN = re.compile(r"[\s,]*")
_MAYBE_NEXT = re.compile(r"(?:\}\s*,?\s*|\n\s*)(?=\{)")
_RECORD_KEYS = frozenset({"eventName", "detail", "CloudTrailEvent"})

_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Position:
    """Where in a file a record begins."""

    file: Path
    line: int

    def __str__(self) -> str:
        """Write it as compilers do."""
        return f"{self.file}:{self.line}"


def read_records(path: Path) -> Iterator[tuple[Position, Any]]:
    """Yield every record of a file with its position, and UnreadableRecord for what is none.

    One broken record, or a file that ends too early, costs no other record. JSON lines are
    streamed; everything else is held in memory from its first line on. The path `-` is standard
    input. Raises OSError when the file cannot be opened.
    """
    for line, value in _values(_lines(path)):
        for record in _records_in(value):
            yield Position(path, line), record


def _lines(path: Path) -> Iterator[tuple[int, str | UnreadableRecord]]:
    """Yield the lines with their numbers, and at the end what is wrong with the file as such."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    number = 1
    begun: list[str] = []
    damage = None
    chunks = read_chunks(path)
    try:
        for chunk in chunks:
            *ended, rest = decoder.decode(chunk).split("\n")
            for end in ended:
                yield number, "".join([*begun, end])
                begun = []
                number += 1
            begun.append(rest)
    except DamagedFileError as error:
        damage = UnreadableRecord(str(error))
    yield number, "".join(begun)
    if damage:
        yield number, damage


def _values(lines: Iterator[tuple[int, str | UnreadableRecord]]) -> Iterator[tuple[int, Any]]:
    """Yield what the lines hold; a value that does not end with its line takes the lines below."""
    for number, line in lines:
        if isinstance(line, UnreadableRecord):
            yield number, line
        elif line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                if _goes_on(error, line):
                    rest = list(lines)
                    text = "\n".join([line, *(each for _, each in rest if isinstance(each, str))])
                    yield from _values_in(text, number)
                    yield from (each for each in rest if isinstance(each[1], UnreadableRecord))
                else:
                    yield from _values_in(line, number)


def _goes_on(error: Exception, line: str) -> bool:
    """Tell whether nothing is wrong with the line but that it ends."""
    return isinstance(error, json.JSONDecodeError) and error.pos >= len(line.rstrip())


def _values_in(text: str, first_line: int) -> Iterator[tuple[int, Any]]:
    """Yield the values that follow one another in a text, those inside lists one by one."""
    at = counted = open_lists = 0
    line = first_line
    while (at := _BETWEEN.match(text, at).end()) < len(text):  # type: ignore[union-attr] # it matches nothing too
        line += text.count("\n", counted, at)
        counted = at
        if brackets := _LIST_START.match(text, at) or _LIST_END.match(text, at):
            open_lists += -1 if text[at] == "]" else 1
            at = brackets.end()
            continue
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            value = UnreadableRecord(_words(error, first_line))
            at = _next_record(text, at)
            if at == len(text):
                open_lists = 0  # nothing more to be said of a text that ends in a broken record
        yield line, value
    if open_lists > 0:
        yield line, UnreadableRecord("no JSON: the list does not come to its end")


def _next_record(text: str, broken: int) -> int:
    """Return where, after a record that is broken, the next one begins; the end if none does."""
    for found in _MAYBE_NEXT.finditer(text, broken + 1):
        at = found.end()
        if _LIST_START.match(text, at):
            return at
        try:
            value, _ = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            continue
        if _RECORD_KEYS.intersection(value):
            return at
    return len(text)


def _records_in(value: Any) -> Iterable[Any]:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [record for each in value for record in _records_in(each)]
    if isinstance(value, dict):
        for name in _LISTS:
            if isinstance(value.get(name), list):
                return _records_in(value[name])
        if isinstance(value.get("CloudTrailEvent"), str):
            return [_embedded(value["CloudTrailEvent"])]
    return [value]


def _embedded(text: str) -> Any:  # noqa: ANN401 - any JSON
    """Read the record that LookupEvents delivers as text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return UnreadableRecord(f"CloudTrailEvent: {_words(error)}")


def _words(error: Exception, first_line: int = 1) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = first_line + error.lineno - 1
        return f"no JSON: {error.msg} (line {line}, column {error.colno})"
    return (
        "no JSON: nested too deeply" if isinstance(error, RecursionError) else f"no JSON: {error}"
    )
