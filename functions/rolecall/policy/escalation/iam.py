"""Escalation paths over IAM's own actions: policies, groups, trust, credentials and boundaries."""

# Longer than 200 lines because it is one table.

from rolecall.policy.escalation.path import (
    PROWLER,
    EscalationPath,
    Gain,
    Kind,
    Need,
    Target,
    anything,
    upon,
)

_VERSION = Need("iam:CreatePolicyVersion", Target.POLICY)
_ATTACH_USER = Need("iam:AttachUserPolicy", Target.USER)
_ATTACH_ROLE = Need("iam:AttachRolePolicy", Target.ROLE)
_PUT_USER = Need("iam:PutUserPolicy", Target.USER)
_PUT_ROLE = Need("iam:PutRolePolicy", Target.ROLE)
_NEW_KEY = Need("iam:CreateAccessKey", Target.USER)
_ASSUME = Need("sts:AssumeRole", Target.ROLE)
_TRUST = Need("iam:UpdateAssumeRolePolicy", Target.ROLE)
_BOUNDARY_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"
_TRUSTED = Need("sts:AssumeRole", Target.ROLE, by_trust=True)

_ITSELF = (
    upon(
        "iam-001",
        Kind.VERSION,
        Gain.RAISES,
        "writes a version of a policy that allows everything",
        _VERSION,
    ),
    EscalationPath(
        id="iam-default-version",
        name="iam:SetDefaultPolicyVersion",
        kind=Kind.VERSION,
        needs=(Need("iam:SetDefaultPolicyVersion", Target.VERSIONED_POLICY),),
        gains=Gain.RAISES,
        how="puts another version of a policy in force, one that makes administrators",
        doubt="a version of the policy that the snapshot does not show makes administrators",
        sources=(PROWLER,),
    ),
    upon(
        "iam-005",
        Kind.SELF,
        Gain.RAISES,
        "writes an inline policy of the role that allows everything",
        _PUT_ROLE,
    ),
    upon(
        "iam-007",
        Kind.SELF,
        Gain.RAISES,
        "writes an inline policy of the user that allows everything",
        _PUT_USER,
    ),
    upon(
        "iam-008",
        Kind.SELF,
        Gain.RAISES,
        "attaches a policy of administrators to the user",
        _ATTACH_USER,
    ),
    upon(
        "iam-009",
        Kind.SELF,
        Gain.RAISES,
        "attaches a policy of administrators to the role",
        _ATTACH_ROLE,
    ),
    upon(
        "iam-010",
        Kind.GROUP,
        Gain.RAISES,
        "attaches a policy of administrators to a group of the user",
        Need("iam:AttachGroupPolicy", Target.GROUP),
    ),
    upon(
        "iam-011",
        Kind.GROUP,
        Gain.RAISES,
        "writes an inline policy of a group of the user that allows everything",
        Need("iam:PutGroupPolicy", Target.GROUP),
    ),
    upon(
        "iam-013",
        Kind.GROUP,
        Gain.BECOMES,
        "adds the user to the group",
        Need("iam:AddUserToGroup", Target.JOINED_GROUP),
    ),
)

_OTHERS = (
    upon(
        "iam-002",
        Kind.CREDENTIALS,
        Gain.BECOMES,
        "makes an access key of the user",
        _NEW_KEY,
    ),
    upon(
        "iam-003",
        Kind.CREDENTIALS,
        Gain.BECOMES,
        "deletes an access key of the user, who may have two, and makes another",
        _NEW_KEY,
        Need("iam:DeleteAccessKey", Target.USER),
    ),
    upon(
        "iam-004",
        Kind.CREDENTIALS,
        Gain.BECOMES,
        "gives the user a console password",
        Need("iam:CreateLoginProfile", Target.USER),
    ),
    upon(
        "iam-006",
        Kind.CREDENTIALS,
        Gain.BECOMES,
        "changes the console password of the user",
        Need("iam:UpdateLoginProfile", Target.USER),
    ),
    upon(
        "iam-012",
        Kind.TRUST,
        Gain.BECOMES,
        "lets itself into the trust policy of the role and assumes it",
        _TRUST,
        _TRUSTED,
    ),
    EscalationPath(
        id="iam-saml-provider",
        name="iam:UpdateSAMLProvider",
        kind=Kind.TRUST,
        needs=anything("iam:UpdateSAMLProvider"),
        gains=Gain.BECOMES,
        how="exchanges the identity provider's metadata and signs in as the role",
        trusts=("saml-provider",),
        sources=(
            "https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html",
        ),
    ),
)

