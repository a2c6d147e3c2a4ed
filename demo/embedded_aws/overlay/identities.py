"""Who made a call, as the `userIdentity` of a CloudTrail record."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from datetime import UTC, datetime
from typing import Any

from demo.embedded_aws.emulator import evaluator, iam, responses, sts

_TYPE_NAMES = {"Root": "Root", "User": "IAMUser", "AssumedRole": "AssumedRole"}


def of_access_key(access_key_id: str) -> dict[str, Any] | None:
    """Return the identity behind an access key in the account of the request, None if unknown.

    https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
    """
    found = evaluator.resolve_credential(access_key_id, responses.get_account_id())
    if isinstance(found, evaluator.CredentialResolutionError):
        return None
    identity = {
        "type": _TYPE_NAMES[found.principal_type],
        "principalId": found.principal_id,
        "arn": found.principal_arn,
        "accountId": found.account_id,
    }
    if found.principal_type != "Root":  # MiniStack's keys of a root are no access keys
        identity["accessKeyId"] = access_key_id
    if found.principal_type == "User":
        identity["userName"] = found.principal_name
    if found.principal_type == "AssumedRole":
        issued = sts._sessions[access_key_id].get("IssuedAt") or datetime.now(UTC).timestamp()
        identity |= _session(found.principal_arn, datetime.fromtimestamp(issued, UTC))
    return identity


def of_cloudformation(arn: str) -> dict[str, Any]:
    """Return the identity of CloudFormation acting with a role, or for its caller."""
    account, kind = arn.split(":")[4], arn.split(":")[5].partition("/")[0]
    if kind == "role":
        name = arn.rsplit("/", 1)[-1]
        arn, kind = f"arn:aws:sts::{account}:assumed-role/{name}/AWSCloudFormation", "assumed-role"
    identity = {"arn": arn, "accountId": account, "invokedBy": "cloudformation.amazonaws.com"}
    if kind == "assumed-role":
        name, session = arn.split("/")[1:]
        principal = f"{_role_id(account, name)}:{session}"
        issued = _session(arn, datetime.now(UTC))
        return {"type": "AssumedRole", "principalId": principal, **identity, **issued}
    if kind == "user":
        user = iam._users.get_scoped(account, None, arn.rsplit("/", 1)[-1]) or {}
        named = {"principalId": user.get("UserId"), "userName": user.get("UserName")}
        return {"type": "IAMUser", **named, **identity}
    return {"type": "Root", "principalId": account, **identity}


def _session(arn: str, issued_at: datetime) -> dict[str, Any]:
    account, name = arn.split(":")[4], arn.split("/")[1]
    role = iam._roles.get_scoped(account, None, name) or {}
    return {
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role",
                "principalId": _role_id(account, name),
                "arn": role.get("Arn", f"arn:aws:iam::{account}:role/{name}"),
                "accountId": account,
                "userName": name,
            },
            "attributes": {
                "creationDate": issued_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "mfaAuthenticated": "false",
            },
        }
    }


def _role_id(account: str, name: str) -> str:
    role = iam._roles.get_scoped(account, None, name) or {}
    return str(role.get("RoleId", name))
