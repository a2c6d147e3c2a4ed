"""An invented account for snapshots: users with groups, policies, passwords and keys of all ages.

The same number of users gives the same account.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

ACCOUNT = "111122223333"
TAKEN_AT = datetime(2026, 11, 23, tzinfo=UTC)
_GROUPS = 60
_ROLES = 200
_SERVICES = ("s3", "dynamodb", "sqs", "lambda", "ec2", "logs", "iam", "kms")
_KEY = "access_key_{}_{}"


def invent_snapshot(users: int) -> dict[str, Any]:
    """Invent a snapshot as `rolecall snapshot` writes it."""
    return {
        "version": 1,
        "account_id": ACCOUNT,
        "taken_at": TAKEN_AT.isoformat(),
        "authorization_details": _details(users),
        "credential_report": _report(users),
    }


def _details(users: int) -> dict[str, Any]:
    return {
        "UserDetailList": [_user(i) for i in range(users)],
        "GroupDetailList": [
            _entity("Group", i) | _attached(i) | {"GroupPolicyList": [_inline(i)]}
            for i in range(_GROUPS)
        ],
        "RoleDetailList": [_role(i) for i in range(_ROLES)],
        "Policies": [_policy(i) for i in range(_GROUPS)],
    }


def _entity(kind: str, i: int) -> dict[str, Any]:
    name = f"{kind.lower()}-{i}"
    return {
        f"{kind}Name": name,
        "Arn": f"arn:aws:iam::{ACCOUNT}:{kind.lower()}/{name}",
        "Path": "/",
        "CreateDate": _days_ago(i % 900 + 1),
    }


def _user(i: int) -> dict[str, Any]:
    groups = [f"group-{(i + step) % _GROUPS}" for step in range(i % 4)]
    inline = {"UserPolicyList": [_inline(i)]} if i % 5 == 0 else {}
    tags = [{"Key": "owner", "Value": f"person-{i}@example.com"}] if i % 3 else []
    return _entity("User", i) | inline | {"GroupList": groups, "Tags": tags}


def _role(i: int) -> dict[str, Any]:
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": "lambda.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    document = {"Version": "2012-10-17", "Statement": [trust]}
    more = {"AssumeRolePolicyDocument": document, "RoleLastUsed": {}}
    return _entity("Role", i) | _attached(i) | more


def _policy(i: int) -> dict[str, Any]:
    version = {"VersionId": "v1", "IsDefaultVersion": True, "Document": _document(i)}
    return _entity("Policy", i) | {"DefaultVersionId": "v1", "PolicyVersionList": [version]}


def _attached(i: int) -> dict[str, Any]:
    policy = _entity("Policy", i % _GROUPS)
    attached = {"PolicyName": policy["PolicyName"], "PolicyArn": policy["Arn"]}
    return {"AttachedManagedPolicies": [attached]}


def _inline(i: int) -> dict[str, Any]:
    return {"PolicyName": "inline", "PolicyDocument": _document(i)}


def _document(i: int) -> dict[str, Any]:
    """Return a document of which there are as many as users, administrators now and then."""
    service = _SERVICES[i % len(_SERVICES)]
    actions = ["*"] if i % 500 == 0 else [f"{service}:Get*", f"{service}:List*", f"{service}:Put*"]
    resource = "*" if i % 2 else f"arn:aws:{service}:eu-west-1:{ACCOUNT}:thing-{i}/*"
    statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
    deny = {"Effect": "Deny", "Action": f"{service}:PutAccount*", "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement, deny]}


def _report(users: int) -> str:
    rows = [_row("<root_account>", f"arn:aws:iam::{ACCOUNT}:root", 7)]
    rows += [_row(f"user-{i}", f"arn:aws:iam::{ACCOUNT}:user/user-{i}", i) for i in range(users)]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _row(name: str, arn: str, i: int) -> dict[str, str]:
    age = i % 900 + 1
    has_password, has_mfa = i % 3 != 0, i % 4 != 0
    row = {
        "user": name,
        "arn": arn,
        "user_creation_time": _days_ago(age),
        "password_enabled": str(has_password).lower(),
        "password_last_used": _days_ago(i % age) if has_password else "N/A",
        "password_last_changed": _days_ago(age) if has_password else "N/A",
        "password_next_rotation": "N/A",
        "mfa_active": str(has_mfa).lower(),
    }
    return row | _key(1, age, is_active=i % 2 == 0) | _key(2, age // 2, is_active=i % 20 == 0)


def _key(number: int, age: int, *, is_active: bool) -> dict[str, str]:
    values = {
        "active": str(is_active).lower(),
        "last_rotated": _days_ago(age) if is_active else "N/A",
        "last_used_date": _days_ago(age // 3) if is_active else "N/A",
        "last_used_region": "eu-west-1" if is_active else "N/A",
        "last_used_service": "s3" if is_active else "N/A",
    }
    return {_KEY.format(number, name): value for name, value in values.items()}


def _days_ago(days: int) -> str:
    return (TAKEN_AT - timedelta(days=days)).isoformat()
