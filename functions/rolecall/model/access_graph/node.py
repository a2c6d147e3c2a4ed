"""A user, role or group as a node of the graph."""

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from rolecall.model.principals import Group, Role, User
from rolecall.model.privilege import is_administrator, rules_over_identities
from rolecall.policy import ActionSet, Policy, PolicySet, action_index, granted

if TYPE_CHECKING:
    from rolecall.model.access_graph.landscape import Realm

_EVERYTHING = Policy.parse(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}},
    name="everything",
)
_READS_OF_DATA = (
    "dynamodb:GetItem",
    "dynamodb:Scan",
    "kms:Decrypt",
    "s3:GetObject",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter*",
)


@dataclass(frozen=True)  # no slots: it remembers its rights
class Node:
    """A user, role or group; a group stands for what its members can do through it."""

    position: int
    principal: User | Role | Group
    realm: "Realm"

    @property
    def arn(self) -> str:
        """ARN of the user, role or group."""
        return self.principal.arn

    @property
    def bit(self) -> int:
        """The set that has this node alone."""
        return 1 << self.position

    @property
    def policies(self) -> PolicySet:
        """All that bears on it."""
        account = self.realm.account
        if isinstance(self.principal, Group):
            return account.policy_set_through(self.principal)
        return account.policy_set(self.principal)

    @property
    def boundary(self) -> Policy | None:
        """The permissions boundary, which groups have not."""
        return None if isinstance(self.principal, Group) else self.principal.boundary

    @property
    def is_administrator(self) -> bool:
        """Whether it can already change what anybody may do."""
        if isinstance(self.principal, Group):
            return is_administrator(self.policies)
        return rules_over_identities(self.realm.account, self.principal)

    @cached_property
    def weighty_rights(self) -> ActionSet:
        """What it may do for certain that changes something or reads data or secrets."""
        grants = granted(self.policies)
        return (grants.everywhere | grants.on_some_resources) & _weighty()

    @property
    def can_be_raised(self) -> bool:
        """Whether a policy that allows everything would make it an administrator."""
        policies = self.policies
        if not policies.limits:
            return True
        key = ("ceiling", policies.boundary, policies.scps)
        known = self.realm.account.remembered
        if key not in known:
            known[key] = is_administrator(
                PolicySet(
                    identity=(_EVERYTHING,),
                    boundary=policies.boundary,
                    scps=policies.scps,
                    account_id=policies.account_id,
                )
            )
        return bool(known[key])


@cache
def _weighty() -> ActionSet:
    levels = action_index().by_level
    changes = ActionSet(levels["Write"] | levels["Permissions management"])
    return changes | ActionSet.of(_READS_OF_DATA)
