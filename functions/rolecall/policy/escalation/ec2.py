"""Escalation paths over EC2."""

from rolecall.policy.escalation.path import (
    CLOUDSPLAINING,
    existing_workload,
    new_workload,
)

PATHS = (
    new_workload(
        "ec2-001",
        "ec2.amazonaws.com",
        ("ec2:RunInstances",),
        "starts an instance that has the role, with a script of its own",
    ),
    existing_workload(
        "ec2-002",
        "ec2.amazonaws.com",
        ("ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"),
        "puts a script into the user data of an instance and restarts it",
        "an instance with the role",
    ),
    new_workload(
        "ec2-003",
        "ec2.amazonaws.com",
        ("ec2:RequestSpotInstances",),
        "asks for a spot instance that has the role, with a script of its own",
    ),
    existing_workload(
        "ec2-004",
        "ec2.amazonaws.com",
        ("ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"),
        "puts a script into the launch template of instances that have the role",
        "a launch template with the role, used by an Auto Scaling group",
    ),
    new_workload(
        "ec2-associate-profile",
        "ec2.amazonaws.com",
        ("ec2:AssociateIamInstanceProfile",),
        "gives the role to an instance on which it runs commands",
        depends_on="an instance that the actor controls",
        sources=("https://github.com/nccgroup/PMapper/wiki/Privilege-Escalation-Techniques",),
    ),
    new_workload(
        "ec2-replace-profile",
        "ec2.amazonaws.com",
        ("ec2:ReplaceIamInstanceProfileAssociation",),
        "exchanges the role of an instance on which it runs commands",
        depends_on="an instance that the actor controls",
        sources=(CLOUDSPLAINING,),
    ),
    existing_workload(
        "ec2instanceconnect-003",
        "ec2.amazonaws.com",
        ("ec2-instance-connect:SendSSHPublicKey",),
        "logs in to an instance with a key of its own",
        "a reachable instance with the role",
    ),
    existing_workload(
        "ec2-serial-console",
        "ec2.amazonaws.com",
        ("ec2-instance-connect:SendSerialConsoleSSHPublicKey",),
        "logs in to the serial console of an instance",
        "an instance with the role, and the serial console switched on",
        sources=("https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-serial-console.html",),
    ),
)
