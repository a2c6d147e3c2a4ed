"""An invented account for the over-privilege audit, and the truth about what was planted in it.

Around the plants is the account of `bench.policy_account`, whose roles trust others than AWS
Lambda as well. Every plant is a user of its own: with all rights of one way to administrator, held
in one of four ways; or with the same rights and something that blocks them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from bench.policy_account import ACCOUNT, Size, invent_account

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolecall.model.evidence import Json

TINY = Size(users=5, roles=15, groups=3, policies=33)
SMALL = Size(users=50, roles=150, groups=11, policies=160)
_IAM = f"arn:aws:iam::{ACCOUNT}"
_BOSS = "planted-boss"
_STRONG, _CLOSED, _ROUND = "planted-strong", "planted-closed", "planted-round"
_CREATED = {"CreateDate": "2026-01-01T00:00:00+00:00", "Path": "/"}
_GITHUB = f"{_IAM}:oidc-provider/token.actions.githubusercontent.com"
_TRUSTED: tuple[dict[str, Any], ...] = (
    {"Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"},
    {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"},
    {"Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"},
    {"Principal": {"AWS": f"{_IAM}:root"}, "Action": "sts:AssumeRole"},
    {"Principal": {"AWS": "arn:aws:iam::444455556666:root"}, "Action": "sts:AssumeRole"},
    {
        "Principal": {"AWS": "arn:aws:iam::777788889999:root"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"sts:ExternalId": "example"}},
    },
    {
        "Principal": {"Federated": _GITHUB},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
            "StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/*"},
        },
    },
)
_WAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "attaches a policy to itself": (("iam:AttachUserPolicy", "{me}"),),
    "writes its own policy": (("iam:PutUserPolicy", "{me}"),),
    "writes any policy": (("iam:Put*Policy", "*"),),
    "makes keys of an administrator": (("iam:CreateAccessKey", f"{_IAM}:user/{_BOSS}"),),
    "makes a password of an administrator": (("iam:CreateLoginProfile", f"{_IAM}:user/{_BOSS}"),),
    "joins the group of administrators": (("iam:AddUserToGroup", f"{_IAM}:group/{_BOSS}"),),
    "assumes an administrator": (("sts:AssumeRole", f"{_IAM}:role/{_STRONG}"),),
    "assumes a role that assumes one": (("sts:AssumeRole", f"{_IAM}:role/{_ROUND}"),),
    "edits who is trusted": (
        ("iam:UpdateAssumeRolePolicy", f"{_IAM}:role/{_CLOSED}"),
        ("sts:AssumeRole", f"{_IAM}:role/{_CLOSED}"),
    ),
    "passes a role to a function": (
        ("iam:PassRole", f"{_IAM}:role/{_STRONG}"),
        ("lambda:CreateFunction", "*"),
        ("lambda:InvokeFunction", "*"),
    ),
    "passes a role to an instance": (
        ("iam:PassRole", f"{_IAM}:role/planted-*"),
        ("ec2:RunInstances", "*"),
    ),
    "passes a role to a stack": (
        ("iam:PassRole", "*"),
        ("cloudformation:CreateStack", "*"),
    ),
}
"""Ways to administrator: the rights that each takes, `{me}` being the user's own ARN."""


@dataclass(slots=True)
class Plants:
    """What is planted, as lists of get-account-authorization-details, and the truth about it."""

    users: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    policies: list[dict[str, Any]] = field(default_factory=list)
    truth: dict[str, list[Json]] = field(default_factory=lambda: {"positive": [], "negative": []})


