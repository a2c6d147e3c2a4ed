"""Escalation paths over EMR Serverless."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "emrserverless-001",
        "emr-serverless.amazonaws.com",
        ("emr-serverless:CreateApplication", "emr-serverless:StartJobRun"),
        "runs a job that has the role in an application of its own",
    ),
    new_workload(
        "emrserverless-existing",
        "emr-serverless.amazonaws.com",
        ("emr-serverless:StartJobRun",),
        "runs a job that has the role",
        depends_on="an application",
        sources=(
            "https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/security-iam-runtime-role.html",
        ),
    ),
)
