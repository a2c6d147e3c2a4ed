"""rolecall.toml as typed settings; whatever is wrong in it fails the synth with a sentence."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import region_info

from infra.function_settings import function_data, parse_function_data
from infra.schedule import check_daily_schedule
from rolecall.model.rule import AUDITS
from rolecall.model.settings import Settings, SettingsError

# The retention periods that CloudWatch Logs knows:
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
LOG_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "hub": ("account", "region", "protect_data"),
    "organization": ("id", "management_account", "targets"),
    "events": ("sign_in_regions",),
    "notifications": ("emails", "threshold", "max_messages_per_batch", "rules_url"),
    "audits": (
        *(audit.replace("-", "_") for audit in AUDITS),
        "max_concurrency",
        "tolerated_failure_percentage",
        "per_user_calls",
    ),
    "retention": ("resolved_days", "detections_days", "log_days"),
    "rules": (),
    "exceptions": (),
}


@dataclass(frozen=True, slots=True)
class HubSettings:
    """Where the hub is deployed, and whether its data outlives the stack."""

    account: str
    region: str
    protect_data: bool


@dataclass(frozen=True, slots=True)
class OrganizationSettings:
    """The organization that is watched."""

    id: str
    management_account: str
    targets: tuple[str, ...]
    """Root or organizational units whose accounts become members."""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """When the audits run, and how hard."""

    schedules: Mapping[str, str]
    """EventBridge Scheduler expressions by audit."""
    max_concurrency: int
    tolerated_failure_percentage: int
    per_user_calls: bool
    """Whether IAM is asked what it tells of one user at a time only."""


@dataclass(frozen=True, slots=True)
class DeploymentSettings:
    """Everything that a deployer decides."""

    hub: HubSettings
    organization: OrganizationSettings | None
    """None: only the hub's own account is watched."""
    sign_in_regions: tuple[str, ...]
    emails: tuple[str, ...]
    audits: AuditSettings
    log_days: int
    functions: Settings
    functions_data: Mapping[str, Any]
    """The part that the functions read themselves, as it was written."""

    @property
    def identity_region(self) -> str:
        """The region where IAM's events of the hub's partition arrive."""
        if self.hub.region.startswith("cn-"):
            return "cn-north-1"
        return "us-gov-west-1" if self.hub.region.startswith("us-gov-") else "us-east-1"

    @property
    def member_regions(self) -> tuple[str, ...]:
        """The regions whose events are forwarded, the identity region first.

        The hub's own region is among them: that is where tampering with the hub is recorded.
        """
        return tuple(dict.fromkeys((self.identity_region, self.hub.region, *self.sign_in_regions)))


