"""Values of the configuration, read with the type that they should have."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from rolecall.model.rule import Parameter, Rule

MAX_DAYS = 3650
"""Ten years: longer than anything here is worth keeping or waiting for."""


class SettingsError(ValueError):
    """A setting is wrong; the message names its key and says what would be right."""


def typed(values: Mapping[str, Any], known: Mapping[str, Parameter], prefix: str) -> dict[str, Any]:
    """Return the known values with those that are given on top, each of its default's type."""
    refuse_unknown(values, known, prefix)
    return {
        **known,
        **{name: like(known[name], value, prefix + name) for name, value in values.items()},
    }


def within(most: int, values: Mapping[str, Parameter], name: str, prefix: str) -> int:
    """Return a number from 1 to the most that is allowed."""
    value = values[name]
    if not isinstance(value, int) or not 1 <= value <= most:
        raise SettingsError(f"{prefix}{name} should be from 1 to {most:,}, it is {value}")
    return value


def parameter(rule: Rule, name: str, value: object, prefix: str) -> Parameter:
    """Return the value of a rule's parameter.

    Refuses what no rule can mean: ages of no days, counts below nothing, names that everything
    begins with, and words that are none of the rule's.
    """
    key = prefix + name
    found = like(rule.parameters[name], value, key)
    least = 1 if key.endswith("_days") else 0
    if type(found) is int and not least <= found <= MAX_DAYS:
        raise SettingsError(f"{key} should be from {least} to {MAX_DAYS:,}, it is {found}")
    words = found if isinstance(found, tuple) else (found,)
    if "" in words:
        raise SettingsError(f"{key} should not be empty text")
    choices = rule.choices.get(name, ())
    for word in words if choices else ():
        if word not in choices:
            raise SettingsError(f"{key} does not know {word!r}; known: {', '.join(choices)}")
    return found


def like(example: Parameter, value: object, key: str) -> Parameter:
    """Return the value when it is of the example's type, lists as tuples."""
    if isinstance(example, tuple):
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif type(value) is type(example):
        return value
    raise SettingsError(f"{key} should be {_words(example)}, it is {value!r}")


def day(value: object, key: str) -> date:
    """Return a day, which TOML writes without quotes and JSON in them."""
    if type(value) is date:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise SettingsError(f"{key} is no day: {error}") from error
    raise SettingsError(f"{key} should be a day such as 2027-01-31, it is {_shown(value)}")


def table(values: object, key: str) -> Mapping[str, Any]:
    """Return a value that should be a table."""
    if not isinstance(values, Mapping):
        raise SettingsError(f"{key} should be a table, it is {values!r}")
    return values


def tables(values: object, key: str) -> list[Mapping[str, Any]]:
    """Return a value that should be a list of tables."""
    if not isinstance(values, list | tuple):
        raise SettingsError(f"{key} should be tables, each written [[{key}]]; it is {values!r}")
    return [table(each, f"{key}[{number}]") for number, each in enumerate(values, start=1)]


def refuse_unknown(
    given: Mapping[str, Any], known: Collection[str], prefix: str, known_as: str = "key"
) -> None:
    """Raise SettingsError for a name that means nothing."""
    for name in given:
        if name not in known:
            raise SettingsError(
                f"{prefix}{name} is no {known_as} that exists; known: {', '.join(known)}"
            )


def _words(example: Parameter) -> str:
    if isinstance(example, tuple):
        return "a list of texts"
    return {bool: "true or false", int: "a whole number", str: "a text"}[type(example)]


def _shown(value: object) -> str:
    return "missing" if value is None else repr(value)
