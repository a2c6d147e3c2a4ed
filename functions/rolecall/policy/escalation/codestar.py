"""Escalation paths over CodeStar, which AWS has retired."""

from rolecall.policy.escalation.path import PROWLER, new_workload

PATHS = (
    new_workload(
        "codestar-new-project",
        "codestar.amazonaws.com",
        ("codestar:CreateProject",),
        "creates a project from a template of its own with the rights of the role",
        sources=(PROWLER,),
    ),
)
