"""rolecall.toml as typed settings; whatever is wrong in it fails the synth with a sentence."""

# Longer than 200 lines because every section has a reader that names its keys.

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aws_cdk import region_info

from infra import config_values as values
from infra.daily_schedule import check_daily_schedule
from infra.function_settings import function_data, parse_function_data
from infra.people import read_people
from rolecall.model.organization import People
from rolecall.model.people_list import people_document
from rolecall.model.rule import AUDITS
from rolecall.model.settings import Settings, SettingsError

# The retention periods that CloudWatch Logs knows:
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
_LOG_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "hub": ("account", "region", "protect_data"),
    "organization": ("id", "management_account", "targets"),
    "events": ("sign_in_regions", "role_sessions"),
    "notifications": ("emails", "threshold", "max_messages_per_batch", "rules_url"),
    "audits": (
        *(audit.replace("-", "_") for audit in AUDITS),
        "max_concurrency",
        "tolerated_failure_percentage",
        "per_user_calls",
    ),
    "retention": ("resolved_days", "detections_days", "log_days"),
    "people": ("list",),
    "pipelines": ("roles", "user_agents", "state_tags"),
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
    role_sessions: bool
    """Whether the opening of role sessions is forwarded."""
    emails: tuple[str, ...]
    audits: AuditSettings
    log_days: int
    functions: Settings
    functions_data: Mapping[str, Any]
    """The part that the functions read themselves, as it was written."""
    people: People | None
    """Who works here; None: only the identity store tells, where there is one."""

    @property
    def function_files(self) -> Mapping[str, Any]:
        """What lies beside the functions' package, by its name."""
        files: dict[str, Any] = {"settings.json": self.functions_data}
        if self.people is not None:
            files["people.json"] = people_document(self.people)
        return files

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
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path} is not UTF-8, from byte {error.start} on; save it so"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is no TOML: {error}") from error
    return parse(data, path.parent)


def parse(data: Mapping[str, Any], folder: Path = Path()) -> DeploymentSettings:
    """Turn the tables of a rolecall.toml into settings; raise SettingsError as `load` does.

    The files that it names are relative to the folder.
    """
    _refuse_unknown(data)
    functions_data = function_data(data)
    settings = DeploymentSettings(
        hub=_parse_hub(data.get("hub", {})),
        organization=_parse_organization(data["organization"]) if "organization" in data else None,
        sign_in_regions=values.read_regions(data.get("events", {}), "events.sign_in_regions"),
        role_sessions=values.read_flag(
            data.get("events", {}), "events.role_sessions", default=False
        ),
        emails=_parse_emails(data.get("notifications", {})),
        audits=_parse_audits(data.get("audits", {})),
        log_days=values.read_choice(data.get("retention", {}), "retention.log_days", 90, _LOG_DAYS),
        functions=parse_function_data(functions_data),
        functions_data=functions_data,
        people=read_people(data.get("people", {}), folder),
    )
    _refuse_contradictions(settings)
    return settings


def _refuse_contradictions(settings: DeploymentSettings) -> None:
    for region in settings.sign_in_regions:
        if _partition(region) != _partition(settings.hub.region):
            raise SettingsError(
                f"events.sign_in_regions: {region} is not in the partition of {settings.hub.region}"
                " (hub.region); events do not cross partitions"
            )
    organization = settings.organization
    if organization and organization.management_account == settings.hub.account:
        raise SettingsError(
            "hub.account is organization.management_account; name a delegated administrator"
        )
    if len({email.lower() for email in settings.emails}) < len(settings.emails):
        raise SettingsError("notifications.emails says something twice; say it once")


def _partition(region: str) -> str | None:
    return region_info.RegionInfo.get(region).partition


def _parse_hub(section: values.Section) -> HubSettings:
    return HubSettings(
        account=values.read_account_id(section, "hub.account"),
        region=values.check_region(values.read_text(section, "hub.region"), "hub.region"),
        protect_data=values.read_flag(section, "hub.protect_data", default=True),
    )


def _parse_organization(section: values.Section) -> OrganizationSettings:
    id_key, targets_key = "organization.id", "organization.targets"
    targets = values.read_texts(section, targets_key, required=True)
    for target in targets:
        values.check_shape(
            target,
            targets_key,
            r"r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}",
            "should list the root (r-ab12) or organizational units (ou-ab12-cd34ef56)",
        )
    return OrganizationSettings(
        id=values.check_shape(
            values.read_text(section, id_key),
            id_key,
            r"o-[0-9a-z]{10,32}",
            "should be the organization's id, such as o-a1b2c3d4e5"
            " (aws organizations describe-organization)",
        ),
        management_account=values.read_account_id(section, "organization.management_account"),
        targets=targets,
    )


def _parse_emails(section: values.Section) -> tuple[str, ...]:
    key = "notifications.emails"
    emails = values.read_texts(section, key)
    for email in emails:
        values.check_shape(
            email,
            key,
            r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+",
            "should list e-mail addresses, such as security@example.com",
        )
    return emails


def _parse_audits(section: values.Section) -> AuditSettings:
    keys = {audit: f"audits.{audit.replace('-', '_')}" for audit in AUDITS}
    return AuditSettings(
        schedules={
            audit: check_daily_schedule(values.read_text(section, key), key)
            for audit, key in keys.items()
        },
        max_concurrency=values.read_number(section, "audits.max_concurrency", 20, range(1, 1001)),
        tolerated_failure_percentage=values.read_number(
            section, "audits.tolerated_failure_percentage", 100, range(101)
        ),
        per_user_calls=values.read_flag(section, "audits.per_user_calls", default=True),
    )


def _refuse_unknown(data: Mapping[str, Any]) -> None:
    for name, section in data.items():
        if name not in SECTIONS:
            raise SettingsError(f"{name} is no section; known: {', '.join(SECTIONS)}")
        if name == "exceptions":
            continue  # a list, which the functions' own settings check
        if not isinstance(section, Mapping):
            raise SettingsError(f"{name} should be a table, written [{name}]; it is {section!r}")
        for key in section if name != "rules" else ():
            if key not in SECTIONS[name]:
                raise SettingsError(
                    f"{name}.{key} is no key that exists; known: {', '.join(SECTIONS[name])}"
                )
