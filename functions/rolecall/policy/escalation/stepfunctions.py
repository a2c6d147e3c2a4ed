"""Escalation paths over Step Functions."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "stepfunctions-001",
        "states.amazonaws.com",
        ("states:CreateStateMachine", "states:StartExecution"),
        "has a new state machine call any API with the rights of the role",
    ),
    existing_workload(
        "stepfunctions-002",
        "states.amazonaws.com",
        ("states:UpdateStateMachine", "states:StartExecution"),
        "changes what a state machine calls with the rights of its role",
        "a state machine with the role",
    ),
)
