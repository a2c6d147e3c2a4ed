"""The credential report becomes passwords, MFA and access keys.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from rolecall.model.credentials import (
    PASSWORD_USE_TRACKED_SINCE,
    UNKNOWN_USE,
    AccessKey,
    Credentials,
    LastUse,
    Password,
    Use,
    unused_on_record,
)
from rolecall.model.other_credentials import SigningCertificate
from rolecall.model.timestamps import parse_time
from rolecall.services.identify_keys import told_apart

ROOT = "<root_account>"

_NEEDED = (
    *("user", "arn", "user_creation_time", "password_enabled", "mfa_active"),
    *("access_key_1_active", "access_key_1_last_rotated"),
    *("access_key_2_active", "access_key_2_last_rotated"),
)
_NO_VALUE = ("N/A", "no_information", "not_supported", "")
_NO_USE_ON_RECORD = ("N/A", "no_information")

# Before this moment IAM kept no record of the last use.
_KEY_USE_TRACKED_SINCE = datetime(2015, 4, 22, tzinfo=UTC)


class ReportError(ValueError):
    """The text is no credential report; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One user of the report."""

    name: str
    arn: str
    created_at: datetime
    credentials: Credentials


@dataclass(frozen=True, slots=True)
class Report:
    """What the report says, user by user."""

    rows: Mapping[str, Row]
    """By user name; the root user's under `<root_account>`."""
    problems: Mapping[str, str]
    """User name -> why the row could not be read."""

    def users_with_active_keys(self) -> list[str]:
        """Return the names of the users, root apart, that have an active access key."""
        return [
            row.name
            for row in self.rows.values()
            if row.name != ROOT and any(key.is_active for key in row.credentials.access_keys)
        ]

    def users_with_mfa(self) -> list[str]:
        """Return the names of the users, the root user's as in the report, that have MFA."""
        return [row.name for row in self.rows.values() if row.credentials.has_mfa]

    def user_names(self) -> list[str]:
        """Return the names of all users, root apart."""
        return [name for name in self.rows if name != ROOT]


def read_report(text: str) -> Report:
    """Read the report's text; a row that makes no sense does not spoil the others.

    Raises ReportError when a column is missing without which no row makes sense.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    rows: dict[str, Row] = {}
    problems: dict[str, str] = {}
    try:
        missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise ReportError(f"it has no column {', '.join(missing)}")
        for fields in reader:
            try:
                rows[fields["user"]] = _row(fields)
            except ValueError as error:
                problems[fields["user"]] = str(error)
    except csv.Error as error:
        raise ReportError(f"it is no CSV: {error}") from error
    return Report(rows, problems)


def _row(fields: Mapping[str, str | None]) -> Row:
    values = {name: value for name, value in fields.items() if isinstance(value, str)}
    if len(values) != len(fields):
        raise ValueError("the row has another number of fields than the header")
    created_at = parse_time(values["user_creation_time"])
    return Row(
        name=values["user"],
        arn=values["arn"],
        created_at=created_at,
        credentials=Credentials(
            password=_password(values, created_at) if _has_password(values) else None,
            has_mfa=_flag(values, "mfa_active"),
            access_keys=told_apart(_access_keys(values)),
            signing_certificates=tuple(_signing_certificates(values)),
            mfa_devices=None if _flag(values, "mfa_active") else (),
        ),
    )


def _has_password(values: Mapping[str, str]) -> bool:
    """Tell whether there is a password; unless the report denies it, the root user has one."""
    if values["user"] == ROOT and values["password_enabled"] in _NO_VALUE:
        return True
    return _flag(values, "password_enabled")


def _password(values: Mapping[str, str], created_at: datetime) -> Password:
    changed_at = _moment(values.get("password_last_changed", ""))
    unused = unused_on_record(changed_at or created_at, PASSWORD_USE_TRACKED_SINCE)
    last_use = _last_use(values, "password_last_used", unused)
    return Password(
        last_use=last_use,
        changed_at=changed_at,
        next_rotation_at=_moment(values.get("password_next_rotation", "")),
    )


def _access_keys(values: Mapping[str, str]) -> Iterator[AccessKey]:
    for number in (1, 2):
        prefix = f"access_key_{number}_"
        is_active = _flag(values, f"{prefix}active")
        created_at = _moment(values[f"{prefix}last_rotated"])
        if created_at:
            unused = unused_on_record(created_at, _KEY_USE_TRACKED_SINCE)
            last_use = _last_use(values, f"{prefix}last_used_date", unused)
            yield AccessKey(
                number=number,
                is_active=is_active,
                created_at=created_at.replace(microsecond=0),
                last_use=replace(
                    last_use,
                    service=_value(values, f"{prefix}last_used_service"),
                    region=_value(values, f"{prefix}last_used_region"),
                ),
            )
        elif is_active:
            raise ValueError(f"{prefix}active is true, {prefix}last_rotated is no time")


def _signing_certificates(values: Mapping[str, str]) -> Iterator[SigningCertificate]:
    """Read the certificates; one that is inactive and has no date is none."""
    for number in (1, 2):
        prefix = f"cert_{number}_"
        is_active = values.get(f"{prefix}active", "").lower() == "true"
        uploaded_at = _moment(values.get(f"{prefix}last_rotated", ""))
        if is_active or uploaded_at:
            yield SigningCertificate(number=number, is_active=is_active, uploaded_at=uploaded_at)


def _last_use(values: Mapping[str, str], column: str, unused: LastUse) -> LastUse:
    """Read a last use; `unused` is what it means that IAM has no record of one."""
    text = values.get(column, "")
    if text not in _NO_VALUE:
        return LastUse(Use.USED, parse_time(text))
    return unused if text in _NO_USE_ON_RECORD else UNKNOWN_USE


def _flag(values: Mapping[str, str], column: str) -> bool:
    flags = {"true": True, "false": False}
    try:
        return flags[values[column].lower()]
    except KeyError:
        raise ValueError(f"{column} is neither true nor false: {values[column]!r}") from None


def _moment(text: str) -> datetime | None:
    return None if text in _NO_VALUE else parse_time(text)


def _value(values: Mapping[str, str], column: str) -> str:
    text = values.get(column, "")
    return "" if text in _NO_VALUE else text
