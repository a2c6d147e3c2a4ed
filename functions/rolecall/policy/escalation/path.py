"""What a way to more rights is made of: the rights it needs, on what, and what they give."""

# Longer than 200 lines because the words of a path and the rows of tables are learnt together.

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from rolecall.policy.escalation.resources import RESOURCES

PASS_ROLE = "iam:PassRole"  # noqa: S105 - an action
_ATTACHING = ("iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy")
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

    ANYTHING = "a resource of the actor's choice"
    USER = "the user"
    ROLE = "the role"
    GROUP = "a group that the user is in"
    POLICY = "a customer managed policy that the principal holds"
    VERSIONED_POLICY = "such a policy that keeps another version, which makes administrators"
    JOINED_GROUP = "a group to join"
    ITSELF = "the actor itself"


class Attached(StrEnum):
    """Which managed policy an action attaches, where policies may limit that to some."""

    STRONG = "one that makes administrators"
    CREATED = "one that the actor creates"
    REWRITTEN = "one of the account's own that the actor rewrites"


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
    organization's policies can still take it away. `resource` is the pattern of ARNs of which the
    actor chooses one: all needs of a path with the same pattern have to be met on the same one.
    """

    action: str
    on: Target = Target.ANYTHING
    by_trust: bool = False
    resource: str = "*"
    attached: Attached = Attached.STRONG

    def __hash__(self) -> int:
        """Return what was found out once."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.action, self.on, self.by_trust, self.resource, self.attached))

    @cached_property
    def is_of_actor(self) -> bool:
        """Whether it depends on who the actor is, whatever its policies say."""
        is_assumption = self.action == "sts:AssumeRole" and not self.by_trust
        return is_assumption or self.on is Target.ITSELF

    @cached_property
    def attaches(self) -> bool:
        """Whether it attaches a managed policy."""
        return self.action in _ATTACHING


@dataclass(frozen=True, kw_only=True, eq=False)  # no slots: it remembers its actions
class EscalationPath:
    """One way from some rights to more.

    `trusts` are the services of which the gained role must trust one, to which the role is passed
    where `iam:PassRole` is needed. `depends_on` says what must exist that IAM does not show;
    empty where nothing must. `doubt` says what decides where the snapshot is not complete. The id
    is the one of pathfinding.cloud where that has the path.
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
    doubt: str = ""
    sources: tuple[str, ...] = ()

    @cached_property
    def asks(self) -> tuple[tuple[Need, ...], ...]:
        """Return the needs, those together that have to be met on one resource of choice."""
        chosen: dict[str, tuple[Need, ...]] = {}
        others: list[tuple[Need, ...]] = []
        for need in self.needs:
            if need.on is Target.ANYTHING:
                chosen[need.resource] = (*chosen.get(need.resource, ()), need)
            else:
                others.append((need,))
        return (*others, *chosen.values())

    @cached_property
    def attaches_own_policy(self) -> bool:
        """Say whether a policy is attached that the actor writes first."""
        return any(need.attached is not Attached.STRONG for need in self.needs)

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """Return every action that is needed."""
        return tuple(dict.fromkeys(need.action for need in self.needs))

    @cached_property
    def passes_role(self) -> bool:
        """Say whether a role is passed to a service."""
        return PASS_ROLE in self.actions


def anything(*actions: str) -> tuple[Need, ...]:
    """Return the need of actions on resources of the actor's choice, of every type they ask for."""
    return tuple(
        Need(action, resource=resource)
        for action in actions
        for resource in RESOURCES.get(action, ("*",))
    )


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
    actions: tuple[str, ...],
    how: str,
    *,
    sources: tuple[str, ...] = (),
    depends_on: str = "",
) -> EscalationPath:
    """Return the path of whoever passes a role to something new, or newly set up, of a service."""
    needs = (Need(PASS_ROLE, Target.ROLE), *anything(*actions))
    return EscalationPath(
        id=path_id,
        name=" + ".join((PASS_ROLE, *actions)),
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
    actions: tuple[str, ...],
    how: str,
    depends_on: str,
    *,
    sources: tuple[str, ...] = (),
) -> EscalationPath:
    """Return the path of whoever takes over something that already runs with a role."""
    return EscalationPath(
        id=path_id,
        name=" + ".join(actions),
        kind=Kind.EXISTING_WORKLOAD,
        needs=anything(*actions),
        gains=Gain.BECOMES,
        how=how,
        trusts=(service,),
        depends_on=depends_on,
        sources=sources or (PATHFINDING + path_id,),
    )
