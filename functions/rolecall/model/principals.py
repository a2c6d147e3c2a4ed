"""Users, groups, roles, and the policies that they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rolecall.model.credentials import (
    UNKNOWN_USE,
    Credentials,
    LastUse,
)
from rolecall.model.evidence import Resource
from rolecall.model.other_credentials import ServiceSpecificCredential, SSHKey
from rolecall.policy import Policy, PolicySet


class PolicyKind(StrEnum):
    """Where an identity-based policy lives."""

    INLINE = "inline"
    CUSTOMER_MANAGED = "customer managed"
    AWS_MANAGED = "AWS managed"


@dataclass(frozen=True, slots=True)
class HeldPolicy:
    """An identity-based policy and how its principal came by it."""

    name: str
    kind: PolicyKind
    policy: Policy
    arn: str | None = None
    """None for an inline policy, which has no ARN."""
    group: str | None = None
    """Name of the group that the policy is inherited from; None when held directly."""

    def __str__(self) -> str:
        """Name the policy as a person would."""
        source = f" of group {self.group}" if self.group else ""
        return f"{self.kind} policy {self.name}{source}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Principal:
    name: str
    arn: str
    created_at: datetime
    policies: tuple[HeldPolicy, ...] = ()
    boundary: Policy | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    """Names of what it holds and could not be read: it is not judged as if it lacked them."""

    @property
    def path(self) -> str:
        """The IAM path, `/` where none was given."""
        resource = self.arn.partition(":iam::")[2].partition(":")[2]
        return "/" + resource.partition("/")[2].removesuffix(self.name)

    @property
    def policy_set(self) -> PolicySet:
        """Everything that bears on what the principal may do."""
        return PolicySet(
            identity=tuple(held.policy for held in self.policies),
            boundary=self.boundary,
            account_id=self.arn.split(":")[4],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class User(_Principal):
    """An IAM user, or the root user, which is a user without policies."""

    groups: tuple[str, ...] = ()
    credentials: Credentials | None = None
    """None where they could not be read, as for a user newer than the credential report."""
    ssh_keys: tuple[SSHKey, ...] = ()
    """Empty as well where nobody asked: rules need the part SSH_KEYS."""
    service_specific_credentials: tuple[ServiceSpecificCredential, ...] = ()

    @property
    def is_root(self) -> bool:
        """Whether it is the root user, to whom IAM's policies do not apply."""
        return self.arn.endswith(":root")

    @property
    def resource(self) -> Resource:
        """The user under its ASFF type."""
        return Resource("AwsIamUser", self.arn)

    def __str__(self) -> str:
        """Name the user as a person would."""
        return f"user {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(_Principal):
    """An IAM role."""

    trust: Policy
    last_use: LastUse = UNKNOWN_USE

    @property
    def resource(self) -> Resource:
        """The role under its ASFF type."""
        return Resource("AwsIamRole", self.arn)

    def __str__(self) -> str:
        """Name the role as a person would."""
        return f"role {self.name}"

    @property
    def is_service_linked(self) -> bool:
        """Whether the role belongs to an AWS service, which alone can change it."""
        return self.path.startswith("/aws-service-role/")

    @property
    def is_from_identity_center(self) -> bool:
        """Whether Identity Center made the role from a permission set, where it is changed."""
        return self.path.startswith("/aws-reserved/sso.amazonaws.com/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An IAM group: no principal, but a way for policies to reach its users."""

    name: str
    arn: str
    policies: tuple[HeldPolicy, ...] = ()
    members: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    """Names of the policies that it holds and that could not be read."""

    @property
    def resource(self) -> Resource:
        """The group under its ASFF type."""
        return Resource("AwsIamGroup", self.arn)

    def __str__(self) -> str:
        """Name the group as a person would."""
        return f"group {self.name}"
