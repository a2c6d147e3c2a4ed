"""Which events members forward: whole subjects, so that a new detection never touches members."""

# Longer than 200 lines because every forwarding rule stands beside its reason.

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.event_rules import DETAIL_TYPES, FROM_AWS, PATTERN_LIMIT
from infra.names import READER_ROLE
from rolecall.catalog import DETECTIONS
from rolecall.model.attack_tools import TOOLS
from rolecall.model.identity_calls import READING, SOURCES
from rolecall.model.role_sessions import OPENING
from rolecall.model.rule import EventPattern

_IDENTITY_SOURCES = [
    "aws.access-analyzer",
    "aws.account",
    "aws.iam",
    "aws.identitystore",
    "aws.organizations",
    "aws.rolesanywhere",
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
# CloudTrail calls some that matter read-only, which an ordinary rule never sees.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
_WITH_READING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
_ABOUT_OURSELVES = "monitor-tampered"
# Where the calls of those services name the resource that they are about.
_NAMES_IN_REQUESTS = [
    *("alarmName", "alarmNames", "aliasName", "eventBusName", "executionArn", "functionName"),
    *("logGroupName", "name", "queueUrl", "resource", "resourceArn", "rule"),
    *("stackName", "stackSetName", "stateMachineArn", "subscriptionArn", "tableName", "topicArn"),
]
_OTHERS = [{"anything-but": [READER_ROLE]}]
_OURS = [{"wildcard": "*olecall*"}]  # stacks are Rolecall..., everything in them rolecall-...


@dataclass(frozen=True, slots=True)
class Forwarded:
    """One forwarding rule."""

    description: str
    pattern: Mapping[str, Any]
    state: str = "ENABLED"


def _calls_elsewhere() -> Iterator[tuple[str, str]]:
    """Yield source and name of the calls of other services that detections want, ours left out."""
    for detection in DETECTIONS:
        for pattern in detection.patterns if detection.id != _ABOUT_OURSELVES else ():
            for source in pattern.sources:
                aws = f"aws.{source.removesuffix('.amazonaws.com')}"
                if aws not in (*_IDENTITY_SOURCES, "aws.sts"):
                    yield from ((aws, name) for name in pattern.names)


def _elsewhere() -> Mapping[str, Forwarded]:
    """Return the rules for these calls; the names of all services together, as many as fit."""
    calls = set(_calls_elsewhere())
    sources = sorted({source for source, _ in calls})
    parts: list[list[str]] = [[]]
    for name in sorted({name for _, name in calls}):
        if _length(_calls(sources, [*parts[-1], name])) > PATTERN_LIMIT:
            parts.append([])
        parts[-1].append(name)
    return {
        f"services-{number}": Forwarded(
            description="Calls of other services that hand rights on, or stop recording",
            pattern=_calls(sources, part),
            # To read an administrator's password is to read, to CloudTrail.
            state=_WITH_READING,
        )
        for number, part in enumerate(parts, start=1)
    }


def _length(pattern: Mapping[str, Any]) -> int:
    """Return how long the pattern is where it is deployed, with the kinds of events."""
    return len(json.dumps({"detail-type": DETAIL_TYPES, **pattern}))


def _calls(sources: list[str], names: list[str]) -> Mapping[str, Any]:
    return {"source": sources, "detail": {"eventName": names}}


def _of_detail(pattern: EventPattern) -> Mapping[str, Any]:
    return {"source": FROM_AWS, "detail": pattern.detail()}


FORWARDED: Mapping[str, Forwarded] = {
    "identity": Forwarded(
        description="Changes of identities and sign-ins",
        pattern={"source": _IDENTITY_SOURCES},
    ),
    "readers": Forwarded(
        description="Reading all identities at once, by others than us",
        pattern={
            "source": ["aws.iam"],
            "detail": {
                "eventName": list(READING),
                "$or": [
                    {"userIdentity": {"type": [{"anything-but": ["AssumedRole"]}]}},
                    {"userIdentity": {"sessionContext": {"sessionIssuer": {"userName": _OTHERS}}}},
                ],
            },
        },
        state=_WITH_READING,
    ),
    "refused": Forwarded(
        description="Reading of identities that was refused",
        pattern=_of_detail(EventPattern(sources=SOURCES, only_refused_reads=True)),
        state=_WITH_READING,
    ),
    "sessions": Forwarded(
        description="Sessions of unusual kinds, such as AssumeRoot",
        pattern={
            "source": ["aws.sts"],
            "detail": {"eventName": [{"anything-but": _EVERYDAY_SESSIONS}]},
        },
        state=_WITH_READING,
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
    **_elsewhere(),
    "tools": Forwarded(
        description="Calls with tools of intruders",
        pattern=_of_detail(
            EventPattern(user_agents=tuple(a for tool in TOOLS for a in tool.user_agents))
        ),
        # What they do first is to look around.
        state=_WITH_READING,
    ),
    "bedrock-keys": Forwarded(
        description="What the users behind API keys of Bedrock do",
        pattern=_of_detail(EventPattern(user_names=("BedrockAPIKey-*",))),
        state=_WITH_READING,
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


_ROLE_SESSIONS = Forwarded(
    description="Sessions of roles that somebody opens, so that who opened them can be told",
    pattern={
        "source": ["aws.sts"],
        "detail": {
            "eventName": list(OPENING),
            # Services open most sessions, for themselves: nobody is behind them.
            "userIdentity": {"type": [{"anything-but": ["AWSService"]}]},
        },
    },
    state=_WITH_READING,
)


def forwarded(
    break_glass: Sequence[str], *, role_sessions: bool = False
) -> Mapping[str, Forwarded]:
    """Return every forwarding rule, with that of role sessions for those who want it.

    What declared break-glass principals do is rare, so all of it is forwarded, and every attempt to
    become one of the roles.
    """
    rules = {**FORWARDED, **({"role-sessions": _ROLE_SESSIONS} if role_sessions else {})}
    if not break_glass:
        return rules
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
        state=_WITH_READING,
    )
    return {**rules, "break-glass": rule}
