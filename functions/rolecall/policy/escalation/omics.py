"""Escalation paths over HealthOmics."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "omics-001",
        "omics.amazonaws.com",
        ("omics:CreateWorkflow", "omics:StartRun"),
        "runs a workflow of its own that has the role",
    ),
)
