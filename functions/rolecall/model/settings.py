"""What a deployer may set: rule parameters, who is told what, how long findings are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rolecall.model.exception_document import parse_exception
from rolecall.model.exceptions import RuleException
from rolecall.model.pipelines import Pipelines, parse_pipelines
from rolecall.model.rule import Parameter, Rule
from rolecall.model.rule_settings import RuleSettings, parse_rule_settings
from rolecall.model.severity import Severity
from rolecall.model.typed_values import (
    MAX_DAYS,
    SettingsError,
    refuse_unknown,
    table,
    tables,
    typed,
    within,
)

__all__ = [
    "SECTIONS",
    "NotificationSettings",
    "RetentionSettings",
    "RuleSettings",
    "Settings",
    "SettingsError",
    "parse_settings",
]

_MAX_MESSAGES = 1000


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """What is told at once, and how much of it."""

    threshold: Severity = Severity.HIGH
    max_messages_per_batch: int = 10
    rules_url: str = ""


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """How many days findings stay in the table."""

    resolved_days: int = 90
    detections_days: int = 400


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that the functions and the command line share with the deployer."""

    rules: Mapping[str, RuleSettings] = field(default_factory=dict)
    notifications: NotificationSettings = field(default_factory=NotificationSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    exceptions: tuple[RuleException, ...] = ()
    """The reviewed ones; those that people stored with the command line are in the table."""
    pipelines: Pipelines = field(default_factory=Pipelines)

    def of(self, rule: Rule) -> RuleSettings:
        """Return the settings of one rule, its defaults where nothing was said."""
        return self.rules.get(rule.id, RuleSettings())


SECTIONS = ("rules", "exceptions", "notifications", "retention", "pipelines")
"""What the functions and the command line read of rolecall.toml."""


def parse_settings(data: Mapping[str, Any], rules: Mapping[str, Rule]) -> Settings:
    """Read the sections of the configuration that are shared.

    Raises SettingsError for an unknown section, key, rule or parameter and for a value of another
    type, always with the key's full name and the way out.
    """
    refuse_unknown(data, SECTIONS, "")
    return Settings(
        rules=_parse_rules(_section(data, "rules"), rules),
        exceptions=_parse_exceptions(data.get("exceptions", ()), rules),
        notifications=_parse_notifications(_section(data, "notifications")),
        retention=_parse_retention(_section(data, "retention")),
        pipelines=parse_pipelines(_section(data, "pipelines")),
    )


def _section(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return table(data.get(name, {}), name)


def _parse_rules(values: Mapping[str, Any], rules: Mapping[str, Rule]) -> dict[str, RuleSettings]:
    refuse_unknown(values, rules, "rules.", known_as="rule")
    return {
        rule_id: parse_rule_settings(table(given, f"rules.{rule_id}"), rules[rule_id])
        for rule_id, given in values.items()
    }


def _parse_exceptions(values: object, rules: Mapping[str, Rule]) -> tuple[RuleException, ...]:
    keyed = [(f"exceptions[{n}]", each) for n, each in enumerate(tables(values, "exceptions"), 1)]
    exceptions = tuple(parse_exception(each, key) for key, each in keyed)
    for exception in exceptions:
        check_rule(exception, rules)
    return exceptions


def check_rule(exception: RuleException, rules: Mapping[str, Rule]) -> None:
    """Raise SettingsError for an exception to a rule that is not there, or that takes none."""
    if not exception.rule:
        return
    if exception.rule not in rules:
        raise SettingsError(f"{exception.origin}.rule: there is no rule {exception.rule!r}")
    if rules[exception.rule].is_always_told and not exception.finding:
        raise SettingsError(
            f"{exception.origin}.rule: {exception.rule} is always told; name one finding of it"
        )


def _parse_notifications(values: Mapping[str, Any]) -> NotificationSettings:
    defaults = NotificationSettings()
    known: dict[str, Parameter] = {
        "threshold": defaults.threshold.name,
        "max_messages_per_batch": defaults.max_messages_per_batch,
        "rules_url": defaults.rules_url,
    }
    given = typed(values, known, "notifications.")
    try:
        threshold = Severity.parse(str(given["threshold"]))
    except ValueError as error:
        raise SettingsError(f"notifications.threshold: {error}") from error
    return NotificationSettings(
        threshold=threshold,
        max_messages_per_batch=within(
            _MAX_MESSAGES, given, "max_messages_per_batch", "notifications."
        ),
        rules_url=str(given["rules_url"]),
    )


def _parse_retention(values: Mapping[str, Any]) -> RetentionSettings:
    defaults = RetentionSettings()
    known: dict[str, Parameter] = {
        "resolved_days": defaults.resolved_days,
        "detections_days": defaults.detections_days,
    }
    given = typed(values, known, "retention.")
    return RetentionSettings(
        resolved_days=within(MAX_DAYS, given, "resolved_days", "retention."),
        detections_days=within(MAX_DAYS, given, "detections_days", "retention."),
    )
