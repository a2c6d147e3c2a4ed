"""With which role CloudFormation works on a stack: the one given to it, or its caller."""

from typing import Any

from demo.embedded_aws.emulator import evaluator, responses

_roles: dict[tuple[str, str], str] = {}


def remember(parameters: dict[str, Any]) -> None:
    """Keep the service role that a call of CloudFormation names for a stack."""
    name, role = parameters.get("StackName"), parameters.get("RoleARN")
    if name and role:
        _roles[responses.get_account_id(), name] = role


def of(stack_name: str) -> str:
    """Return the role that CloudFormation uses for a stack of the account in scope."""
    account = responses.get_account_id()
    if stack_name.startswith("StackSet-"):
        return f"arn:aws:iam::{account}:role/stacksets-exec-rolecall"
    return _roles.get((account, stack_name)) or str(evaluator.caller_arn())
