"""Whether a rule runs, and with which parameters where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rolecall.model.overrides import Override, parse_override
from rolecall.model.rule import Parameter, Rule
from rolecall.model.scope import Place
from rolecall.model.typed_values import like, parameter, refuse_unknown, tables


@dataclass(frozen=True, slots=True)
class InForce:
    """The value of a parameter at a place, and where it comes from."""

    value: Parameter
    origin: str


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Whether a rule runs, and with which parameters on top of its defaults."""

    enabled: bool = True
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()

    def at(self, place: Place) -> dict[str, Parameter]:
        """Return the parameters at a place: of each the value of the most specific override.

        Of two overrides that are equally specific the one that is written later wins.
        """
        parameters = dict(self.parameters)
        for override in self._applying(place):
            parameters.update(override.parameters)
        return parameters

    def in_force(self, rule: Rule, place: Place) -> dict[str, InForce]:
        """Return every parameter of the rule at a place with its origin."""
        found = {name: InForce(value, "default") for name, value in rule.parameters.items()}
        found |= {n: InForce(v, f"rules.{rule.id}") for n, v in self.parameters.items()}
        for override in self._applying(place):
            origin = f"{override.origin} ({override.scope})"
            found |= {name: InForce(v, origin) for name, v in override.parameters.items()}
        return found

    def is_known_at(self, place: Place) -> bool:
        """Tell whether enough is known of the place to say which overrides hold."""
        return all(each.scope.covers(place) is not None for each in self.overrides)

    def _applying(self, place: Place) -> list[Override]:
        applying = (each for each in self.overrides if each.scope.covers(place))
        return sorted(applying, key=lambda override: override.scope.rank)


def parse_rule_settings(values: Mapping[str, Any], rule: Rule) -> RuleSettings:
    """Read the table `rules.<id>`; raise SettingsError for what the rule does not know."""
    key = f"rules.{rule.id}"
    defaults = rule.parameters
    known = ("enabled", *defaults, "overrides")
    refuse_unknown(values, known, f"{key}.", known_as="parameter")
    enabled = like(True, values.get("enabled", True), f"{key}.enabled")  # noqa: FBT003 - the example value
    overrides = tables(values.get("overrides", ()), f"{key}.overrides")
    return RuleSettings(
        enabled=bool(enabled),
        parameters={
            name: parameter(rule, name, value, f"{key}.")
            for name, value in values.items()
            if name in defaults
        },
        overrides=tuple(
            parse_override(each, rule, f"{key}.overrides[{number}]")
            for number, each in enumerate(overrides, start=1)
        ),
    )
