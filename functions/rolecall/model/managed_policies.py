"""The account's own managed policies, whether or not anybody holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rolecall.model.evidence import Resource
from rolecall.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedPolicy:
    """A customer managed policy with its versions."""

    name: str
    arn: str
    policy: Policy
    """The version in force."""
    earlier: Mapping[str, Policy] = field(default_factory=dict)
    """The other versions that are kept and can be read, by their ids."""
    unread_versions: tuple[str, ...] = ()
    """Ids of further versions that are kept and could not be read."""
    is_used: bool = True
    """Whether anybody holds it, or has it as a permissions boundary."""

    @property
    def resource(self) -> Resource:
        """The policy under its ASFF type."""
        return Resource("AwsIamPolicy", self.arn)

    def __str__(self) -> str:
        """Name the policy as a person would."""
        return f"customer managed policy {self.name}"
