"""The customer managed policies of an account: who holds them, and what they and AWS's can make."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rolecall.model.access_graph.node import Node
from rolecall.model.account import Account
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.principals import PolicyKind
from rolecall.model.privilege import is_administrator
from rolecall.policy import Policy, PolicySet
from rolecall.policy.bitsets import bits_of
from rolecall.policy.escalation.reach import Domain, Reach

_OF_AWS = ("AdministratorAccess", "IAMFullAccess")
"""AWS's own policies that make administrators.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess.html
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/IAMFullAccess.html
"""


@dataclass(frozen=True)  # no slots: it remembers its sets
class ManagedPolicies:
    """The policies as resources of actions, and their holders among the nodes."""

    account: Account
    nodes: list[Node]

    @cached_property
    def held(self) -> Domain:
        """Those that somebody holds."""
        return _domain(self._holders_by_arn)

    @cached_property
    def own(self) -> Domain:
        """All of the account's own, whether or not anybody holds them."""
        return _domain({**self._by_arn, **self._holders_by_arn})

    def holders(self, policies: int) -> int:
        """Return who holds one of the policies, which are a set of those held."""
        if policies == self.held.everything:
            return self._held_by_anybody
        return _union(self._holders[i] for i in bits_of(policies))

    @cached_property
    def with_strong_version(self) -> Reach:
        """Those held of which another version makes administrators, for certain and at all.

        It is looked at alone: what the holder has besides is not reckoned with. Where a version
        could not be read it may be one of these.
        """
        granted = possible = 0
        for i, arn in enumerate(self.held.arns):
            policy = self._by_arn.get(arn)
            if policy is None or policy.unread_versions:
                possible |= 1 << i
            if policy and any(map(self._is_strong, policy.earlier.values())):
                granted |= 1 << i
        return Reach(granted, granted | possible)

    @cached_property
    def strong(self) -> tuple[str, ...]:
        """The ARNs of policies that make whoever gets them an administrator, AWS's first."""
        aws = (f"arn:{self.account.partition}:iam::aws:policy/{name}" for name in _OF_AWS)
        own = (p.arn for p in self.account.managed_policies if self._is_strong(p.policy))
        return (*aws, *own)

    def _is_strong(self, policy: Policy) -> bool:
        return is_administrator(PolicySet(identity=(policy,), account_id=self.account.id))

    @cached_property
    def _by_arn(self) -> Mapping[str, ManagedPolicy]:
        return {policy.arn: policy for policy in self.account.managed_policies}

    @cached_property
    def _holders_by_arn(self) -> Mapping[str, int]:
        holders: dict[str, int] = defaultdict(int)
        for node in self.nodes:
            for held in node.principal.policies:
                if held.kind is PolicyKind.CUSTOMER_MANAGED and held.arn:
                    holders[held.arn] |= node.bit
        return holders

    @cached_property
    def _holders(self) -> tuple[int, ...]:
        return tuple(self._holders_by_arn.values())

    @cached_property
    def _held_by_anybody(self) -> int:
        return _union(self._holders)


def _domain(arns: Iterable[str]) -> Domain:
    found = tuple(arns)
    return Domain(found, ({},) * len(found))


def _union(sets: Iterable[int] | Iterator[int]) -> int:
    found = 0
    for each in sets:
        found |= each
    return found
