"""The part of rolecall.toml that the functions read, and what of it shapes the deployment."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rolecall.catalog import RulesById, find_rule
from rolecall.model.settings import SECTIONS, Settings, SettingsError, parse_settings

BREAK_GLASS = "break-glass-used"
_CROWN_JEWEL = "crown-jewel-in-reach"
_DEPLOYMENT_ONLY = {"notifications": "emails", "retention": "log_days"}
"""Keys of the shared sections that the functions have no use for."""
# EventBridge knows `*` and no other wildcard, and not two of them in a row.
_PRINCIPAL = re.compile(r"(?!.*\*\*)arn:[^?]*:iam::[^?]*:(user|role)/[^?]+")
_JEWEL = re.compile(r"arn:.*:iam::.*:(user|role)/.+")


def function_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the functions read of a rolecall.toml, as JSON can write it."""
    return {name: _plain(data[name], name) for name in SECTIONS if name in data}


def parse_function_data(data: Mapping[str, Any]) -> Settings:
    """Read what the functions will read; raise SettingsError where they, or EventBridge, would."""
    settings = parse_settings(data, RulesById())
    for principal in break_glass_principals(settings):
        if not _PRINCIPAL.fullmatch(principal):
            raise SettingsError(
                f"rules.{BREAK_GLASS}.principals should list ARNs of users or roles, such as"
                f" arn:aws:iam::*:role/break-glass; it is {principal!r}"
            )
    for jewel in _declared(settings, _CROWN_JEWEL):
        # One that names nobody would pass for one that nobody can become.
        if not _JEWEL.fullmatch(jewel):
            raise SettingsError(
                f"rules.{_CROWN_JEWEL}.principals should list ARNs of users or roles, such as"
                f" arn:aws:iam::111122223333:role/payroll-reader; it is {jewel!r}"
            )
    return settings


def break_glass_principals(settings: Settings) -> tuple[str, ...]:
    """Return the ARNs of the declared break-glass users and roles, with wildcards."""
    return _declared(settings, BREAK_GLASS)


def _declared(settings: Settings, rule_id: str) -> tuple[str, ...]:
    rule = settings.of(find_rule(rule_id))
    given = rule.parameters.get("principals", ()) if rule.enabled else ()
    return given if isinstance(given, tuple) else ()


def _plain(value: object, section: str = "") -> Any:  # noqa: ANN401 - JSON of any shape
    if isinstance(value, Mapping):
        unread = _DEPLOYMENT_ONLY.get(section)
        return {key: _plain(each) for key, each in value.items() if key != unread}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
