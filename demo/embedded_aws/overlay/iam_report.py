"""The credential report, with the columns as AWS fills them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import csv
import io
from datetime import datetime, timedelta
from typing import Any

from demo.embedded_aws.emulator import Untyped, iam, organizations, replaces, responses
from demo.embedded_aws.overlay import iam_facts

_CERTIFICATES = ["false", "N/A", "false", "N/A"]
_NO_KEY = ["false", "N/A", "N/A", "N/A", "N/A"]
_ROOT_SINCE = "2020-01-01T00:00:00Z"


@replaces(iam, "_build_credential_report")
def _build(_original: Untyped) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(iam._CRED_REPORT_HEADER.split(","))
    writer.writerow(_root_row())
    writer.writerows(_user_row(user) for user in iam._users.values())
    return text.getvalue().rstrip("\n")


def _root_row() -> list[str]:
    account = responses.get_account_id()
    joined = next(
        (
            a["JoinedTimestamp"]
            for (_, i), a in organizations._accounts._data.items()
            if i == account
        ),
        None,
    )
    since = datetime.fromtimestamp(joined).astimezone().isoformat() if joined else _ROOT_SINCE
    password = iam_facts.last_use("password", "<root_account>")
    return [
        "<root_account>",
        f"arn:aws:iam::{account}:root",
        _moment(since),
        "not_supported",
        _moment(password.at) if password else "no_information",
        "not_supported",
        "not_supported",
        "false",
        *_NO_KEY,
        *_NO_KEY,
        *_CERTIFICATES,
    ]


def _user_row(user: dict[str, Any]) -> list[str]:
    name = user["UserName"]
    keys = sorted(
        (key for key in iam._access_keys.values() if key["UserName"] == name),
        key=lambda key: str(key["CreateDate"]),
    )
    first, second = (_key_columns(k) for k in [*keys, None, None][:2])
    has_mfa = any(device.get("User") == name for device in iam._mfa_devices.values())
    return [
        name,
        user["Arn"],
        _moment(user["CreateDate"]),
        *_password_columns(name),
        str(has_mfa).lower(),
        *first,
        *second,
        *_CERTIFICATES,
    ]


def _password_columns(name: str) -> list[str]:
    profile = iam._login_profiles.get(name)
    if profile is None:
        return ["false", "N/A", "N/A", "N/A"]
    use = iam_facts.last_use("password", name)
    changed = profile.get("PasswordLastChanged", profile["CreateDate"])
    return [
        "true",
        _moment(use.at) if use else "no_information",
        _moment(changed),
        _next_rotation(changed),
    ]


def _next_rotation(changed: str) -> str:
    policy = iam._account_password_policy.get("policy") or {}
    days = int(policy.get("MaxPasswordAge") or 0)
    if not days:
        return "N/A"
    return (datetime.fromisoformat(changed) + timedelta(days=days)).isoformat()


def _key_columns(key: dict[str, Any] | None) -> list[str]:
    if key is None:
        return _NO_KEY
    use = iam_facts.last_use("key", key["AccessKeyId"])
    used = [_moment(use.at), use.region, use.service] if use else ["N/A", "N/A", "N/A"]
    return [str(key["Status"] == "Active").lower(), _moment(key["CreateDate"]), *used]


def _moment(text: str) -> str:
    """Write a time as the report does: 2026-11-23T17:48:00+00:00."""
    return datetime.fromisoformat(text).isoformat()
