"""Single values of a rolecall.toml, read by their full keys; a wrong one is a SettingsError."""

import re
from collections.abc import Mapping
from typing import Any

from aws_cdk import region_info

from rolecall.model.settings import SettingsError

Section = Mapping[str, Any]


def read_text(section: Section, key: str) -> str:
    """Return the text that must be there."""
    value = section.get(_name(key))
    if value is None:
        raise SettingsError(f"{key} is missing; rolecall.toml in the repository documents it")
    if not isinstance(value, str):
        raise SettingsError(f"{key} should be a text in quotes, it is {value!r}")
    return value


def read_texts(section: Section, key: str, *, required: bool = False) -> tuple[str, ...]:
    """Return the list of different texts, empty where it is not there and need not be."""
    value = section.get(_name(key), [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise SettingsError(f"{key} should be a list of texts, it is {value!r}")
    if required and not value:
        raise SettingsError(f"{key} is empty or missing; name at least one")
    if len(set(value)) < len(value):
        raise SettingsError(f"{key} says something twice; say it once")
    return tuple(value)


def read_flag(section: Section, key: str, *, default: bool) -> bool:
    """Return true or false."""
    value = section.get(_name(key), default)
    if not isinstance(value, bool):
        raise SettingsError(f"{key} should be true or false, it is {value!r}")
    return value


def read_number(section: Section, key: str, default: int, allowed: range) -> int:
    """Return the whole number, which must be within the range."""
    value = section.get(_name(key), default)
    if type(value) is not int or value not in allowed:
        raise SettingsError(
            f"{key} should be a whole number from {allowed[0]} to {allowed[-1]}, it is {value!r}"
        )
    return value


def read_choice(section: Section, key: str, default: int, choices: tuple[int, ...]) -> int:
    """Return the whole number, which must be one of those given."""
    value = section.get(_name(key), default)
    if type(value) is not int or value not in choices:
        known = ", ".join(map(str, choices))
        raise SettingsError(f"{key} should be one of {known}; it is {value!r}")
    return value


def read_account_id(section: Section, key: str) -> str:
    """Return the account id that must be there."""
    expectation = "should be an account id: twelve digits in quotes"
    return check_shape(read_text(section, key), key, r"\d{12}", expectation)


def read_regions(section: Section, key: str) -> tuple[str, ...]:
    """Return the list of regions, empty where it is not there."""
    return tuple(check_region(region, key) for region in read_texts(section, key))


def check_region(region: str, key: str) -> str:
    """Return the region's name when it is one."""
    if region not in {each.name for each in region_info.RegionInfo.regions}:
        raise SettingsError(
            f"{key}: {region!r} is no region that the pinned aws-cdk-lib knows;"
            " write it as eu-central-1 is written"
        )
    return region


def check_shape(value: str, key: str, pattern: str, expectation: str) -> str:
    """Return the value when the whole of it matches the pattern."""
    if not re.fullmatch(pattern, value):
        raise SettingsError(f"{key} {expectation}; it is {value!r}")
    return value


def _name(key: str) -> str:
    return key.rpartition(".")[2]
