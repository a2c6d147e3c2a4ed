"""Escalation paths over CodeDeploy."""

from rolecall.policy.escalation.path import existing_workload

PATHS = (
    existing_workload(
        "codedeploy-001",
        "ec2.amazonaws.com",
        (
            "codedeploy:CreateDeployment",
            "codedeploy:RegisterApplicationRevision",
            "codedeploy:GetDeploymentConfig",
        ),
        "deploys a revision whose hooks run on the instances",
        "a deployment group of instances with the role",
    ),
)
