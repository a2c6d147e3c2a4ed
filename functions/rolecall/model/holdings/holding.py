"""A policy with whoever holds it, and the principals that it reaches through them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rolecall.model.account import Account
from rolecall.model.commands import take_policy_away
from rolecall.model.evidence import Json, Resource
from rolecall.model.holdings.administration import administration
from rolecall.model.holdings.behind import assumed_by, behind_role
from rolecall.model.holdings.standing import Verdict, limits_on
from rolecall.model.principals import Group, HeldPolicy, PolicyKind, Role, User
from rolecall.policy import Policy

_AWS_MANAGED = "iam::aws:policy/"
_ASKED_FOR = {
    "AmazonEKSClusterPolicy": {"eks.amazonaws.com"},
    "AmazonEKSVPCResourceController": {"eks.amazonaws.com"},
    "AmazonEKSWorkerNodePolicy": {"ec2.amazonaws.com"},
    "AmazonEKS_CNI_Policy": {"ec2.amazonaws.com"},
    "AmazonSSMManagedInstanceCore": {"ec2.amazonaws.com", "ssm.amazonaws.com"},
    "CloudWatchAgentServerPolicy": {"ec2.amazonaws.com"},
}
"""AWS's policies that a service's pages tell one to give to its roles, with who holds these.

https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/create-iam-roles-for-cloudwatch-agent.html
"""
_NAMED = 20
"""How many members a finding names; their number is always right."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A policy as a user, a role or a group holds it."""

    holder: User | Role | Group
    held: HeldPolicy
    principals: tuple[User | Role, ...]
    """Whom the policy reaches: the holder itself, or the members of the group.

    Administrators are not among them: whatever else a policy gives them, they have. Nor are those
    who would be administrators and from whom everything is taken: one finding says so.
    """

    @property
    def policy(self) -> Policy:
        """The document."""
        return self.held.policy

    @property
    def principal(self) -> str | None:
        """ARN of the holder; None for a group, which is no principal."""
        return None if isinstance(self.holder, Group) else self.holder.arn

    @property
    def occasion(self) -> str:
        """What tells the holding from others of the same holder."""
        return self.held.arn or self.held.name

    @property
    def is_customers(self) -> bool:
        """Whether the text can be changed here: AWS's own policies can only be replaced."""
        return self.held.kind is not PolicyKind.AWS_MANAGED

    @property
    def is_made_for_service(self) -> bool:
        """Whether AWS wrote the policy for a service, which is what holds it."""
        made = ":iam::aws:policy/service-role/" in (self.held.arn or "")
        return made and isinstance(self.holder, Role) and "Service" in behind_role(self.holder)

    @property
    def is_asked_for(self) -> bool:
        """Whether AWS asks for the policy on such a role, which a service alone may assume."""
        owner, _, name = (self.held.arn or "").partition(_AWS_MANAGED)
        holders = _ASKED_FOR.get(name, set()) if owner else set()
        behind = behind_role(self.holder) if isinstance(self.holder, Role) else {}
        return behind.keys() == {"Service"} and holders.issuperset(behind["Service"])

    @property
    def resource_of_policy(self) -> Resource:
        """The policy under its ASFF type; its holder, where the policy is inline."""
        return Resource("AwsIamPolicy", self.held.arn) if self.held.arn else self.holder.resource

    @property
    def take_away(self) -> str:
        """The command that takes the policy from its holder."""
        kind = type(self.holder).__name__.lower()
        return take_policy_away(kind, self.holder.name, self.held.name, self.held.arn)

    def who(self) -> dict[str, Json]:
        """Return the people and workloads behind the holder, as data."""
        if isinstance(self.holder, Group):
            names = sorted(each.name for each in self.principals)
            return {"members": names[:_NAMED], "member_count": len(names)}
        if isinstance(self.holder, Role):
            return {"assumed_by": assumed_by(self.holder)}
        return {}


def holdings(account: Account) -> tuple[Holding, ...]:
    """Return every policy that reaches a principal; found out once for each snapshot.

    Left out is what nobody here decides: service-linked roles belong to their service, and the
    roles of Identity Center are changed in their permission sets.
    """
    if "holdings" not in account.remembered:
        account.remembered["holdings"] = tuple(_holdings(account))
    found: tuple[Holding, ...] = account.remembered["holdings"]
    return found


def is_ours(principal: User | Role) -> bool:
    """Tell whether the principal's policies are decided in this account."""
    return isinstance(principal, User) or not (
        principal.is_service_linked or principal.is_from_identity_center
    )


def _holdings(account: Account) -> Iterator[Holding]:
    judged = [
        each for each in account.principals if is_ours(each) and not _is_told_at_once(account, each)
    ]
    for principal in judged:
        said = zip(principal.policies, account.policy_set(principal).identity, strict=True)
        own = (replace(held, policy=policy) for held, policy in said if held.group is None)
        yield from (Holding(principal, held, (principal,)) for held in own)
    members = _members(judged)
    for group in account.groups:
        if group.name in members:
            yield from (Holding(group, e, tuple(members[group.name])) for e in group.policies)


def _is_told_at_once(account: Account, principal: User | Role) -> bool:
    """Tell whether what is said of the principal as an administrator says all of its rights."""
    found = administration(account, principal)
    is_stopped = found is Verdict.BLOCKED and not limits_on(account, principal).at_most
    return found.is_live or is_stopped


def _members(principals: Iterable[User | Role]) -> Mapping[str, list[User]]:
    """Return the users among the principals by the groups that they are in."""
    found: dict[str, list[User]] = defaultdict(list)
    for principal in principals:
        if isinstance(principal, User):
            for name in dict.fromkeys(principal.groups):
                found[name].append(principal)
    return found
