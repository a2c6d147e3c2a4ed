"""Escalation paths over EC2 Auto Scaling."""

from rolecall.policy.escalation.path import PROWLER, new_workload

PATHS = (
    new_workload(
        "autoscaling-new-group",
        "ec2.amazonaws.com",
        ("autoscaling:CreateLaunchConfiguration", "autoscaling:CreateAutoScalingGroup"),
        "has a new group start instances that have the role",
        sources=(PROWLER,),
    ),
    new_workload(
        "autoscaling-update-group",
        "ec2.amazonaws.com",
        ("autoscaling:CreateLaunchConfiguration", "autoscaling:UpdateAutoScalingGroup"),
        "has a group start instances that have the role",
        depends_on="an Auto Scaling group",
        sources=(PROWLER,),
    ),
)
