"""Escalation paths over CloudFormation."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "cloudformation-001",
        "cloudformation.amazonaws.com",
        ("cloudformation:CreateStack",),
        "creates whatever a template says with the rights of the role",
    ),
    existing_workload(
        "cloudformation-002",
        "cloudformation.amazonaws.com",
        ("cloudformation:UpdateStack",),
        "changes the template of a stack that is updated with the rights of its role",
        "a stack with the role",
    ),
    new_workload(
        "cloudformation-003",
        "cloudformation.amazonaws.com",
        ("cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"),
        "creates stacks through a stack set that has the role",
    ),
    new_workload(
        "cloudformation-004",
        "cloudformation.amazonaws.com",
        ("cloudformation:UpdateStackSet",),
        "changes the template of a stack set and hands it the role",
        depends_on="a stack set",
    ),
    existing_workload(
        "cloudformation-005",
        "cloudformation.amazonaws.com",
        ("cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"),
        "executes a change set on a stack that is updated with the rights of its role",
        "a stack with the role",
    ),
)
