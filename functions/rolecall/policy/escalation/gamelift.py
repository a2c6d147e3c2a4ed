"""Escalation paths over GameLift."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "gamelift-001",
        "gamelift.amazonaws.com",
        ("gamelift:CreateBuild", "gamelift:CreateFleet", "gamelift:RequestUploadCredentials"),
        "starts a fleet of servers that have the role and run its own build",
    ),
)
