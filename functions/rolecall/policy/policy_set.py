"""Everything that bears on one principal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from rolecall.policy.documents import Policy

Level: TypeAlias = tuple[Policy, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySet:
    """The policies that decide about the requests of one principal.

    `identity` are all identity-based policies: inline, managed, and those of the groups.
    `scps` and `rcps` are levels, the root of the organization first and the account last, each
    with the policies attached there; None where they do not apply (no organization; SCPs do not
    bear on the management account nor on service-linked roles). A boundary or session policy that
    is None does not exist; one that exists but cannot be found is a `Policy` without statements.
    `session` are the policies passed when the session began; it may use what any one of them
    allows. `resource` is the policy of the resource that is asked for, `endpoint` that of the VPC
    endpoint on the way. `account_id` is the principal's account: with it, "every resource" means
    every one in there.
    """

    identity: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    session: tuple[Policy, ...] | None = None
    scps: tuple[Level, ...] | None = None
    rcps: tuple[Level, ...] | None = None
    resource: Policy | None = None
    endpoint: Policy | None = None
    account_id: str = ""

    @property
    def limits(self) -> tuple[Level, ...]:
        """Return the groups of policies each of which must allow what the identity's do."""
        return (
            *([(self.boundary,)] if self.boundary else []),
            *([self.session] if self.session is not None else []),
            *(self.scps or ()),
        )
