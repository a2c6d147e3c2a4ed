"""Escalation paths over ECS."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "ecs-001",
        "ecs-tasks.amazonaws.com",
        ("ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:CreateService"),
        "runs a service of tasks that have the role in a cluster of its own",
    ),
    new_workload(
        "ecs-002",
        "ecs-tasks.amazonaws.com",
        ("ecs:CreateCluster", "ecs:RegisterTaskDefinition", "ecs:RunTask"),
        "runs a task that has the role in a cluster of its own",
    ),
    new_workload(
        "ecs-003",
        "ecs-tasks.amazonaws.com",
        ("ecs:RegisterTaskDefinition", "ecs:CreateService"),
        "runs a service of tasks that have the role",
    ),
    new_workload(
        "ecs-004",
        "ecs-tasks.amazonaws.com",
        ("ecs:RegisterTaskDefinition", "ecs:RunTask"),
        "runs a task that has the role",
    ),
    new_workload(
        "ecs-005",
        "ecs-tasks.amazonaws.com",
        ("ecs:RegisterTaskDefinition", "ecs:StartTask"),
        "starts a task that has the role on a container instance",
    ),
    existing_workload(
        "ecs-006",
        "ecs-tasks.amazonaws.com",
        ("ecs:ExecuteCommand",),
        "runs commands in a container",
        "a running task with the role and ECS Exec",
    ),
    new_workload(
        "ecs-007",
        "ecs-tasks.amazonaws.com",
        ("ecs:StartTask", "ecs:RegisterContainerInstance"),
        "starts a task with the role on an instance of its own, with other commands",
        depends_on="a task definition",
    ),
    new_workload(
        "ecs-008",
        "ecs-tasks.amazonaws.com",
        ("ecs:RunTask",),
        "runs a registered task with the role and other commands",
        depends_on="a task definition",
    ),
    new_workload(
        "ecs-009",
        "ecs-tasks.amazonaws.com",
        ("ecs:StartTask",),
        "starts a registered task with the role and other commands",
        depends_on="a task definition and a container instance",
    ),
)