def invent_with_plants(
    size: Size, names: Sequence[str], ways: int = len(_WAYS)
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Invent an account whose policies use these actions; return it and what was planted.

    The first so many ways to administrator are planted.
    """
    account = invent_account(size, names)
    for i, role in enumerate(account["RoleDetailList"]):
        trust = {"Effect": "Allow", **_TRUSTED[i % len(_TRUSTED)]}
        role["AssumeRolePolicyDocument"] = _document(trust)
    plants = _plants(ways)
    account["UserDetailList"] += [*plants.users, _user(_BOSS, groups=[_BOSS])]
    account["GroupDetailList"] += [*plants.groups, _group(_BOSS, _allowed("*", "*"))]
    account["RoleDetailList"] += _roles()
    account["Policies"] += plants.policies
    return account, plants.truth


def _plants(ways: int) -> Plants:
    plants = Plants()
    for way, rights in islice(_WAYS.items(), ways):
        for held in ("inline", "managed", "group", "split"):
            _plant(plants, f"{way}: {held}", rights, held)
        for block in ("deny", "boundary"):
            _plant(plants, f"{way}: {block}", rights, "inline", block)
    return plants


def _plant(
    plants: Plants, what: str, rights: Sequence[tuple[str, str]], held: str, block: str = ""
) -> None:
    name = f"planted-{len(plants.users)}"
    arn = f"{_IAM}:user/{name}"
    statements = [_allowed(action, resource.format(me=arn)) for action, resource in rights]
    if block == "deny":
        statements.append({"Effect": "Deny", "Action": rights[0][0], "Resource": "*"})
    user = _user(name)
    if held == "group":
        plants.groups.append(_group(name, *statements))
        user["GroupList"].append(name)
    else:
        cut = {"inline": len(statements), "managed": 0, "split": 1}[held]
        user["UserPolicyList"] += _inline(statements[:cut])
        managed = [_policy(name, statements[cut:])] if statements[cut:] else []
        plants.policies += managed
        user["AttachedManagedPolicies"] += [_attached(each) for each in managed]
    if block == "boundary":
        boundary = _policy(f"{name}-boundary", [_allowed("s3:*", "*")])
        plants.policies.append(boundary)
        user["PermissionsBoundary"] = {"PermissionsBoundaryArn": boundary["Arn"]}
    plants.users.append(user)
    plants.truth["negative" if block else "positive"].append({"arn": arn, "what": what})


def _roles() -> Iterator[dict[str, Any]]:
    """Yield roles that are administrators, open and closed, and one that can become one."""
    services = ["lambda.amazonaws.com", "ec2.amazonaws.com", "cloudformation.amazonaws.com"]
    anybody = {"AWS": f"{_IAM}:root"}
    yield _role(_STRONG, [{"Service": services}, anybody], _allowed("*", "*"))
    yield _role(_CLOSED, [{"Service": "sns.amazonaws.com"}], _allowed("*", "*"))
    yield _role(_ROUND, [anybody], _allowed("sts:AssumeRole", f"{_IAM}:role/{_STRONG}"))


def _allowed(action: str, resource: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def _document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def _inline(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not statements:
        return []
    return [{"PolicyName": "inline", "PolicyDocument": _document(*statements)}]


def _named(kind: str, name: str) -> dict[str, Any]:
    identity = f"{kind.upper()}{name.upper().replace('-', '')}"
    arn = f"{_IAM}:{kind.lower()}/{name}"
    return {f"{kind}Name": name, f"{kind}Id": identity, "Arn": arn, **_CREATED}


def _user(name: str, groups: Sequence[str] = ()) -> dict[str, Any]:
    held = {"UserPolicyList": [], "AttachedManagedPolicies": [], "GroupList": list(groups)}
    return _named("User", name) | held


def _group(name: str, *statements: dict[str, Any]) -> dict[str, Any]:
    held = {"GroupPolicyList": _inline(list(statements)), "AttachedManagedPolicies": []}
    return _named("Group", name) | held


def _role(name: str, trusted: list[dict[str, Any]], *statements: dict[str, Any]) -> dict[str, Any]:
    trust = [{"Effect": "Allow", "Principal": p, "Action": "sts:AssumeRole"} for p in trusted]
    profile = _named("InstanceProfile", name) | {
        "Arn": f"{_IAM}:instance-profile/{name}",
        "Roles": [],
    }
    return _named("Role", name) | {
        "AssumeRolePolicyDocument": _document(*trust),
        "RolePolicyList": _inline(list(statements)),
        "AttachedManagedPolicies": [],
        "InstanceProfileList": [profile],
    }


def _policy(name: str, statements: list[dict[str, Any]]) -> dict[str, Any]:
    version = {"VersionId": "v1", "IsDefaultVersion": True, "Document": _document(*statements)}
    return _named("Policy", name) | {
        "DefaultVersionId": "v1",
        "AttachmentCount": 1,
        "PermissionsBoundaryUsageCount": 0,
        "IsAttachable": True,
        "UpdateDate": _CREATED["CreateDate"],
        "PolicyVersionList": [version | {"CreateDate": _CREATED["CreateDate"]}],
    }


def _attached(policy: dict[str, Any]) -> dict[str, Any]:
    return {"PolicyName": policy["PolicyName"], "PolicyArn": policy["Arn"]}
