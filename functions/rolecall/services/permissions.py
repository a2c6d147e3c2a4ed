"""Who may do what in an account, asked of its snapshot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rolecall.model.account import Account
from rolecall.model.principals import Role, User
from rolecall.policy import ActionSet, Decision, Grants, Policy, PolicySet, can, granted
from rolecall.policy.action_index import LEVELS
from rolecall.policy.context import ContextValue

Context = Mapping[str, ContextValue]


@dataclass(frozen=True, slots=True)
class Permissions:
    """The principals of an account whose policies could all be read.

    Service control policies, session policies and the policies of resources other than roles are
    not in the snapshot, and so are not reckoned with.
    """

    account: Account

    def who_can(
        self, action: str, resource: str, context: Context
    ) -> Iterator[tuple[User | Role, Decision]]:
        """Yield who may do something, for certain or under conditions."""
        for principal in self.account.principals:
            decision = self.can(principal, action, resource, context)
            if decision.may_be_allowed:
                yield principal, decision

    def can(self, principal: User | Role, action: str, resource: str, context: Context) -> Decision:
        """Decide whether a principal may do something to a resource."""
        policies = replace(self.policies_of(principal), resource=self._trust_of(resource))
        return can(principal.arn, policies, action, resource, context)

    def granted(self, principal: User | Role) -> Grants:
        """Return all that the principal's own policies allow it."""
        return granted(self.policies_of(principal))

    def policies_of(self, principal: User | Role) -> PolicySet:
        """Return everything known that bears on the principal."""
        return replace(principal.policy_set, account_id=self.account.id)

    def _trust_of(self, resource: str) -> Policy | None:
        """Return the trust policy where the resource is a role: a role's policy of the resource."""
        for role in self.account.roles:
            if role.arn == resource:
                return role.trust
        return None


def by_service_and_level(actions: ActionSet) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield each service with how many of the actions are of each access level.

    Actions that AWS never had have no level and are counted under an empty one.
    """
    for service in actions.services:
        own = actions.matching(f"{service}:*")
        counts = {level: len(own.at_level(level)) for level in LEVELS}
        counts[""] = len(own) - sum(counts.values())
        yield service, {level: count for level, count in counts.items() if count}
