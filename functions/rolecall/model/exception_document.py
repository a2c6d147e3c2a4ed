"""An exception as rolecall.toml, the tables and findings write it, and back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rolecall.model.evidence import Json
from rolecall.model.exceptions import RuleException
from rolecall.model.overrides import parse_scope
from rolecall.model.typed_values import SettingsError, day, like, refuse_unknown

_TEXTS = ("finding", "rule", "resource", "principal", "owner", "reason", "ticket")
_LONGEST = 2048
"""Of an ARN, and long enough for a reason that somebody will read."""
_SCOPE = ("account", "ou", "path", "tag")


def exception_document(exception: RuleException) -> dict[str, Json]:
    """Write an exception as JSON: its selectors where they restrict, then who, why, how long."""
    texts = {name: getattr(exception, name) for name in _TEXTS}
    return {
        "id": exception.id,
        **exception.scope.members(),
        **{name: text for name, text in texts.items() if text},
        "ends_on": exception.ends_on.isoformat(),
        "origin": exception.origin,
    }


def read_exception(document: Mapping[str, Any]) -> RuleException:
    """Read what `exception_document` wrote; raise SettingsError for anything else."""
    values = {name: value for name, value in document.items() if name not in ("id", "origin")}
    return replace(parse_exception(values, "exception"), origin=str(document.get("origin", "")))


def parse_exception(values: Mapping[str, Any], key: str) -> RuleException:
    """Read a table of rolecall.toml; raise SettingsError for what is missing or makes no sense."""
    scope, given = parse_scope(values, key)
    refuse_unknown(values, (*_TEXTS, *_SCOPE, "ends_on"), f"{key}.")
    if "ends_on" not in given:
        example = "an exception ends, on a day such as 2027-01-31"
        raise SettingsError(f"{key}.ends_on is missing: {example}")
    exception = RuleException(
        **{"owner": "", "reason": "", **_texts(given, key)},
        scope=scope,
        ends_on=day(given["ends_on"], f"{key}.ends_on"),
        origin=key,
    )
    for name, what in (("owner", "who answers for it"), ("reason", "why")):
        if not getattr(exception, name).strip():
            raise SettingsError(f"{key}.{name} is missing: an exception says {what}")
    named = (exception.finding, exception.rule, exception.resource, exception.principal)
    if not (scope or any(named)):
        choices = "finding, rule, resource, principal, account, ou, path or tag"
        raise SettingsError(f"{key} should say what it is about: {choices}")
    return exception


def _texts(given: Mapping[str, Any], key: str) -> dict[str, str]:
    texts = {n: str(like("", given[n], f"{key}.{n}")) for n in _TEXTS if n in given}
    for name, text in texts.items():
        if len(text) > _LONGEST:
            raise SettingsError(f"{key}.{name} should have at most {_LONGEST:,} characters")
    return texts
