"""Actions that change what principals may do; what they lead to depends on their targets."""

from rolecall.policy.sensitive.sensitive_class import PERMISSIONS_REFERENCE, SensitiveClass

CLASS = SensitiveClass(
    id="privilege-escalation",
    gains="change what principals may do",
    weight=10,
    actions=(
        "iam:AddRoleToInstanceProfile",
        "iam:AddUserToGroup",
        "iam:AttachGroupPolicy",
        "iam:AttachRolePolicy",
        "iam:AttachUserPolicy",
        "iam:CreatePolicyVersion",
        "iam:DeleteRolePermissionsBoundary",
        "iam:DeleteUserPermissionsBoundary",
        "iam:PassRole",
        "iam:PutGroupPolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:PutUserPermissionsBoundary",
        "iam:PutUserPolicy",
        "iam:SetDefaultPolicyVersion",
        "iam:UpdateAssumeRolePolicy",
        "identitystore:CreateGroupMembership",
        "organizations:DetachPolicy",
        "organizations:UpdatePolicy",
        "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
        "sso:AttachManagedPolicyToPermissionSet",
        "sso:CreateAccountAssignment",
        "sso:PutInlinePolicyToPermissionSet",
        "sts:AssumeRole",
    ),
    sources=(
        PERMISSIONS_REFERENCE,
        "https://pathfinding.cloud/",
        "https://github.com/salesforce/cloudsplaining",
    ),
)
