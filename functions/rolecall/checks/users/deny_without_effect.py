"""Policies that forbid groups what only users can do."""

# Longer than 60 lines because a managed policy is told of once, however many hold it.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.principals import Group, HeldPolicy, Role, User
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy import Statement, action_index

_GROUP = ":group/"
_SHOWN = 5


@Check(
    id="deny-without-effect",
    title="What a policy denies for a group is denied",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Name the users in Resource, by a path they share (arn:aws:iam::ACCOUNT:user/PATH/*), or"
        " deny the actions on * and attach the policy to the group that they are in."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html",
    ),
)
def deny_without_effect(account: Account) -> Iterator[Evidence]:
    """The ARN of a group does not stand for its users: what it denies them there, it does not.

    Whoever wrote a Deny of iam:CreateAccessKey on a group believes that its users are denied it.
    Judged are Deny statements that name groups alone as resources; told are those of their
    actions that no group can be the resource of.
    """
    seen = set()
    holders: tuple[Group | User | Role, ...] = (*account.groups, *account.users, *account.roles)
    for holder in holders:
        for held in holder.policies:
            place = held.arn or f"{holder.arn} {held.name}"
            if (isinstance(holder, User) and held.group) or place in seen:
                continue
            seen.add(place)
            actions = sorted({name for each in held.policy.statements for name in _idle(each)})
            if actions:
                yield _evidence(holder, held, actions)


def _idle(statement: Statement) -> Iterator[str]:
    """Yield the actions, and patterns of actions, that the statement names in vain."""
    if statement.allows or not statement.resources:
        return
    if not all(_GROUP in resource for resource in statement.resources):
        return
    index = action_index()
    effective = index.resource_types.touched_by(statement.resources)
    for pattern in statement.actions:
        bits = index.expand(pattern)
        if bits and not bits & effective:
            yield next(index.names_of(bits)) if bits.bit_count() == 1 else pattern


def _evidence(holder: Group | User | Role, held: HeldPolicy, actions: list[str]) -> Evidence:
    resource = Resource("AwsIamPolicy", held.arn) if held.arn else holder.resource
    more = ", ..." if len(actions) > _SHOWN else ""
    return Evidence(
        resource=resource,
        summary=f"{held.kind} policy {held.name} denies {', '.join(actions[:_SHOWN])}{more} on a"
        " group, which denies it to none of its users",
        principal=None if isinstance(holder, Group) or held.arn else holder.arn,
        commands=(_show(holder, held),),
        data={"actions": actions, "policy": held.arn or held.name},
        occasion=held.name,
    )


def _show(holder: Group | User | Role, held: HeldPolicy) -> str:
    if held.arn:
        return aws("iam get-policy", policy_arn=held.arn)
    kind = type(holder).__name__.lower()
    name = {f"{kind}_name": holder.name}
    return aws(f"iam get-{kind}-policy", **name, policy_name=held.name)
