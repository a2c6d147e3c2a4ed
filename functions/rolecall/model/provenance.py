"""How a change was made: by hand, by a tool, by an AWS service, and by whom in the end."""

from collections.abc import Mapping

from rolecall.model.actor import Actor
from rolecall.model.event import CloudTrailEvent

CLOUDFORMATION = "CloudFormation"
_STACK_TAG = "aws:cloudformation:stack-name"
_TOOLS = {
    "Terraform": ("terraform",),
    "OpenTofu": ("opentofu",),
    "Pulumi": ("pulumi",),
    "Ansible": ("ansible",),
    CLOUDFORMATION: ("cloudformation.amazonaws.com",),
}
"""What stands in the user agents of tools that make what code says, in lower case."""
_PERMISSION_SET = "AWSReservedSSO_"
_ISSUERS = {
    "token.actions.githubusercontent.com": "a GitHub workflow",
    "gitlab.com": "a GitLab pipeline",
    "app.terraform.io": "a run of HCP Terraform",
}


def stack_of(tags: Mapping[str, str]) -> str:
    """Return the CloudFormation stack that made what has these tags; empty for none.

    Nobody but CloudFormation can write tags that begin with `aws:`.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
    """
    return tags.get(_STACK_TAG, "")


def tool_of(event: CloudTrailEvent) -> str:
    """Return the tool that made what code says; empty where the event shows none."""
    if event.actor.is_deployment:
        return CLOUDFORMATION
    agent = event.user_agent.lower()
    for tool, marks in _TOOLS.items():
        if any(mark in agent for mark in marks):
            return tool
    return ""


def manner_of(event: CloudTrailEvent) -> str:
    """Say how the call was made, as the beginning of a sentence that who made it ends."""
    if event.is_made_by_aws:
        return "Made"
    tool = tool_of(event)
    if event.pipeline or tool:
        undeclared = "" if event.pipeline else " outside the declared pipelines"
        return f"Made with {event.pipeline.name if event.pipeline else tool}{undeclared}"
    if event.is_from_console:
        return "Made by hand in the console"
    return f"Made with {event.user_agent.partition(' ')[0] or 'an unnamed client'}"


def person_behind(actor: Actor) -> str:
    """Name whoever made a call, and who opened the session where that was seen."""
    return ", who came from ".join((_named(actor), *actor.came_from))


def _named(actor: Actor) -> str:
    """Name whoever made a call as far as its session tells: the person or pipeline behind it.

    Sessions of Identity Center are named after the user; a source identity, once set, goes along
    from role to role and cannot be changed on the way.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
    """
    if actor.is_identity_center_user:
        role = actor.role_arn.rpartition("/")[2].removeprefix(_PERMISSION_SET)
        return f"{actor.session_name} (permission set {role.rpartition('_')[0]})"
    if actor.source_identity:
        return f"{actor.source_identity}, as {actor}"
    if actor.subject:
        return f"{actor.subject} ({_pipeline(actor.federated_by)})"
    if actor.type == "AWSAccount":
        return f"somebody of account {actor.account_id}"
    if actor.federated_by:
        return f"{_pipeline(actor.federated_by)}, as {actor}"
    return str(actor)


def _pipeline(provider: str) -> str:
    """Name who comes through an identity provider, given by its ARN."""
    issuer = provider.partition(":oidc-provider/")[2] or provider
    return _ISSUERS.get(issuer, f"somebody from {issuer}")
