"""Escalation paths over EventBridge Scheduler."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "scheduler-001",
        "scheduler.amazonaws.com",
        ("scheduler:CreateSchedule",),
        "has the scheduler call any API with the rights of the role",
    ),
    existing_workload(
        "scheduler-update",
        "scheduler.amazonaws.com",
        ("scheduler:UpdateSchedule",),
        "changes what a schedule calls with the rights of its role",
        "a schedule with the role",
        sources=(
            "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html",
        ),
    ),
)
