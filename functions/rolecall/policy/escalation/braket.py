"""Escalation paths over Braket."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "braket-001",
        "braket.amazonaws.com",
        ("braket:CreateJob",),
        "starts a hybrid job whose container runs as the role",
    ),
)
