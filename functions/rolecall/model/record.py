"""Fields of a CloudTrail record, read with the type that they should have."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rolecall.model.timestamps import parse_time


class MalformedEventError(ValueError):
    """The record is not a CloudTrail event that can be judged; the message names the field."""


@dataclass(frozen=True, slots=True)
class Fields:
    """One object of the record; every reader raises MalformedEventError naming the field."""

    values: Mapping[str, Any]

    def text(self, name: str, *, required: bool = False) -> str:
        """Return a text; empty where it is not there and need not be."""
        value = self.values.get(name)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or (required and not value):
            raise MalformedEventError(f"{name} should be text, it is {type_name(value)}")
        return value

    def flag(self, name: str) -> bool:
        """Read a boolean that older record versions write as text."""
        return self.values.get(name) in (True, "true")

    def time(self, name: str) -> datetime:
        """Return a time that has to be there; CloudTrail's are UTC, also where none says so."""
        text = self.text(name, required=True)
        try:
            moment = datetime.fromisoformat(text)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else parse_time(text)
        except (ValueError, OverflowError) as error:
            raise MalformedEventError(f"{name} is no time: {error}") from error

    def mapping(self, name: str) -> "Fields":
        """Return an object within; an empty one where it is not there."""
        value = self.values.get(name)
        if isinstance(value, str):  # as exports to tables write what is within
            value = _unwritten(value)
        if value is None or value == "":
            return Fields({})
        if not isinstance(value, Mapping):
            raise MalformedEventError(f"{name} should be an object, it is {type_name(value)}")
        return Fields(value)


def _unwritten(text: str) -> object:
    """Return what a text says as JSON; the text where it says nothing so."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


_TYPE_NAMES = {
    type(None): "missing",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "an object",
}


def type_name(value: object) -> str:
    """Say in words what a value is instead of what it should be."""
    if value == "":
        return "empty text"
    return _TYPE_NAMES.get(type(value), f"of type {type(value).__name__}")
