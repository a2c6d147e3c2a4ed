"""Escalation paths over IAM Identity Center: permission sets, assignments and groups."""

from rolecall.policy.escalation.path import PROWLER, EscalationPath, Gain, Kind, anything

_HERE = "Identity Center, administered from this account"
_ASSIGNED = f"{_HERE}, and a permission set that the actor signs in with"

PATHS = tuple(
    EscalationPath(
        id=path_id,
        name=" + ".join(actions),
        kind=Kind.IDENTITY_CENTER,
        needs=anything(*actions),
        gains=Gain.RULES,
        how=how,
        depends_on=depends_on,
        sources=(source,),
    )
    for path_id, how, actions, depends_on, source in (
        (
            "sso-001",
            "makes a permission set with AdministratorAccess and assigns it to itself",
            (
                "sso:CreatePermissionSet",
                "sso:AttachManagedPolicyToPermissionSet",
                "sso:CreateAccountAssignment",
            ),
            _HERE,
            PROWLER,
        ),
        (
            "sso-002",
            "attaches AdministratorAccess to its own permission set",
            ("sso:AttachManagedPolicyToPermissionSet", "sso:ProvisionPermissionSet"),
            _ASSIGNED,
            PROWLER,
        ),
        (
            "sso-003",
            "writes an inline policy of its own permission set that allows everything",
            ("sso:PutInlinePolicyToPermissionSet", "sso:ProvisionPermissionSet"),
            _ASSIGNED,
            PROWLER,
        ),
        (
            "sso-assignment",
            "assigns itself a permission set of administrators",
            ("sso:CreateAccountAssignment",),
            f"{_HERE}, and a permission set of administrators",
            "https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html",
        ),
        (
            "sso-group",
            "joins a group that administrators sign in through",
            ("identitystore:CreateGroupMembership",),
            f"{_HERE}, and a group of administrators",
            "https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateGroupMembership.html",
        ),
    )
)
