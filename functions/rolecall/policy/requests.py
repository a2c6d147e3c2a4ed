"""A request for a decision, and the caller who makes it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from rolecall.policy.arn import account_of, parse_arn
from rolecall.policy.context import Context, ContextValue

if TYPE_CHECKING:
    from collections.abc import Mapping

CallerKind: TypeAlias = Literal[
    "user",
    "role",
    "assumed-role",
    "federated-user",
    "root",
    "provider",
    "service",
    "anonymous",
]

_PRINCIPAL_TYPES: Mapping[CallerKind, str] = {
    "user": "User",
    "role": "AssumedRole",
    "assumed-role": "AssumedRole",
    "federated-user": "FederatedUser",
    "root": "Account",
    "anonymous": "Anonymous",
}


@dataclass(frozen=True, slots=True)
class Request:
    """Who wants to do what to which resource, and what else is known of the request.

    `principal` is an ARN, the name of a service or identity provider, or `*` for somebody
    without credentials. `resource` is `*` for an action without resource types. The account of
    the resource matters where its ARN does not tell, as for buckets; without it, the resource is
    taken to be in the principal's account. In a complete context what is absent was not sent;
    otherwise it is not known, and the decision may be Conditional.
    """

    principal: str
    action: str
    resource: str = "*"
    context: Mapping[str, ContextValue] = field(default_factory=dict)
    context_is_complete: bool = False
    resource_account: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """The principal of a request, taken apart. `name` of a role session is its role's."""

    principal: str
    kind: CallerKind
    account_id: str = ""
    name: str = ""
    is_service_linked: bool = False

    @property
    def has_identity_policies(self) -> bool:
        """Say whether the caller belongs to an account, whose policies bear on it."""
        return self.kind not in ("provider", "service", "anonymous")


@lru_cache(maxsize=1 << 12)
def caller_of(principal: str) -> Caller:
    """Tell what kind of principal a text names."""
    arn = parse_arn(principal)
    if arn is None:
        return _without_arn(principal)
    kind, _, name = arn.resource.partition("/")
    match kind:
        case "root":
            caller = Caller(principal, "root", arn.account_id)
        case "user" | "federated-user":
            caller = Caller(principal, kind, arn.account_id, name.rpartition("/")[2])
        case "assumed-role":
            caller = Caller(principal, kind, arn.account_id, name.partition("/")[0])
        case "role":
            linked = name.startswith("aws-service-role/")
            caller = Caller(principal, kind, arn.account_id, name.rpartition("/")[2], linked)
        case _:
            caller = Caller(principal, "provider")
    return caller


def _without_arn(principal: str) -> Caller:
    if principal == "*":
        return Caller(principal, "anonymous")
    is_service = principal.endswith((".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"))
    return Caller(principal, "service" if is_service else "provider")


def full_context(request: Request, caller: Caller, resource_account: str) -> Context:
    """Return the request's context with the keys that AWS derives from the caller and resource.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    values: dict[str, ContextValue] = {}
    if caller.account_id:
        values["aws:principalaccount"] = caller.account_id
        values["aws:principalarn"] = _principal_arn(caller)
    elif caller.kind == "anonymous":
        values |= {"aws:principalaccount": "anonymous", "aws:principalarn": None}
    values["aws:username"] = caller.name if caller.kind == "user" else None
    if caller.kind in _PRINCIPAL_TYPES:
        values["aws:principaltype"] = _PRINCIPAL_TYPES[caller.kind]
    if resource_account:
        values["aws:resourceaccount"] = resource_account
    values["aws:principalisawsservice"] = caller.kind == "service"
    for key, value in request.context.items():
        values[key.lower()] = value
    return Context.of(values, is_complete=request.context_is_complete)


def account_of_resource(request: Request, caller: Caller) -> str:
    """Return the account of the requested resource, the caller's own when nothing tells it.

    What AWS keeps for everybody, such as its managed policies, is reached as if it were one's own.
    """
    named = request.resource_account or account_of(request.resource)
    return named if named.isdigit() else caller.account_id


def _principal_arn(caller: Caller) -> str:
    """Return the ARN that AWS compares: for a session, the ARN of the role."""
    if caller.kind != "assumed-role":
        return caller.principal
    partition = caller.principal.split(":", 2)[1]
    return f"arn:{partition}:iam::{caller.account_id}:role/{caller.name}"
