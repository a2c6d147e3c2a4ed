"""What a deployer set: files beside the functions' code, rolecall.toml beside a person."""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import rolecall
from rolecall.catalog import RulesById
from rolecall.model.organization import People
from rolecall.model.people_list import parse_people
from rolecall.model.settings import SECTIONS, Settings, SettingsError, parse_settings

FUNCTION_SETTINGS = Path(rolecall.__file__).parents[1] / "settings.json"
"""Where the asset carries the settings that were validated when it was built."""
FUNCTION_PEOPLE = FUNCTION_SETTINGS.with_name("people.json")
"""Where it carries the list of people, if the deployer provides one."""

_FOR_DEPLOYMENT = {"notifications": ("emails",), "retention": ("log_days",)}
"""Keys of those sections that only the infrastructure reads."""


def read_function_settings(path: Path = FUNCTION_SETTINGS) -> Settings:
    """Read what the deployer set; raise SettingsError naming file and key.

    A function without its settings does not run with the defaults: somebody chose others.
    """
    return _parse(_read(path, json.loads), path)


def read_function_people(path: Path = FUNCTION_PEOPLE) -> People | None:
    """Read who works here; None where the deployer provides no list.

    Raises SettingsError naming the file: a broken list is not no list.
    """
    if not path.exists():
        return None
    try:
        return parse_people(_read(path, json.loads))
    except (KeyError, TypeError) as error:
        raise SettingsError(f"{path}: {type(error).__name__}: {error}") from error


def read_settings(path: Path) -> Settings:
    """Read the sections of a rolecall.toml that concern more than the deployment.

    Raises SettingsError naming file and key.
    """
    content = _read(path, tomllib.loads)
    return _parse(
        {name: _without_deployment(name, content[name]) for name in SECTIONS if name in content},
        path,
    )


def _read(path: Path, loads: Callable[[str], Any]) -> Mapping[str, Any]:
    try:
        content = loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"{path}: {error}") from error
    if not isinstance(content, Mapping):
        raise SettingsError(f"{path} should hold an object, it holds {content!r}")
    return content


def _parse(content: Mapping[str, Any], path: Path) -> Settings:
    try:
        return parse_settings(content, RulesById())
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def _without_deployment(name: str, section: object) -> object:
    if not isinstance(section, Mapping):
        return section
    unread = _FOR_DEPLOYMENT.get(name, ())
    return {key: value for key, value in section.items() if key not in unread}
