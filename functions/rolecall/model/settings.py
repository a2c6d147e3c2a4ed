"""What a deployer may set: rule parameters, who is told what, how long findings are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rolecall.model.rule import Parameter, Rule
from rolecall.model.severity import Severity

_MAX_DAYS = 3650
_MAX_MESSAGES = 1000


class SettingsError(ValueError):
    """A setting is wrong; the message names its key and says what would be right."""


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Whether a rule runs, and with which parameters on top of its defaults."""

    enabled: bool = True
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


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

    def of(self, rule: Rule) -> RuleSettings:
        """Return the settings of one rule, its defaults where nothing was said."""
        return self.rules.get(rule.id, RuleSettings())


def parse_settings(data: Mapping[str, Any], rules: Iterable[Rule]) -> Settings:
    """Read the sections `rules`, `notifications` and `retention` of the configuration.

    Raises SettingsError for an unknown section, key, rule or parameter and for a value of another
    type, always with the key's full name and the way out.
    """
    _refuse_unknown(data, ("rules", "notifications", "retention"), "")
    return Settings(
        rules=_parse_rules(_section(data, "rules"), {rule.id: rule for rule in rules}),
        notifications=_parse_notifications(_section(data, "notifications")),
        retention=_parse_retention(_section(data, "retention")),
    )


def _section(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return _table(data.get(name, {}), name)


def _parse_rules(values: Mapping[str, Any], rules: Mapping[str, Rule]) -> dict[str, RuleSettings]:
    _refuse_unknown(values, rules, "rules.", known_as="rule")
    return {
        rule_id: _parse_rule(_table(given, f"rules.{rule_id}"), rules[rule_id])
        for rule_id, given in values.items()
    }


def _parse_rule(values: Mapping[str, Any], rule: Rule) -> RuleSettings:
    key = f"rules.{rule.id}."
    defaults = rule.parameters
    _refuse_unknown(values, {"enabled": True, **defaults}, key, known_as="parameter")
    enabled = _like(True, values.get("enabled", True), f"{key}enabled")  # noqa: FBT003 - the example value
    return RuleSettings(
        enabled=bool(enabled),
        parameters={
            name: _usable(_like(defaults[name], value, key + name), key + name)
            for name, value in values.items()
            if name != "enabled"
        },
    )


def _usable(value: Parameter, key: str) -> Parameter:
    """Refuse what no rule can mean: spans of no days, and names that everything begins with."""
    if isinstance(value, int) and not isinstance(value, bool) and not 1 <= value <= _MAX_DAYS:
        raise SettingsError(f"{key} should be from 1 to {_MAX_DAYS:,}, it is {value}")
    texts = value if isinstance(value, tuple) else (value,)
    if "" in texts:
        raise SettingsError(f"{key} should not be empty text")
    return value


def _parse_notifications(values: Mapping[str, Any]) -> NotificationSettings:
    defaults = NotificationSettings()
    known: dict[str, Parameter] = {
        "threshold": defaults.threshold.name,
        "max_messages_per_batch": defaults.max_messages_per_batch,
        "rules_url": defaults.rules_url,
    }
    given = _typed(values, known, "notifications.")
    try:
        threshold = Severity.parse(str(given["threshold"]))
    except ValueError as error:
        raise SettingsError(f"notifications.threshold: {error}") from error
    return NotificationSettings(
        threshold=threshold,
        max_messages_per_batch=_within(
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
    given = _typed(values, known, "retention.")
    return RetentionSettings(
        resolved_days=_within(_MAX_DAYS, given, "resolved_days", "retention."),
        detections_days=_within(_MAX_DAYS, given, "detections_days", "retention."),
    )


def _typed(
    values: Mapping[str, Any], known: Mapping[str, Parameter], prefix: str
) -> dict[str, Parameter]:
    _refuse_unknown(values, known, prefix)
    return {
        **known,
        **{name: _like(known[name], value, prefix + name) for name, value in values.items()},
    }


def _within(most: int, values: Mapping[str, Parameter], name: str, prefix: str) -> int:
    value = values[name]
    if not isinstance(value, int) or not 1 <= value <= most:
        raise SettingsError(f"{prefix}{name} should be from 1 to {most:,}, it is {value}")
    return value


def _like(example: Parameter, value: object, key: str) -> Parameter:
    """Return the value when it is of the example's type, lists as tuples."""
    if isinstance(example, tuple):
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
    elif type(value) is type(example):
        return value
    raise SettingsError(f"{key} should be {_words(example)}, it is {value!r}")


def _words(example: Parameter) -> str:
    if isinstance(example, tuple):
        return "a list of texts"
    return {bool: "true or false", int: "a whole number", str: "a text"}[type(example)]


def _table(values: object, key: str) -> Mapping[str, Any]:
    if not isinstance(values, Mapping):
        raise SettingsError(f"{key} should be a table, it is {values!r}")
    return values


def _refuse_unknown(
    given: Mapping[str, Any], known: Iterable[str], prefix: str, known_as: str = "key"
) -> None:
    choices = list(known)
    for name in given:
        if name not in choices:
            raise SettingsError(
                f"{prefix}{name} is no {known_as} that exists; known: {', '.join(choices)}"
            )
