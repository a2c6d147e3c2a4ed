"""The calls that may change what principals may do, and whom each of them touches."""

from collections.abc import Iterator, Mapping

from rolecall.model.event import CloudTrailEvent
from rolecall.model.event_pattern import EventPattern

IAM = "iam.amazonaws.com"
ORGANIZATIONS = "organizations.amazonaws.com"
IDENTITY_CENTER = "sso.amazonaws.com"
ORGANIZATION = "organization"
"""What stands for the account of a call that touches principals of many accounts."""

_OF_USERS = (
    *("AddUserToGroup", "AttachUserPolicy", "CreateUser", "DeleteUser", "DeleteUserPolicy"),
    *("DeleteUserPermissionsBoundary", "DetachUserPolicy", "PutUserPermissionsBoundary"),
    *("PutUserPolicy", "RemoveUserFromGroup", "TagUser", "UntagUser", "UpdateUser"),
)
_OF_ROLES = (
    *("AttachRolePolicy", "CreateRole", "DeleteRole", "DeleteRolePermissionsBoundary"),
    *("DeleteRolePolicy", "DetachRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy"),
    *("TagRole", "UntagRole", "UpdateAssumeRolePolicy"),
)
_OF_GROUPS = (
    *("AttachGroupPolicy", "DeleteGroup", "DeleteGroupPolicy", "DetachGroupPolicy"),
    *("PutGroupPolicy", "UpdateGroup"),
)
_OF_POLICIES = (
    *("CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "SetDefaultPolicyVersion"),
)

TOUCHING: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(_OF_USERS, ("user", "userName")),
    **dict.fromkeys(_OF_ROLES, ("role", "roleName")),
    **dict.fromkeys(_OF_GROUPS, ("group", "groupName")),
    **dict.fromkeys(_OF_POLICIES, ("policy", "policyArn")),
}
"""By call, what it touches and the request parameter that names it.

A call that makes a policy, a group or an identity provider gives nobody anything by itself.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""
_NEW_NAMES = {"UpdateUser": "newUserName", "UpdateGroup": "newGroupName"}

CREATING = ("CreateRole", "CreateUser")
"""The calls that make a principal."""

GUARDRAILS: Mapping[str, str] = {
    **dict.fromkeys(("AttachPolicy", "DetachPolicy", "UpdatePolicy"), "policyId"),
    **dict.fromkeys(("DisablePolicyType", "EnablePolicyType"), "policyType"),
    "MoveAccount": "accountId",
}
"""By call of Organizations, the request parameter that names what is attached, changed or moved.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html
"""

GUARDRAIL_PATTERN = EventPattern(sources=(ORGANIZATIONS,), names=tuple(sorted(GUARDRAILS)))
"""The events after which all accounts are audited, for SCPs and RCPs bear on many of them."""
PERMISSION_SETS: Mapping[str, str] = dict.fromkeys(
    (
        *("AttachCustomerManagedPolicyReferenceToPermissionSet", "CreateAccountAssignment"),
        *("AttachManagedPolicyToPermissionSet", "DeleteAccountAssignment"),
        *("DeleteInlinePolicyFromPermissionSet", "DeletePermissionsBoundaryFromPermissionSet"),
        *("DetachCustomerManagedPolicyReferenceFromPermissionSet", "ProvisionPermissionSet"),
        *("DetachManagedPolicyFromPermissionSet", "PutInlinePolicyToPermissionSet"),
        "PutPermissionsBoundaryToPermissionSet",
    ),
    "permissionSetArn",
)
"""By call of Identity Center, the request parameter that names whose roles it makes and changes.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenter.html
"""
PERMISSION_SETS_PATTERN = EventPattern(
    sources=(IDENTITY_CENTER,), names=tuple(sorted(PERMISSION_SETS))
)
"""The events that tell who is behind the roles that Identity Center provisions."""
PATTERN = EventPattern(sources=(IAM,), names=tuple(sorted(TOUCHING)))
"""The events after which an account is looked at again.

Those that AWS services cause are among them: so Identity Center provisions permission sets.
"""


def may_change_permissions(event: CloudTrailEvent) -> bool:
    """Tell whether the event may have changed what somebody may do."""
    patterns = (PATTERN, GUARDRAIL_PATTERN, PERMISSION_SETS_PATTERN)
    return event.succeeded and any(pattern.matches(event) for pattern in patterns)


def bears_on_many(event: CloudTrailEvent) -> bool:
    """Tell whether the event changes what bears on the principals of many accounts."""
    return event.source in (ORGANIZATIONS, IDENTITY_CENTER)


def touched_by(event: CloudTrailEvent) -> Iterator[str]:
    """Yield what the event touched, such as `user/alice`, `group/admins` or `policy/<its ARN>`.

    Nothing for an event of which CloudTrail left out the request, for want of room.
    """
    if event.source == IDENTITY_CENTER:
        if permission_set := event.requested(PERMISSION_SETS[event.name]):
            yield f"permission-set/{permission_set}"
        return
    if event.source == ORGANIZATIONS:
        yield from _guardrails_touched(event)
        return
    kind, parameter = TOUCHING[event.name]
    for each in (parameter, _NEW_NAMES.get(event.name, "")):
        # Policies are given by ARN, and everything else by name.
        if name := event.requested(each):
            yield f"{kind}/{name}"


def _guardrails_touched(event: CloudTrailEvent) -> Iterator[str]:
    parameter = GUARDRAILS[event.name]
    if parameter != "accountId":
        yield f"{ORGANIZATION}/{event.requested(parameter)}"
    for account_id in (event.requested("accountId"), event.requested("targetId")):
        if account_id.isdigit():  # others are roots and units
            yield f"account/{account_id}"
