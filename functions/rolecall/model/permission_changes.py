"""The calls that may change what principals may do, and whom each of them touches."""

from collections.abc import Iterator, Mapping

from rolecall.model.event import CloudTrailEvent
from rolecall.model.event_pattern import EventPattern

IAM = "iam.amazonaws.com"

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

PATTERN = EventPattern(sources=(IAM,), names=tuple(sorted(TOUCHING)))
"""The events after which an account is looked at again.

Those that AWS services cause are among them: so Identity Center provisions permission sets.
"""


def may_change_permissions(event: CloudTrailEvent) -> bool:
    """Tell whether the event may have changed what somebody may do."""
    return event.succeeded and PATTERN.matches(event)


def touched_by(event: CloudTrailEvent) -> Iterator[str]:
    """Yield what the event touched, such as `user/alice`, `group/admins` or `policy/<its ARN>`.

    Nothing for an event of which CloudTrail left out the request, for want of room.
    """
    kind, parameter = TOUCHING[event.name]
    for each in (parameter, _NEW_NAMES.get(event.name, "")):
        # Policies are given by ARN, and everything else by name.
        if name := event.requested(each):
            yield f"{kind}/{name}"
