"""What the accounts hold before anybody watches: much that is fine, and some that is not."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from demo.embedded_aws import Credentials, EmbeddedAWS, LastUse
from demo.organization import DEVELOPMENT, PRODUCTION, SANDBOX, Account, Organization

FOREIGN_ACCOUNT = "999999999999"
"""An account of nobody whom the organization knows."""
_PASSWORD = "correct-Horse-7-battery"  # noqa: S105 - of accounts that exist for half a minute
_CLEAN_USERS = 8
_CLEAN_ROLES = 8
_ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
_READER = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"


@dataclass(frozen=True, slots=True)
class Seeded:
    """What the rest of the story needs to know."""

    principals: int
    intruder: Credentials
    """The key of `night-shift` in production, which will be stolen."""


def plant(aws: EmbeddedAWS, organization: Organization) -> Seeded:
    """Fill the members through the real API of IAM, with dates in the past."""
    gardens = {account.id: _Garden(aws, account) for account in organization.members}
    for garden in gardens.values():
        garden.plant_clean()
    _plant_production(gardens[PRODUCTION])
    _plant_development(gardens[DEVELOPMENT])
    gardens[SANDBOX].user("experiment", age_days=100, key_used_days=3)
    intruder = gardens[PRODUCTION].administrator("night-shift")
    return Seeded(sum(garden.count for garden in gardens.values()), intruder)


def _plant_production(garden: "_Garden") -> None:
    garden.group("deployment", ["cloudformation:*", "lambda:*", "s3:*"])
    garden.user("ci-deploy", age_days=400, key_used_days=1, group="deployment")
    garden.user("backup-job", age_days=200, has_key=True)
    garden.user("former-contractor", age_days=1100, password_used_days=500, has_mfa=True)
    garden.user("operations", age_days=120, password_used_days=2, has_mfa=True)
    garden.role("vendor-support", {"AWS": f"arn:aws:iam::{FOREIGN_ACCOUNT}:root"})
    garden.role("deployer", {"AWS": f"arn:aws:iam::{PRODUCTION}:root"})


def _plant_development(garden: "_Garden") -> None:
    garden.user("analyst", age_days=60, password_used_days=1)
    garden.group("support", ["iam:*"])
    garden.user("support-lead", age_days=30, key_used_days=1, group="support")
    # A way up that no rule sees yet.
    garden.group("release", ["iam:CreatePolicyVersion"])
    garden.user("release-lead", age_days=30, key_used_days=1, group="release")
    garden.bounded_administrator("bounded-admin")


@dataclass(frozen=True, slots=True)
class _User:
    """A user to plant; a use some days ago implies the credential that was used."""

    name: str
    age_days: int
    key_used_days: int | None = None
    has_key: bool = False
    password_used_days: int | None = None
    has_mfa: bool = False
    group: str | None = None


class _Garden:
    """Plants users and roles in one account."""

    def __init__(self, aws: EmbeddedAWS, account: Account) -> None:
        self._aws = aws
        self._account = account
        self._iam: Any = aws.client("iam", credentials=account.administrator)
        self._now = datetime.now(UTC)
        self.count = 0

    def plant_clean(self) -> None:
        """Plant what is as it should be."""
        for number in range(1, _CLEAN_USERS + 1):
            self.user(f"app-{number}", age_days=10 * number, key_used_days=1)
        for number in range(1, _CLEAN_ROLES + 1):
            self.role(f"service-{number}", {"Service": "lambda.amazonaws.com"})

    def user(self, name: str, **traits: Any) -> Credentials | None:  # noqa: ANN401 - of _User
        """Plant a user with the traits of `_User`; return its key, if it has one."""
        user = _User(name, **traits)
        with self._aws.clock(self._ago(user.age_days)):
            key = self._make(user)
        if user.group:
            self._iam.add_user_to_group(GroupName=user.group, UserName=name)
        if key and user.key_used_days is not None:
            self._used(key.access_key_id, LastUse("key", self._ago(user.key_used_days)))
        if user.password_used_days is not None:
            self._used(name, LastUse("password", self._ago(user.password_used_days)))
        self.count += 1
        return key

    def _make(self, user: "_User") -> Credentials | None:
        self._iam.create_user(UserName=user.name)
        if user.password_used_days is not None:
            self._iam.create_login_profile(UserName=user.name, Password=_PASSWORD)
        if user.has_mfa:
            self._mfa(user.name)
        has_key = user.has_key or user.key_used_days is not None
        return self._key(user.name) if has_key else None

    def administrator(self, name: str) -> Credentials:
        """Plant a user whom an inline policy makes an administrator."""
        key = self.user(name, age_days=50, key_used_days=1)
        self._iam.put_user_policy(
            UserName=name, PolicyName="temporary", PolicyDocument=_allow(["*"])
        )
        assert key is not None  # noqa: S101 - asked for above
        return key

    def bounded_administrator(self, name: str) -> None:
        """Plant a user with the administrator's policy and a boundary that takes it back."""
        self.user(name, age_days=20, key_used_days=1)
        self._iam.attach_user_policy(UserName=name, PolicyArn=_ADMINISTRATOR)
        self._iam.put_user_permissions_boundary(UserName=name, PermissionsBoundary=_READER)

    def group(self, name: str, actions: list[str]) -> None:
        """Plant a group that allows some actions on everything."""
        self._iam.create_group(GroupName=name)
        self._iam.put_group_policy(
            GroupName=name, PolicyName="support", PolicyDocument=_allow(actions)
        )

    def role(self, name: str, trusted: dict[str, str]) -> None:
        """Plant a role that was used yesterday."""
        statement = {"Effect": "Allow", "Principal": trusted, "Action": "sts:AssumeRole"}
        self._iam.create_role(RoleName=name, AssumeRolePolicyDocument=_document(statement))
        self._used(name, LastUse("role", self._ago(1)))
        self.count += 1

    def _key(self, user: str) -> Credentials:
        key = self._iam.create_access_key(UserName=user)["AccessKey"]
        return Credentials(key["AccessKeyId"], key["SecretAccessKey"])

    def _mfa(self, user: str) -> None:
        device = self._iam.create_virtual_mfa_device(VirtualMFADeviceName=user)["VirtualMFADevice"]
        self._iam.enable_mfa_device(
            UserName=user,
            SerialNumber=device["SerialNumber"],
            AuthenticationCode1="123456",
            AuthenticationCode2="654321",
        )

    def _used(self, name: str, use: LastUse) -> None:
        self._aws.last_used(self._account.id, name, use)

    def _ago(self, days: int) -> datetime:
        return self._now - timedelta(days=days)


def _allow(actions: list[str]) -> str:
    return _document({"Effect": "Allow", "Action": actions, "Resource": "*"})


def _document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
