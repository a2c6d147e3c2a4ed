"""An invented account for the policy engine, in the shape of get-account-authorization-details.

The same numbers and seed give the same account. The mix is a judgement and no sample: most
statements name actions and resources, some read whole services, few allow everything; one in
twelve denies, and one in eight has a condition.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCOUNT = "111122223333"
_CREATED = "2026-01-01T00:00:00+00:00"
_TEAMS = ("payments", "search", "platform", "data", "mobile", "risk")
_REGIONS = ("eu-west-1", "eu-central-1", "us-east-1")
_RESOURCES = {
    "s3": ("arn:aws:s3:::{name}", "arn:aws:s3:::{name}/*"),
    "dynamodb": ("arn:aws:dynamodb:{region}:{account}:table/{name}",),
    "sqs": ("arn:aws:sqs:{region}:{account}:{name}",),
    "lambda": ("arn:aws:lambda:{region}:{account}:function:{name}*",),
    "ec2": ("arn:aws:ec2:*:{account}:instance/*", "arn:aws:ec2:*:{account}:volume/*"),
    "iam": ("arn:aws:iam::{account}:role/{name}-*",),
    "logs": ("arn:aws:logs:*:*:log-group:/aws/lambda/{name}:*",),
    "secretsmanager": ("arn:aws:secretsmanager:{region}:{account}:secret:{name}-*",),
}
_WILDCARDS = ("Get*", "List*", "Describe*", "*", "*Tags", "Put*", "Create*")
_CONDITIONS = (
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}},
    {"StringEquals": {"aws:ResourceTag/Team": "${aws:PrincipalTag/Team}"}},
    {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}},
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many of each an account has."""

    users: int
    roles: int
    groups: int
    policies: int


MEDIUM = Size(users=500, roles=1000, groups=60, policies=800)
LARGE = Size(users=5000, roles=1000, groups=300, policies=2000)


def invent_account(size: Size, names: Sequence[str], seed: int = 1) -> dict[str, Any]:
    """Invent an account whose policies use the actions of these names."""
    return _Inventor(random.Random(seed), names).account(size)  # noqa: S311 - no secret is made


def _entity(kind: str, i: int) -> dict[str, Any]:
    """Return what IAM says of everything that it has: name, id, ARN, path and time of birth."""
    name = f"{kind.lower()}-{i}"
    return {
        f"{kind}Name": name,
        f"{kind}Id": f"{kind.upper()}ID{i:015}",
        "Arn": f"arn:aws:iam::{ACCOUNT}:{kind.lower()}/{name}",
        "Path": "/",
        "CreateDate": _CREATED,
    }


@dataclass(frozen=True, slots=True)
class _Inventor:
    chance: random.Random
    names: Sequence[str]

    def account(self, size: Size) -> dict[str, Any]:
        policies = [self.policy(i) for i in range(size.policies)]
        groups = [self.group(i, policies) for i in range(size.groups)]
        return {
            "Policies": policies,
            "GroupDetailList": groups,
            "UserDetailList": [self.user(i, policies, groups) for i in range(size.users)],
            "RoleDetailList": [self.role(i, policies) for i in range(size.roles)],
        }

    def policy(self, i: int) -> dict[str, Any]:
        version = {
            "VersionId": "v1",
            "IsDefaultVersion": True,
            "CreateDate": _CREATED,
            "Document": self.document(),
        }
        return _entity("Policy", i) | {
            "DefaultVersionId": "v1",
            "AttachmentCount": 1,
            "PermissionsBoundaryUsageCount": 0,
            "IsAttachable": True,
            "UpdateDate": _CREATED,
            "PolicyVersionList": [version],
        }

    def group(self, i: int, policies: list[dict[str, Any]]) -> dict[str, Any]:
        return _entity("Group", i) | {
            "GroupPolicyList": self.inline(0.3),
            "AttachedManagedPolicies": self.attached(policies, 3),
        }

    def user(
        self,
        i: int,
        policies: list[dict[str, Any]],
        groups: list[dict[str, Any]],
    ) -> dict[str, Any]:
        members = self.chance.sample(groups, self.chance.randint(0, 3))
        return _entity("User", i) | {
            "UserPolicyList": self.inline(0.2),
            "AttachedManagedPolicies": self.attached(policies, 1),
            "GroupList": [group["GroupName"] for group in members],
            **self.boundary(policies),
        }

    def role(self, i: int, policies: list[dict[str, Any]]) -> dict[str, Any]:
        trust = {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
        return _entity("Role", i) | {
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
            "RolePolicyList": self.inline(0.8),
            "AttachedManagedPolicies": self.attached(policies, 3),
            "InstanceProfileList": [],
            **self.boundary(policies),
        }

    def boundary(self, policies: list[dict[str, Any]]) -> dict[str, Any]:
        if self.chance.random() > 0.1:  # noqa: PLR2004 - one principal in ten has a boundary
            return {}
        arn = self.chance.choice(policies)["Arn"]
        return {"PermissionsBoundary": {"PermissionsBoundaryArn": arn}}

    def inline(self, share: float) -> list[dict[str, Any]]:
        if self.chance.random() > share:
            return []
        return [{"PolicyName": "inline", "PolicyDocument": self.document()}]

    def attached(self, policies: list[dict[str, Any]], most: int) -> list[dict[str, Any]]:
        chosen = self.chance.sample(policies, self.chance.randint(0, most))
        return [{"PolicyName": p["PolicyName"], "PolicyArn": p["Arn"]} for p in chosen]

    def document(self) -> dict[str, Any]:
        count = self.chance.choice((1, 1, 2, 3, 5, 8))
        statements = [self.statement() for _ in range(count)]
        return {"Version": "2012-10-17", "Statement": statements}

    def statement(self) -> dict[str, Any]:
        kind = self.chance.random()
        service = self.chance.choice(tuple(_RESOURCES))
        statement: dict[str, Any] = {"Effect": "Deny" if kind > 0.92 else "Allow"}  # noqa: PLR2004
        if kind < 0.002:  # noqa: PLR2004 - administrators are few
            return statement | {"Action": "*", "Resource": "*"}
        if kind < 0.6:  # noqa: PLR2004 - most statements name what they mean
            own = [name for name in self.names if name.startswith(f"{service}:")]
            statement |= {"Action": self.chance.sample(own, 6), "Resource": self.arns(service)}
        else:
            services = self.chance.sample(tuple(_RESOURCES), 3)
            actions = [f"{name}:{self.chance.choice(_WILDCARDS)}" for name in services]
            statement |= {"Action": actions, "Resource": "*"}
        if self.chance.random() < 0.125:  # noqa: PLR2004 - one statement in eight
            statement["Condition"] = self.chance.choice(_CONDITIONS)
        return statement

    def arns(self, service: str) -> list[str]:
        name = f"{self.chance.choice(_TEAMS)}-{self.chance.randint(1, 999)}"
        region = self.chance.choice(_REGIONS)
        return [
            pattern.format(name=name, region=region, account=ACCOUNT)
            for pattern in _RESOURCES[service]
        ]
