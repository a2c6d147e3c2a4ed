"""Escalation paths over Managed Service for Apache Flink."""

from rolecall.policy.escalation.path import new_workload

PATHS = (
    new_workload(
        "kinesisanalytics-001",
        "kinesisanalytics.amazonaws.com",
        ("kinesisanalytics:CreateApplication", "kinesisanalytics:StartApplication"),
        "runs code of its own in an application that has the role",
    ),
)
