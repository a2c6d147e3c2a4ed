"""What is kept of a principal between audits: what it holds, what that amounts to, who is behind.

Nothing in it ages: an unchanged principal has an unchanged record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rolecall.model.credentials import UNKNOWN_USE, LastUse
from rolecall.model.principals import PolicyKind


class Rank(StrEnum):
    """What a principal is or can become in its account."""

    ADMINISTRATOR = "administrator"
    ESCALATES = "escalates"
    """It can make itself an administrator, for certain or where something favours it."""
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class RecordedPolicy:
    """A policy that the principal holds."""

    name: str
    kind: PolicyKind
    arn: str = ""
    """Empty for an inline policy."""
    group: str = ""
    """The group that it comes through; empty when held directly."""


@dataclass(frozen=True, slots=True)
class TrustTerm:
    """Somebody whom the trust policy of a role names, and on what terms."""

    who: str
    """As policies spell principals, such as `AWS:444455556666`; `not` before it where denied."""
    conditions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say it in a line."""
        return " if ".join(filter(None, (self.who, " and ".join(self.conditions))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A set of actions in numbers."""

    actions: int
    services: int
    levels: Mapping[str, int]
    """How many are of each access level, under AWS's name for it; empty: unknown to AWS."""
    by_service: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The same for each service; empty where there are so many that the numbers alone are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """How a principal becomes an administrator: the surest and then shortest way."""

    verdict: str
    """`granted`, or `conditional` where something decides that IAM's data do not show."""
    goal: str
    """ARN of what it becomes or changes in the end."""
    steps: tuple[str, ...]
    paths: tuple[str, ...]
    """Ids of the escalation paths, one for each step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrincipalRecord:
    """One user or role."""

    arn: str
    account_id: str
    kind: str
    """`user` or `role`."""
    name: str
    created_at: datetime
    policies: tuple[RecordedPolicy, ...] = ()
    groups: tuple[str, ...] = ()
    boundary: str = ""
    """Name of the permissions boundary."""
    trusts: tuple[TrustTerm, ...] = ()
    rights: Mapping[str, Summary] = field(default_factory=dict)
    """Under `everywhere`, `on_some_resources` and `under_conditions`, where there are any."""
    guardrails_known: bool = True
    """Whether the policies of the organization are reckoned with: without, rights look wider."""
    rank: Rank = Rank.ORDINARY
    sensitive: tuple[str, ...] = ()
    """Classes of the sensitive actions that it may use."""
    escalation: Escalation | None = None
    last_use: LastUse = UNKNOWN_USE
    creator: str = ""
    """ARN of who made it; empty where no event told."""
    fingerprint: str = ""
    """Of what it may do after all its policies: the same rights, the same fingerprint."""
    code: str = ""
    """What code describes it, such as `CloudFormation stack app`; empty where none is known."""
    rights_since: datetime | None = None
    """When an audit saw this fingerprint first."""
    action_table: str = ""
    """Version of the table of AWS's actions that rights and fingerprint were found with."""
    actions: str = ""
    """All that it may do, packed by `KeptRights`, to compare with; empty where it is not kept."""

    @property
    def holdings(self) -> Mapping[str, tuple[str, ...]]:
        """The managed policies by ARN, each with the groups that it comes through.

        An empty name among the groups says that it is held directly.
        """
        held: dict[str, list[str]] = {}
        for each in self.policies:
            if each.arn:
                held.setdefault(each.arn, []).append(each.group)
        return {arn: tuple(sorted(groups)) for arn, groups in held.items()}