def load(path: Path) -> DeploymentSettings:
    """Read a rolecall.toml; raise SettingsError naming the key that is wrong and the way out."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path} does not exist; name another with -c config=PATH") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is no TOML: {error}") from error
    return parse(data)


def parse(data: Mapping[str, Any]) -> DeploymentSettings:
    """Turn the tables of a rolecall.toml into settings; raise SettingsError as `load` does."""
    _refuse_unknown(data)
    functions_data = function_data(data)
    return DeploymentSettings(
        hub=_parse_hub(data.get("hub", {})),
        organization=_parse_organization(data["organization"]) if "organization" in data else None,
        sign_in_regions=_regions(data.get("events", {}), "events.sign_in_regions"),
        emails=_parse_emails(data.get("notifications", {})),
        audits=_parse_audits(data.get("audits", {})),
        log_days=_parse_log_days(data.get("retention", {})),
        functions=parse_function_data(functions_data),
        functions_data=functions_data,
    )


def _parse_hub(section: Mapping[str, Any]) -> HubSettings:
    return HubSettings(
        account=_account_id(section, "hub.account"),
        region=_region(_text(section, "hub.region"), "hub.region"),
        protect_data=_flag(section, "hub.protect_data", default=True),
    )


def _parse_organization(section: Mapping[str, Any]) -> OrganizationSettings:
    targets = _texts(section, "organization.targets", required=True)
    for target in targets:
        _shape(
            target,
            "organization.targets",
            r"r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}",
            "should list the root (r-ab12) or organizational units (ou-ab12-cd34ef56)",
        )
    return OrganizationSettings(
        id=_shape(
            _text(section, "organization.id"),
            "organization.id",
            r"o-[0-9a-z]{10,32}",
            "should be the organization's id, such as o-a1b2c3d4e5"
            " (aws organizations describe-organization)",
        ),
        management_account=_account_id(section, "organization.management_account"),
        targets=targets,
    )


def _parse_emails(section: Mapping[str, Any]) -> tuple[str, ...]:
    emails = _texts(section, "notifications.emails")
    for email in emails:
        _shape(
            email,
            "notifications.emails",
            r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+",
            "should list e-mail addresses, such as security@example.com",
        )
    return emails


def _parse_audits(section: Mapping[str, Any]) -> AuditSettings:
    schedules = {}
    for audit in AUDITS:
        key = f"audits.{audit.replace('-', '_')}"
        schedules[audit] = check_daily_schedule(_text(section, key), key)
    return AuditSettings(
        schedules=schedules,
        max_concurrency=_number(section, "audits.max_concurrency", 20, range(1, 1001)),
        tolerated_failure_percentage=_number(
            section, "audits.tolerated_failure_percentage", 100, range(101)
        ),
        per_user_calls=_flag(section, "audits.per_user_calls", default=True),
    )


def _parse_log_days(section: Mapping[str, Any]) -> int:
    days = section.get("log_days", 90)
    if days not in LOG_DAYS or isinstance(days, bool):
        known = ", ".join(map(str, LOG_DAYS))
        raise SettingsError(f"retention.log_days should be one of {known}; it is {days!r}")
    return int(days)


def _flag(section: Mapping[str, Any], key: str, *, default: bool) -> bool:
    value = section.get(key.rpartition(".")[2], default)
    if not isinstance(value, bool):
        raise SettingsError(f"{key} should be true or false, it is {value!r}")
    return value


def _account_id(section: Mapping[str, Any], key: str) -> str:
    return _shape(
        _text(section, key), key, r"\d{12}", "should be an account id: twelve digits in quotes"
    )


def _regions(section: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(_region(region, key) for region in _texts(section, key))


def _region(region: str, key: str) -> str:
    # The static member of a jsii class that its stub does not type.
    known = {each.name for each in region_info.RegionInfo.regions}
    if region not in known:
        raise SettingsError(
            f"{key}: {region!r} is no region that the pinned aws-cdk-lib knows;"
            " write it as eu-central-1 is written"
        )
    return region


def _text(section: Mapping[str, Any], key: str) -> str:
    value = section.get(key.rpartition(".")[2])
    if value is None:
        raise SettingsError(f"{key} is missing; rolecall.toml in the repository documents it")
    if not isinstance(value, str):
        raise SettingsError(f"{key} should be a text in quotes, it is {value!r}")
    return value


def _texts(section: Mapping[str, Any], key: str, *, required: bool = False) -> tuple[str, ...]:
    value = section.get(key.rpartition(".")[2], [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise SettingsError(f"{key} should be a list of texts, it is {value!r}")
    if required and not value:
        raise SettingsError(f"{key} is empty or missing; name at least one")
    if len(set(value)) < len(value):
        raise SettingsError(f"{key} says something twice; say it once")
    return tuple(value)


def _number(section: Mapping[str, Any], key: str, default: int, allowed: range) -> int:
    value = section.get(key.rpartition(".")[2], default)
    if type(value) is not int or value not in allowed:
        raise SettingsError(
            f"{key} should be a whole number from {allowed[0]} to {allowed[-1]}, it is {value!r}"
        )
    return value


def _shape(value: str, key: str, pattern: str, expectation: str) -> str:
    if not re.fullmatch(pattern, value):
        raise SettingsError(f"{key} {expectation}; it is {value!r}")
    return value


def _refuse_unknown(data: Mapping[str, Any]) -> None:
    for name, section in data.items():
        if name not in SECTIONS:
            raise SettingsError(f"{name} is no section; known: {_listed(SECTIONS)}")
        if name == "exceptions":
            continue  # a list, which the functions' own settings check
        if not isinstance(section, Mapping):
            raise SettingsError(f"{name} should be a table, written [{name}]; it is {section!r}")
        for key in section if name != "rules" else ():
            if key not in SECTIONS[name]:
                raise SettingsError(
                    f"{name}.{key} is no key that exists; known: {_listed(SECTIONS[name])}"
                )


def _listed(names: Sequence[str] | Mapping[str, Any]) -> str:
    return ", ".join(names)
