"""The snapshot: what IAM in one account looked like at one moment, and what could not be read."""

# Longer than 200 lines because everything that rules ask of a snapshot is asked here.

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from rolecall.model.account_settings import (
    Contacts,
    IdentityProvider,
    PasswordPolicy,
    ServerCertificate,
)
from rolecall.model.completeness import NOT_ASKED, PRESENT, Completeness, Part, State
from rolecall.model.creators import Creator, creators_of
from rolecall.model.credentials import Credentials
from rolecall.model.evidence import Resource
from rolecall.model.exceptions import RuleException
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.organization import Guardrails, MemberAccount, Organization, People
from rolecall.model.principals import Group, Role, User
from rolecall.model.service_access import ServiceAccess
from rolecall.policy import Policy, PolicySet
from rolecall.policy.context import Context, ContextValue
from rolecall.policy.personal import Facts, settled

if TYPE_CHECKING:
    from rolecall.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be read or judged, and why."""

    part: str
    call: str
    """The API call, or the check, that failed."""
    error: str
    is_total: bool = False
    """Whether nothing of the account could be read at all."""
    is_passing: bool = False
    """Whether it goes by itself, as for a user newer than the credential report."""
    audit: str = ""
    """The one audit that can see it come and go; empty where every audit can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account at one moment.

    A part that could not be read has empty fields, which does not mean that there is nothing: no
    rule that needs the part is run.
    """

    id: str
    partition: str = "aws"
    taken_at: datetime
    root: User | None = None
    """The root user; None where no credential report was read."""
    users: tuple[User, ...] = ()
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    managed_policies: tuple[ManagedPolicy, ...] = ()
    """The account's own; those of AWS are known by whoever holds them."""
    password_policy: PasswordPolicy | None = None
    summary: Mapping[str, int] = field(default_factory=dict)
    """Counts and flags as GetAccountSummary names them, such as AccountMFAEnabled."""
    contacts: Contacts = field(default_factory=Contacts)
    identity_providers: tuple[IdentityProvider, ...] = ()
    server_certificates: tuple[ServerCertificate, ...] = ()
    service_last_accessed: Mapping[str, tuple[ServiceAccess, ...]] = field(default_factory=dict)
    """By the ARN of the principal; of principals that are not in here nothing is known."""
    organization: Organization | None = None
    """None where it could not be read."""
    guardrails: Guardrails = field(default_factory=Guardrails)
    people: People | None = None
    """None where nobody told who works here."""
    parts: Mapping[Part, Completeness] = field(default_factory=dict)
    gaps: tuple[Gap, ...] = ()
    """Every part that was wanted and did not come, and what is missing inside of the others."""
    exceptions: tuple[RuleException, ...] = ()
    """What people decided to live with, here or anywhere: not read from the account itself."""
    earlier: Mapping[str, "Finding"] = field(default_factory=dict)
    """By id, what the audits before stored of the checks that run now: not read from IAM either."""
    creators: Mapping[str, Creator] = field(default_factory=dict)
    """By the ARN of the user, who made the last one that had it: events tell, of some."""
    neighbourhood: "Neighbourhood | None" = field(default=None, repr=False, compare=False)
    """The accounts that were read together with this one; None where it was read alone."""
    remembered: dict[object, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What was found out about this snapshot and need not be found out again."""

    @property
    def resource(self) -> Resource:
        """The account itself, under the ARN that ASFF gives it."""
        return Resource("AwsAccount", f"arn:{self.partition}:iam::{self.id}:root")

    @property
    def everyone(self) -> Iterator[User]:
        """Every IAM user, and the root user first where it is known."""
        if self.root is not None:
            yield self.root
        yield from self.users

    @property
    def principals(self) -> Iterator[User | Role]:
        """Every user and role whose policies could all be read.

        Groups are no principals and the root user has no policies.
        """
        yield from (user for user in self.users if not user.unread)
        yield from (role for role in self.roles if not role.unread)

    @property
    def membership(self) -> MemberAccount:
        """What the organization knows of this account; only its id where that was not read."""
        known = self.organization.accounts if self.organization else {}
        return known.get(self.id) or MemberAccount(id=self.id)

    @property
    def is_management_account(self) -> bool:
        """Whether the organization is paid and ruled from here, beyond the reach of SCPs."""
        return bool(self.organization and self.organization.management_account_id == self.id)

    def credentials(self) -> Iterator[tuple[User, Credentials]]:
        """Yield every user whose credentials could be read, with them."""
        for user in self.users:
            if user.credentials is not None:
                yield user, user.credentials

    def policy_set(self, principal: User | Role) -> PolicySet:
        """Return all that bears on the principal: its policies, boundary, and the guardrails.

        The root user may do everything that the guardrails leave.
        """
        key = ("policy_set", principal.arn)
        if key not in self.remembered:
            self.remembered[key] = self._policy_set(principal)
        found: PolicySet = self.remembered[key]
        return found

    def _policy_set(self, principal: User | Role) -> PolicySet:
        own = principal.policy_set
        if isinstance(principal, User) and principal.is_root:
            own = replace(own, identity=(_ALL_OF_ROOT,))
        # https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
        is_beyond = isinstance(principal, Role) and principal.is_service_linked
        limits = Guardrails() if is_beyond else self.guardrails
        every = replace(own, account_id=self.id, scps=limits.scps, rcps=limits.rcps)
        return settled(every, lambda: self._facts_of(principal), self.remembered)

    def policy_set_through(self, group: Group) -> PolicySet:
        """Return all that bears on what any member of a group does through it.

        Members are users of this account, whoever they are: what is said of the root user, or of
        roles, is not said of them.
        """
        key = ("policy_set", group.arn)
        if key not in self.remembered:
            every = PolicySet(
                identity=tuple(held.policy for held in group.policies),
                scps=self.guardrails.scps,
                account_id=self.id,
            )
            self.remembered[key] = settled(every, self._facts_of_any_user, self.remembered)
        found: PolicySet = self.remembered[key]
        return found

    def _facts_of(self, principal: User | Role) -> Facts:
        """Return what every request of the principal tells of it."""
        is_user = isinstance(principal, User) and not principal.is_root
        return self._facts(
            {
                "aws:principalarn": principal.arn,
                "aws:principaltype": _type_of(principal),
                "aws:username": principal.name if is_user else None,
            }
        )

    def _facts_of_any_user(self) -> Facts:
        return self._facts(
            {"aws:principaltype": "User"}, f"arn:{self.partition}:iam::{self.id}:user/*"
        )

    def _facts(self, own: Mapping[str, ContextValue], arn: str = "") -> Facts:
        facts: dict[str, ContextValue] = {
            "aws:principalaccount": self.id,
            "aws:principalisawsservice": False,
            "aws:principalservicename": None,
            **own,
        }
        if self.organization and self.organization.id:
            facts["aws:principalorgid"] = self.organization.id
        return Facts(Context.of(facts), arn)

    def completeness(self, part: Part) -> Completeness:
        """Tell how complete the part is; one that nobody speaks of was not asked for."""
        return self.parts.get(part, NOT_ASKED)

    def remembering(self, findings: Iterable["Finding"]) -> "Account":
        """Return the snapshot together with what the audits before, and events, have stored."""
        earlier = {finding.id: finding for finding in findings}
        return replace(
            self,
            earlier=earlier,
            creators=creators_of(earlier.values()),
            parts={**self.parts, Part.EARLIER_FINDINGS: PRESENT},
        )

    def creator_of(self, principal: User | Role) -> Creator | None:
        """Return who made it; None where no event told, or only of an earlier one of its name."""
        creator = self.creators.get(principal.arn)
        return creator.of(principal.created_at) if creator else None

    def lacks(self, part: Part) -> bool:
        """Tell whether rules that need the part cannot judge."""
        return not self.completeness(part).is_known or any(
            gap.is_total or gap.part == part for gap in self.gaps
        )

    def misses(self, part: Part) -> bool:
        """Tell whether the part was wanted and did not come."""
        return self.lacks(part) and self.completeness(part).state is not State.NOT_ASKED

    def unread_holders(self, *parts: Part) -> frozenset[str]:
        """Return the ARNs of users, groups and roles of whom one of these parts was not read.

        What is known of them from earlier stays as it is, and so does what is known of the
        account as a whole, which is all of them. Parts that nobody could read say nothing here.
        """
        known = [part for part in parts if not self.lacks(part)]
        return frozenset().union(*map(self._unread_holders, known))

    def _unread_holders(self, part: Part) -> frozenset[str]:
        if part is Part.AUTHORIZATION_DETAILS:
            holders: tuple[User | Group | Role, ...] = (*self.users, *self.groups, *self.roles)
            return frozenset(each.arn for each in holders if each.unread)
        if part is Part.CREDENTIAL_REPORT:
            root = [self.resource.arn] if self.root is None else []
            return frozenset([*root, *(u.arn for u in self.users if u.credentials is None)])
        if part is Part.MFA_DEVICES:
            return frozenset(
                user.arn
                for user in self.everyone
                if user.credentials is None or user.credentials.mfa_devices is None
            )
        if part is Part.SERVICE_LAST_ACCESSED:
            known = self.service_last_accessed
            return frozenset(e.arn for e in (*self.users, *self.roles) if e.arn not in known)
        return frozenset()

    def is_older_than(self, moment: datetime, days: int) -> bool:
        """Tell whether more than so many whole days lay between the moment and the snapshot."""
        return self.taken_at - moment > timedelta(days=days)


@dataclass(frozen=True, slots=True, eq=False)
class Neighbourhood:
    """Accounts that were read together, so that what leads from one into another shows."""

    accounts: tuple[Account, ...]
    remembered: dict[object, Any] = field(default_factory=dict, init=False, repr=False)
    """What was found out about all of them and need not be found out again."""


def _type_of(principal: User | Role) -> str:
    """Return the value of aws:PrincipalType.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
    """
    if isinstance(principal, Role):
        return "AssumedRole"
    return "Account" if principal.is_root else "User"


_ALL_OF_ROOT = Policy.parse(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}},
    name="root user",
)
