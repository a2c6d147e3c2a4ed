"""What a way to more rights is made of: the rights it needs, on what, and what they give."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

PASS_ROLE = "iam:PassRole"  # noqa: S105 - an action
PATHFINDING = "https://pathfinding.cloud/paths/"
PROWLER = (
    "https://github.com/prowler-cloud/prowler/blob/master/"
    "prowler/providers/aws/services/iam/lib/privilege_escalation.py"
)
CLOUDSPLAINING = (
    "https://github.com/salesforce/cloudsplaining/blob/master/cloudsplaining/shared/constants.py"
)


class Kind(StrEnum):
    """How a path works, in the words of findings."""

    SELF = "self-escalation"
    CREDENTIALS = "credential access"
    TRUST = "trust edit"
    GROUP = "group change"
    VERSION = "policy version"
    BOUNDARY = "boundary removal"
    NEW_WORKLOAD = "new workload"
    EXISTING_WORKLOAD = "existing workload"
    ASSUMPTION = "role assumption"
    NEW_PRINCIPAL = "new principal"
    IDENTITY_CENTER = "Identity Center"


class Target(StrEnum):
    """What an action is needed on. All but the first name the principal that is gained."""

    ANYTHING = "any resource of the action"
    USER = "the user"
    ROLE = "the role"
    GROUP = "a group that the user is in"
    POLICY = "a customer managed policy that the principal holds"
    JOINED_GROUP = "a group to join"
    ITSELF = "the actor itself"


class Gain(StrEnum):
    """What a path gives its actor."""

    BECOMES = "acts with the rights of the principal"
    RAISES = "makes the principal an administrator"
    BECOMES_RAISED = "makes the principal an administrator and acts as it"
    UNBOUNDS = "takes the permissions boundary off the principal"
    RULES = "administers the account"


@dataclass(frozen=True)  # no slots: it remembers its hash, which is asked for all the time
class Need:
    """An action that the actor must be allowed, and on what.

    `by_trust`: a policy that the actor writes gives the right, so only denials and the
    organization's policies can still take it away. `resource` is a pattern of ARNs where only
    resources of one type will do.
    """

    action: str
    on: Target = Target.ANYTHING
    by_trust: bool = False
    resource: str = "*"

    def __hash__(self) -> int:
        """Return what was found out once."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.action, self.on, self.by_trust, self.resource))

    @cached_property
    def is_of_actor(self) -> bool:
        """Whether it depends on who the actor is, whatever its policies say."""
        is_assumption = self.action == "sts:AssumeRole" and not self.by_trust
        return is_assumption or self.on is Target.ITSELF


@dataclass(frozen=True, kw_only=True, eq=False)  # no slots: it remembers its actions
class EscalationPath:
    """One way from some rights to more.

    `trusts` are the services of which the gained role must trust one, to which the role is passed
    where `iam:PassRole` is needed. `depends_on` says what must exist that IAM does not show;
    empty where nothing must. The id is the one of pathfinding.cloud where that has the path.
    """

    id: str
    name: str
    kind: Kind
    needs: tuple[Need, ...]
    gains: Gain
    how: str
    """What the actor does, as a sentence that goes on from its name."""
    trusts: tuple[str, ...] = ()
    depends_on: str = ""
    sources: tuple[str, ...] = ()

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """Return every action that is needed."""
        return tuple(dict.fromkeys(need.action for need in self.needs))

    @cached_property
    def passes_role(self) -> bool:
        """Say whether a role is passed to a service."""
        return PASS_ROLE in self.actions


def anything(*actions: str) -> tuple[Need, ...]:
    """Return the need of actions on whatever resource."""
    return tuple(Need(action) for action in actions)


def upon(path_id: str, kind: Kind, gains: Gain, how: str, *needs: Need) -> EscalationPath:
    """Return a path of IAM's own actions, under the id that pathfinding.cloud gives it."""
    return EscalationPath(
        id=path_id,
        name=" + ".join(need.action for need in needs if not need.by_trust),
        kind=kind,
        needs=needs,
        gains=gains,
        how=how,
        sources=(PATHFINDING + path_id,),
    )


def new_workload(  # noqa: PLR0913 - a row of a table
    path_id: str,
    service: str,
    actions: Iterable[str],
    how: str,
    *,
    sources: tuple[str, ...] = (),
    depends_on: str = "",
) -> EscalationPath:
    """Return the path of whoever passes a role to something new, or newly set up, of a service."""
    needs = (Need(PASS_ROLE, Target.ROLE), *anything(*actions))
    return EscalationPath(
        id=path_id,
        name=" + ".join(need.action for need in needs),
        kind=Kind.EXISTING_WORKLOAD if depends_on else Kind.NEW_WORKLOAD,
        needs=needs,
        gains=Gain.BECOMES,
        how=how,
        trusts=(service,),
        depends_on=depends_on,
        sources=sources or (PATHFINDING + path_id,),
    )


def existing_workload(  # noqa: PLR0913 - a row of a table
    path_id: str,
    service: str,
    actions: Iterable[str],
    how: str,
    depends_on: str,
    *,
    resources: tuple[str, ...] = ("*",),
    sources: tuple[str, ...] = (),
) -> EscalationPath:
    """Return the path of whoever takes over something that already runs with a role."""
    actions = tuple(actions)
    return EscalationPath(
        id=path_id,
        name=" + ".join(actions),
        kind=Kind.EXISTING_WORKLOAD,
        needs=tuple(Need(each, resource=arn) for each in actions for arn in resources),
        gains=Gain.BECOMES,
        how=how,
        trusts=(service,),
        depends_on=depends_on,
        sources=sources or (PATHFINDING + path_id,),
    )
