"""What MiniStack lacks of AWS and Rolecall needs; importing a module applies it."""

from demo.embedded_aws.overlay import (
    cloudformation,
    cloudtrail,
    dynamodb,
    eventbridge,
    iam_details,
    iam_facts,
    iam_lists,
    iam_report,
    lambda_functions,
    managed_policies,
    organizations,
    service_roles,
    sns,
    stack_sets,
    streams,
)

__all__ = [
    "cloudformation",
    "cloudtrail",
    "dynamodb",
    "eventbridge",
    "iam_details",
    "iam_facts",
    "iam_lists",
    "iam_report",
    "lambda_functions",
    "managed_policies",
    "organizations",
    "service_roles",
    "sns",
    "stack_sets",
    "streams",
]
