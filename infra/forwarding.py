"""Which events members forward: whole subjects, so that a new detection never touches members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.event_rules import FROM_AWS

_IDENTITY_SOURCES = [
    "aws.account",
    "aws.iam",
    "aws.identitystore",
    "aws.organizations",
    "aws.signin",
    "aws.sso",
    "aws.sso-directory",
]
# Calls that every workload makes all the time: forwarding them would cost, and say nothing.
_EVERYDAY_SESSIONS = ["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"]
# Our own functions and schedules make these calls all day.
_OUR_OWN_CALLS = ["CreateLogStream", "StartExecution"]
_OUR_SOURCES = [
    "aws.cloudformation",
    "aws.dynamodb",
    "aws.events",
    "aws.kms",
    "aws.lambda",
    "aws.logs",
    "aws.monitoring",
    "aws.scheduler",
    "aws.sns",
    "aws.sqs",
    "aws.states",
]
# Where the calls of those services name the resource that they are about.
_NAMES_IN_REQUESTS = [
    *("alarmName", "alarmNames", "aliasName", "eventBusName", "executionArn", "functionName"),
    *("logGroupName", "name", "queueUrl", "resource", "resourceArn", "rule"),
    *("stackName", "stackSetName", "stateMachineArn", "subscriptionArn", "tableName", "topicArn"),
]
# Stacks are called Rolecall..., everything in them rolecall-...: this matches both.
_OURS = [{"wildcard": "*olecall*"}]


@dataclass(frozen=True, slots=True)
class Forwarded:
    """One forwarding rule."""

    description: str
    pattern: Mapping[str, Any]
    state: str = "ENABLED"


FORWARDED: Mapping[str, Forwarded] = {
    "identity": Forwarded(
        description="Changes of identities and sign-ins",
        pattern={"source": _IDENTITY_SOURCES},
    ),
    "sessions": Forwarded(
        description="Sessions of unusual kinds, such as AssumeRoot",
        pattern={
            "source": ["aws.sts"],
            "detail": {"eventName": [{"anything-but": _EVERYDAY_SESSIONS}]},
        },
        # CloudTrail calls these read-only, which an ordinary rule never sees.
        # https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
        state="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    ),
    "root": Forwarded(
        description="Whatever the root user changes",
        pattern={
            # The identity sources are forwarded already.
            "source": [{"anything-but": _IDENTITY_SOURCES}],
            "detail": {"userIdentity": {"type": ["Root"]}},
        },
    ),
    "keys": Forwarded(
        description="Calls that make a key useless, ours among them",
        pattern={
            # AWS knows a key by its id only, which no name gives away.
            "source": ["aws.kms"],
            "detail": {"eventName": ["DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"]},
        },
    ),
    "rolecall": Forwarded(
        description="Changes of Rolecall's own resources",
        pattern={
            "source": _OUR_SOURCES,
            "detail": {
                "eventName": [{"anything-but": _OUR_OWN_CALLS}],
                "$or": [
                    {"requestParameters": {"$or": [{name: _OURS} for name in _NAMES_IN_REQUESTS]}},
                    # Event source mappings are named by an id; the answer names the function.
                    {"responseElements": {"functionArn": _OURS}},
                ],
            },
        },
    ),
}


def forwarded(break_glass: Sequence[str]) -> Mapping[str, Forwarded]:
    """Return every forwarding rule; declared break-glass principals get one of their own.

    What they do is rare, so all of it is forwarded, and every attempt to become one of the roles.
    """
    if not break_glass:
        return FORWARDED
    arns = [{"wildcard": arn} for arn in break_glass]
    pattern = {
        "source": FROM_AWS,
        "detail": {
            "$or": [{"userIdentity": {"arn": arns}}, {"requestParameters": {"roleArn": arns}}]
        },
    }
    rule = Forwarded(
        description="Use of the declared break-glass users and roles",
        pattern=pattern,
        # CloudTrail calls the start of a session read-only, as it does most of what they look at.
        state="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    )
    return {**FORWARDED, "break-glass": rule}
