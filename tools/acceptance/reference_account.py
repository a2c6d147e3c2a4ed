"""An account with everything that any escalation path can lead to, to judge policies alone."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from rolecall.policy.escalation import PATHS

Json: TypeAlias = Mapping[str, Any]

ACCOUNT_ID = "111122223333"
_CREATED_AT = "2024-06-01T00:00:00+00:00"
_ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"
ACTOR = f"arn:aws:iam::{ACCOUNT_ID}:user/actor"
_OWN = f"arn:aws:iam::{ACCOUNT_ID}:policy/own"
_EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
_NOTHING = {"Effect": "Deny", "Action": "aws-marketplace:Subscribe", "Resource": "*"}


def account_of(policies: Sequence[Json]) -> Json:
    """Return the authorization details of an account whose user `actor` holds the policies.

    Beside it there are an administrator of each kind, and for every service that takes part in a
    path a role that trusts it.
    """
    services = sorted({service for path in PATHS for service in path.trusts})
    return {
        "UserDetailList": [
            _user("actor", policies=policies, groups=["actors"], attached=[_OWN]),
            _user("administrator", attached=[_ADMINISTRATOR_ACCESS]),
        ],
        "GroupDetailList": [
            _group("actors"),
            _group("administrators", attached=[_ADMINISTRATOR_ACCESS]),
        ],
        "RoleDetailList": [
            _role("trusting-the-account", {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"}),
            *(_role(f"trusting-{i}", _principal(each)) for i, each in enumerate(services)),
        ],
        "Policies": [_policy(_ADMINISTRATOR_ACCESS, _EVERYTHING), _policy(_OWN, _NOTHING)],
    }


def _principal(service: str) -> Json:
    if service == "saml-provider":
        return {"Federated": f"arn:aws:iam::{ACCOUNT_ID}:saml-provider/people"}
    return {"Service": service}


def _user(
    name: str,
    *,
    policies: Sequence[Json] = (),
    groups: Sequence[str] = (),
    attached: Sequence[str] = (),
) -> Json:
    return {
        **_entity("user", "User", name, attached),
        "UserPolicyList": [
            {"PolicyName": f"policy-{i}", "PolicyDocument": document}
            for i, document in enumerate(policies)
        ],
        "GroupList": list(groups),
        "Tags": [],
    }


def _group(name: str, *, attached: Sequence[str] = ()) -> Json:
    return {**_entity("group", "Group", name, attached), "GroupPolicyList": []}


def _role(name: str, principal: Json) -> Json:
    trust = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {
        **_entity("role", "Role", name, [_ADMINISTRATOR_ACCESS]),
        "AssumeRolePolicyDocument": _document(trust),
        "InstanceProfileList": [],
        "RolePolicyList": [],
        "Tags": [],
        "RoleLastUsed": {},
    }


def _entity(kind: str, word: str, name: str, attached: Sequence[str]) -> dict[str, Any]:
    return {
        "Path": "/",
        f"{word}Name": name,
        f"{word}Id": f"A{kind.upper()}{name.upper()}",
        "Arn": f"arn:aws:iam::{ACCOUNT_ID}:{kind}/{name}",
        "CreateDate": _CREATED_AT,
        "AttachedManagedPolicies": [
            {"PolicyName": arn.rpartition("/")[2], "PolicyArn": arn} for arn in attached
        ],
    }


def _policy(arn: str, statement: Json) -> Json:
    name = arn.rpartition("/")[2]
    version = {
        "VersionId": "v1",
        "IsDefaultVersion": True,
        "CreateDate": _CREATED_AT,
        "Document": _document(statement),
    }
    return {
        "PolicyName": name,
        "PolicyId": f"ANPA{name.upper()}",
        "Arn": arn,
        "Path": "/",
        "DefaultVersionId": "v1",
        "AttachmentCount": 1,
        "CreateDate": _CREATED_AT,
        "PolicyVersionList": [version],
    }


def _document(statement: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": [statement]}