_BOTH = (
    upon(
        "iam-014",
        Kind.SELF,
        Gain.BECOMES_RAISED,
        "attaches a policy of administrators to the role and assumes it",
        _ATTACH_ROLE,
        _ASSUME,
    ),
    upon(
        "iam-015",
        Kind.CREDENTIALS,
        Gain.BECOMES_RAISED,
        "attaches a policy of administrators to the user and makes an access key of it",
        _ATTACH_USER,
        _NEW_KEY,
    ),
    upon(
        "iam-016",
        Kind.VERSION,
        Gain.BECOMES_RAISED,
        "writes a version of a policy of the role that allows everything and assumes the role",
        _VERSION,
        _ASSUME,
    ),
    upon(
        "iam-017",
        Kind.SELF,
        Gain.BECOMES_RAISED,
        "writes an inline policy of the role that allows everything and assumes the role",
        _PUT_ROLE,
        _ASSUME,
    ),
    upon(
        "iam-018",
        Kind.CREDENTIALS,
        Gain.BECOMES_RAISED,
        "writes an inline policy of the user that allows everything and makes an access key of it",
        _PUT_USER,
        _NEW_KEY,
    ),
    upon(
        "iam-019",
        Kind.TRUST,
        Gain.BECOMES_RAISED,
        "attaches a policy of administrators to the role, edits its trust and assumes it",
        _ATTACH_ROLE,
        _TRUST,
        _TRUSTED,
    ),
    upon(
        "iam-020",
        Kind.TRUST,
        Gain.BECOMES_RAISED,
        "rewrites a policy of the role and its trust, and assumes it",
        _VERSION,
        _TRUST,
        _TRUSTED,
    ),
    upon(
        "iam-021",
        Kind.TRUST,
        Gain.BECOMES_RAISED,
        "writes an inline policy of the role, lets itself into its trust and assumes it",
        _PUT_ROLE,
        _TRUST,
        _TRUSTED,
    ),
)

_TAKEN_OFF = "takes off its own permissions boundary"
_EXCHANGED = "exchanges its own permissions boundary for one that allows everything"
_BOUNDARIES = tuple(
    EscalationPath(
        id=path_id,
        name=action,
        kind=Kind.BOUNDARY,
        needs=(Need(action, Target.ITSELF),),
        gains=Gain.UNBOUNDS,
        how=how,
        sources=(source,),
    )
    for path_id, action, how, source in (
        ("iam-022", "iam:DeleteUserPermissionsBoundary", _TAKEN_OFF, PROWLER),
        ("iam-023", "iam:DeleteRolePermissionsBoundary", _TAKEN_OFF, PROWLER),
        ("iam-user-boundary", "iam:PutUserPermissionsBoundary", _EXCHANGED, _BOUNDARY_GUIDE),
        ("iam-role-boundary", "iam:PutRolePermissionsBoundary", _EXCHANGED, _BOUNDARY_GUIDE),
    )
)

_NEW = tuple(
    EscalationPath(
        id=path_id,
        name=" + ".join(actions),
        kind=Kind.NEW_PRINCIPAL,
        needs=anything(*actions),
        gains=Gain.RULES,
        how=how,
        sources=(
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
        ),
    )
    for path_id, how, actions in (
        (
            "iam-new-role-attach",
            "makes a role with a policy of administrators that it may assume",
            ("iam:CreateRole", "iam:AttachRolePolicy"),
        ),
        (
            "iam-new-role-inline",
            "makes a role that it may assume and that may do everything",
            ("iam:CreateRole", "iam:PutRolePolicy"),
        ),
        (
            "iam-new-user-key-attach",
            "makes a user with a policy of administrators and an access key",
            ("iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey"),
        ),
        (
            "iam-new-user-key-inline",
            "makes a user that may do everything and an access key of it",
            ("iam:CreateUser", "iam:PutUserPolicy", "iam:CreateAccessKey"),
        ),
        (
            "iam-new-user-password-attach",
            "makes a user with a policy of administrators and a console password",
            ("iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateLoginProfile"),
        ),
        (
            "iam-new-user-password-inline",
            "makes a user that may do everything and a console password of it",
            ("iam:CreateUser", "iam:PutUserPolicy", "iam:CreateLoginProfile"),
        ),
    )
)

PATHS = (*_ITSELF, *_OTHERS, *_BOTH, *_BOUNDARIES, *_NEW)
