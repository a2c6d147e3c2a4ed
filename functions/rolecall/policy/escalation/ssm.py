"""Escalation paths over Systems Manager."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    existing_workload(
        "ssm-001",
        "ec2.amazonaws.com",
        ("ssm:StartSession",),
        "opens a shell on an instance",
        "a managed instance with the role",
    ),
    existing_workload(
        "ssm-002",
        "ec2.amazonaws.com",
        ("ssm:SendCommand",),
        "runs commands on an instance",
        "a managed instance with the role",
    ),
    new_workload(
        "ssm-003",
        "ssm.amazonaws.com",
        ("ssm:CreateDocument", "ssm:StartAutomationExecution"),
        "has an automation call any API with the rights of the role",
    ),
    existing_workload(
        "ssm-association",
        "ec2.amazonaws.com",
        ("ssm:CreateAssociation",),
        "has an association run commands on an instance",
        "a managed instance with the role",
        sources=(
            "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateAssociation.html",
        ),
    ),
)
