"""Escalation paths over EC2 Image Builder."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "imagebuilder-001",
        "ec2.amazonaws.com",
        (
            "imagebuilder:CreateComponent",
            "imagebuilder:CreateImageRecipe",
            "imagebuilder:CreateInfrastructureConfiguration",
            "imagebuilder:CreateImage",
        ),
        "builds an image on an instance that has the role and runs its commands",
    ),
)
