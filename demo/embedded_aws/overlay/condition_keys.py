"""Condition keys about the caller, with the values that AWS gives them."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from demo.embedded_aws.emulator import Untyped, evaluator, iam, replaces
from demo.embedded_aws.overlay.membership import management_account


@replaces(evaluator, "_resolve_condition_key")
def _resolve(original: Untyped, key: str, context: Untyped) -> Untyped:
    """Resolve `aws:PrincipalArn` of a session to the ARN of its role.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
    """
    value = original(key, context)
    if key.lower() != "aws:principalarn" or ":assumed-role/" not in value:
        return value
    account, name = value.split(":")[4], value.split("/")[1]
    role = iam._roles.get_scoped(account, None, name) or {}
    return role.get("Arn", f"arn:aws:iam::{account}:role/{name}")


@replaces(evaluator, "_principal_org_id")
def _organization(original: Untyped, account: str) -> Untyped:
    """Resolve `aws:PrincipalOrgID` of a member to the organization that it is in."""
    return original(management_account(account) or account)
