"""Who changes identities by code, as the deployer declares it, and what belongs to code."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rolecall.model.event import CloudTrailEvent
from rolecall.model.provenance import CLOUDFORMATION, stack_of, tool_of
from rolecall.model.typed_values import SettingsError, typed
from rolecall.policy.wildcards import any_of

_UNNAMED = "code"
_ROLE = ":role/"


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What made a change from code."""

    name: str
    """The tool, such as Terraform."""
    is_sure: bool
    """Whether nobody else can pass for it; a client may call itself whatever it likes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipelines:
    """The section `pipelines` of rolecall.toml."""

    roles: tuple[str, ...] = ()
    """ARNs of the roles that pipelines run as, with wildcards."""
    user_agents: tuple[str, ...] = ()
    """What pipelines call themselves, with wildcards."""
    state_tags: tuple[str, ...] = ()
    """Keys of the tags whose value names the Terraform state that a user or role belongs to."""

    def recognized(self, event: CloudTrailEvent) -> CloudTrailEvent:
        """Return the event with the pipeline that made it; as it is where none did."""
        pipeline = self._of(event)
        return replace(event, pipeline=pipeline) if pipeline else event

    def code_of(self, tags: Mapping[str, str]) -> str:
        """Return what code describes whatever has these tags, in words; empty for none."""
        if stack := stack_of(tags):
            return f"{CLOUDFORMATION} stack {stack}"
        states = (tags[key] for key in self.state_tags if tags.get(key))
        return next((f"Terraform state {state}" for state in states), "")

    def _of(self, event: CloudTrailEvent) -> Pipeline | None:
        """Find the pipeline: all that is declared has to fit.

        Where nothing is declared, tools count that name themselves.
        """
        if event.actor.is_deployment:
            return Pipeline(CLOUDFORMATION, is_sure=True)
        tool = tool_of(event)
        if not (self.roles or self.user_agents):
            return Pipeline(tool, is_sure=False) if tool else None
        if self.roles and not any_of(self.roles)(event.actor.role_arn):
            return None
        if self.user_agents and not any_of(self.user_agents)(event.user_agent):
            return None
        return Pipeline(tool or _UNNAMED, is_sure=bool(self.roles))


def parse_pipelines(values: Mapping[str, Any]) -> Pipelines:
    """Read the section; raise SettingsError naming the key that is wrong."""
    names = ("roles", "user_agents", "state_tags")
    given = typed(values, dict.fromkeys(names, ()), "pipelines.")
    texts = {name: _texts(given[name], name) for name in names}
    for role in texts["roles"]:
        if not role.startswith("arn:") or not role.partition(_ROLE)[2].strip("*/"):
            raise SettingsError(
                "pipelines.roles should list ARNs of roles, such as"
                f" arn:aws:iam::*:role/terraform-apply; it is {role!r}"
            )
    return Pipelines(**texts)


def _texts(value: object, name: str) -> tuple[str, ...]:
    texts = tuple(map(str, value)) if isinstance(value, tuple) else ()
    if not all(each.strip(" *") for each in texts):
        # What fits everything would make a pipeline of everybody.
        raise SettingsError(f"pipelines.{name} should name something, not everything or nothing")
    return texts
