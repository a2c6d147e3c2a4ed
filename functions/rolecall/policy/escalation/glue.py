"""Escalation paths over Glue."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "glue-001",
        "glue.amazonaws.com",
        ("glue:CreateDevEndpoint",),
        "logs in to a new development endpoint that has the role",
    ),
    existing_workload(
        "glue-002",
        "glue.amazonaws.com",
        ("glue:UpdateDevEndpoint",),
        "puts an SSH key of its own on a development endpoint",
        "a development endpoint with the role",
    ),
    new_workload(
        "glue-003",
        "glue.amazonaws.com",
        ("glue:CreateJob", "glue:StartJobRun"),
        "runs a script as a new job that has the role",
    ),
    new_workload(
        "glue-004",
        "glue.amazonaws.com",
        ("glue:CreateJob", "glue:CreateTrigger"),
        "has a trigger run a script as a new job that has the role",
    ),
    new_workload(
        "glue-005",
        "glue.amazonaws.com",
        ("glue:UpdateJob", "glue:StartJobRun"),
        "gives a job another script and the role, and runs it",
        depends_on="a job",
    ),
    new_workload(
        "glue-006",
        "glue.amazonaws.com",
        ("glue:UpdateJob", "glue:CreateTrigger"),
        "gives a job another script and the role, and has a trigger run it",
        depends_on="a job",
    ),
    new_workload(
        "glue-007",
        "glue.amazonaws.com",
        ("glue:CreateSession", "glue:RunStatement"),
        "runs code in an interactive session that has the role",
    ),
)
