"""Escalation paths over Cognito identity pools."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "cognitoidentity-001",
        "cognito-identity.amazonaws.com",
        ("cognito-identity:SetIdentityPoolRoles",),
        "has an identity pool hand out the role's credentials",
        depends_on="an identity pool",
    ),
)
