"""Escalation paths over EMR."""

from rolecall.policy.escalation.path import existing_workload, new_workload

PATHS = (
    new_workload(
        "emr-001",
        "ec2.amazonaws.com",
        ("elasticmapreduce:RunJobFlow",),
        "starts a cluster whose instances have the role, with a bootstrap script",
    ),
    existing_workload(
        "emr-add-steps",
        "ec2.amazonaws.com",
        ("elasticmapreduce:AddJobFlowSteps",),
        "runs a command as a step of a cluster",
        "a cluster whose instances have the role",
        sources=("https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-commandrunner.html",),
    ),
)
