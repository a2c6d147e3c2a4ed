"""Escalation paths over AWS Batch."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "batch-001",
        "ecs-tasks.amazonaws.com",
        ("batch:RegisterJobDefinition", "batch:SubmitJob"),
        "submits a job whose container runs as the role",
        depends_on="a job queue",
    ),
    existing_workload(
        "batch-002",
        "ecs-tasks.amazonaws.com",
        ("batch:SubmitJob",),
        "submits a job of a registered definition with a command of its own",
        "a job definition with the role",
    ),
    new_workload(
        "batch-003",
        "ecs-tasks.amazonaws.com",
        (
            "batch:CreateComputeEnvironment",
            "batch:CreateJobQueue",
            "batch:RegisterJobDefinition",
            "batch:SubmitJob",
        ),
        "builds a queue and submits a job whose container runs as the role",
    ),
)
