"""Escalation paths over App Runner."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "apprunner-001",
        "tasks.apprunner.amazonaws.com",
        ("apprunner:CreateService",),
        "starts a service whose container runs as the role",
    ),
    existing_workload(
        "apprunner-002",
        "tasks.apprunner.amazonaws.com",
        ("apprunner:UpdateService",),
        "gives a running service another image or start command",
        "a service with the role",
    ),
)
