"""Parameters of a rule that differ by account, organizational unit, path or tag."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rolecall.model.rule import Parameter, Rule
from rolecall.model.scope import Scope
from rolecall.model.typed_values import SettingsError, like, parameter, refuse_unknown


@dataclass(frozen=True, slots=True)
class Override:
    """Parameters that hold within a scope, on top of those that hold everywhere."""

    scope: Scope
    parameters: Mapping[str, Parameter]
    origin: str = ""
    """Where it is written: the key in rolecall.toml."""


def parse_override(values: Mapping[str, Any], rule: Rule, key: str) -> Override:
    """Read one `[[rules.<id>.overrides]]`: a scope and at least one parameter."""
    scope, given = parse_scope(values, key)
    refuse_unknown(given, rule.parameters, f"{key}.", known_as="parameter")
    if not scope:
        raise SettingsError(f"{key} should say where it holds: account, ou, path or tag")
    if not given:
        raise SettingsError(f"{key} should set a parameter: {', '.join(rule.parameters) or 'none'}")
    parameters = {name: parameter(rule, name, value, f"{key}.") for name, value in given.items()}
    return Override(scope, parameters, key)


def parse_scope(values: Mapping[str, Any], key: str) -> tuple[Scope, dict[str, Any]]:
    """Return the scope that a table names, and what else the table says."""
    names = ("account", "ou", "path", "tag")
    given = {n: str(like("", values[n], f"{key}.{n}")) for n in names if n in values}
    _check_scope(given, key)
    return Scope(**given), {name: value for name, value in values.items() if name not in names}


def _check_scope(given: Mapping[str, str], key: str) -> None:
    account = given.get("account", "0" * 12)
    if not (account.isascii() and account.isdigit() and len(account) == 12):  # noqa: PLR2004 - AWS's
        raise SettingsError(f"{key}.account should be an account id, it is {account!r}")
    for name in ("ou", "path"):
        value = given.get(name, "/")
        if not value.startswith("/"):
            example = "/Workloads/Production" if name == "ou" else "/ci/"
            raise SettingsError(f"{key}.{name} should look like {example}, it is {value!r}")
    if given.get("tag", "key").startswith("=") or given.get("tag") == "":
        raise SettingsError(f"{key}.tag should be key=value or key, it is {given['tag']!r}")
