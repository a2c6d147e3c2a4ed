"""What an intruder does with a stolen key, by real calls in a member account."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from demo.embedded_aws import Credentials, EmbeddedAWS
from demo.expectations import Expected
from demo.organization import PRODUCTION
from demo.seed import FOREIGN_ACCOUNT

_BACK_DOOR = "support-desk"
GRANTED = (
    Expected("permissions-granted", PRODUCTION, f"user/{_BACK_DOOR}"),
    Expected("permissions-granted", PRODUCTION, "role/deployer"),
)
"""What the changes amount to, once the account has been read again."""


@dataclass(frozen=True, slots=True)
class Change:
    """One call, and the finding that has to come of it."""

    what: str
    call: Callable[[], object]
    expected: Expected


def changes(aws: EmbeddedAWS, stolen: Credentials) -> Iterator[Change]:
    """Yield the steps, each to be made before the next is asked for."""
    iam: Any = aws.client("iam", credentials=stolen)
    iam.create_user(UserName=_BACK_DOOR)
    yield from _ways_back(iam)
    yield Change(
        "a second factor goes",
        lambda: iam.deactivate_mfa_device(
            UserName="operations", SerialNumber=f"arn:aws:iam::{PRODUCTION}:mfa/operations"
        ),
        Expected("mfa-removed", PRODUCTION, "user/operations"),
    )
    events: Any = aws.client("events", credentials=stolen)
    yield Change(
        "the monitor itself is switched off in this account",
        lambda: events.disable_rule(Name="rolecall-forward-identity"),
        Expected("monitor-tampered", PRODUCTION, ":root"),
    )


def _ways_back(iam: Any) -> Iterator[Change]:  # noqa: ANN401 - a boto3 client
    """Yield what lets the intruder come back when the stolen key is gone."""
    yield Change(
        "a key for somebody else's user",
        lambda: iam.create_access_key(UserName="backup-job"),
        Expected("access-key-for-another-user", PRODUCTION, "user/backup-job"),
    )
    yield Change(
        "a new user becomes an administrator",
        lambda: iam.attach_user_policy(
            UserName=_BACK_DOOR, PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"
        ),
        Expected("administrator-policy-attached", PRODUCTION, f"user/{_BACK_DOOR}"),
    )
    yield Change(
        "a role starts to trust a foreign account",
        lambda: iam.update_assume_role_policy(RoleName="deployer", PolicyDocument=_trust()),
        Expected("role-trust-changed", PRODUCTION, "role/deployer"),
    )


def _trust() -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{FOREIGN_ACCOUNT}:root"},
        "Action": "sts:AssumeRole",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
