"""Somebody works with a tool of intruders."""

# Longer than 60 lines because tools that are odd in some services only are told apart.

from collections.abc import Iterator

from rolecall.model.attack_tools import TOOLS, Tool
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day
from rolecall.policy.wildcards import any_of


@Detection(
    id="attack-tool-used",
    title="A tool of intruders was used",
    severity=Severity.HIGH,
    patterns=tuple(
        EventPattern(
            sources=sources,
            user_agents=tuple(
                agent for tool in TOOLS if tool.sources == sources for agent in tool.user_agents
            ),
        )
        for sources in dict.fromkeys(tool.sources for tool in TOOLS)
    ),
    remediation=(
        "Ask whether a test of your own is going on. If not: the credentials are in other hands."
        " Deactivate the key or end the role's sessions now, then look at everything that was done"
        " with them, and for the place where they leaked."
    ),
    references=tuple(dict.fromkeys(tool.reference for tool in TOOLS)),
    attack=("T1078.004", "T1588.002"),
    false_positives=("Penetration tests; your own search for leaked keys, under known_tools.",),
)
def attack_tool_used(
    event: CloudTrailEvent, *, known_tools: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """TruffleHog tries every key that it finds: one that works is public, whoever runs it.

    Told are tools that name themselves and systems made for intruding; whoever knows how changes
    the name. S3 Browser is told where it makes users and keys, and not where it browses. A day of
    one principal with one tool from one address is one finding.
    """
    tool = next((each for each in TOOLS if _was_used(each, event)), None)
    if tool is None or tool.name in known_tools or event.is_made_by_aws:
        return
    actor, day = event.actor, format_day(event.at)
    did = "called" if event.succeeded else f"tried ({event.error or 'failed'}) to call"
    yield Evidence(
        resource=Resource("AwsIamUser" if actor.user_name else "AwsIamRole", actor.principal)
        if actor.user_name or actor.role_arn
        else Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{actor} {did} {event.name} of {event.source} with {tool.name} on {day}"
        f" from {event.source_ip}",
        severity=None if event.succeeded else Severity.MEDIUM,
        data={"tool": tool.name, "access_key_id": actor.access_key_id},
        occasion=f"{day} {actor.principal} {tool.name} {event.source_ip} {event.succeeded}",
    )


def _was_used(tool: Tool, event: CloudTrailEvent) -> bool:
    is_there = any_of(tool.user_agents)(event.user_agent)
    return is_there and (not tool.sources or event.source in tool.sources)
