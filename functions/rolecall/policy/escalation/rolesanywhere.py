"""Escalation paths over IAM Roles Anywhere."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "rolesanywhere-trust-anchor",
        "rolesanywhere.amazonaws.com",
        ("rolesanywhere:CreateTrustAnchor", "rolesanywhere:CreateProfile"),
        "fetches the role's credentials with a certificate of an authority of its own",
        sources=("https://docs.aws.amazon.com/rolesanywhere/latest/userguide/introduction.html",),
    ),
)
