"""The organization around an account: its accounts, what limits them, and its people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from rolecall.model.completeness import Completeness, Part
from rolecall.policy.policy_set import Level

ROOT_CREDENTIALS_MANAGEMENT = "RootCredentialsManagement"
"""The feature with which member accounts need no root credentials any more.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-access-management.html
"""
ROOT_SESSIONS = "RootSessions"
"""The feature with which the management account acts as a member's root for minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAccount:
    """One account as the organization knows it."""

    id: str
    name: str = ""
    status: str = "ACTIVE"
    """AWS's word, such as ACTIVE, SUSPENDED or PENDING_CLOSURE."""
    ou_path: str = ""
    """Names from the root to the unit that holds it, as `/Workloads/Production`; empty: unknown."""
    joined_at: datetime | None = None
    parents: tuple[str, ...] = ()
    """Ids from the root to the unit that holds it; empty: unknown."""

    @property
    def is_active(self) -> bool:
        """Whether the account can be used, and read."""
        return self.status == "ACTIVE"


@dataclass(frozen=True, slots=True)
class DelegatedAdministrator:
    """A member account that administers AWS services for the whole organization."""

    account_id: str
    services: tuple[str, ...] = ()
    """Service principals, such as `access-analyzer.amazonaws.com`."""


class PolicyType(StrEnum):
    """The organization's policies that limit what principals may do."""

    SCP = "SERVICE_CONTROL_POLICY"
    RCP = "RESOURCE_CONTROL_POLICY"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationPolicy:
    """A policy of the organization, and what it is attached to."""

    id: str
    name: str
    type: PolicyType
    content: str
    targets: tuple[str, ...] = ()
    """Ids of the root, the units and the accounts."""


@dataclass(frozen=True, slots=True)
class Organization:
    """The accounts that belong together; foreign is whoever is not among them."""

    id: str
    """Empty for an account that belongs to no organization."""
    account_ids: frozenset[str]
    """The active ones: those that are audited."""
    management_account_id: str = ""
    accounts: Mapping[str, MemberAccount] = field(default_factory=dict)
    """By id, suspended ones too; empty where only the ids are known."""
    features: frozenset[str] = frozenset()
    """Centralized root access, as ListOrganizationsFeatures names it."""
    delegated_administrators: tuple[DelegatedAdministrator, ...] = ()
    policies: tuple[OrganizationPolicy, ...] = ()
    policy_types: frozenset[PolicyType] = frozenset()
    """Those that are switched on; policies of the others apply to nobody."""
    people: "People | None" = None
    parts: Mapping[Part, Completeness] = field(default_factory=dict)
    """How complete its own parts are; those that nobody speaks of were not asked for."""

    @property
    def centralizes_root_access(self) -> bool:
        """Whether the root credentials of member accounts can be done without."""
        return ROOT_CREDENTIALS_MANAGEMENT in self.features


@dataclass(frozen=True, slots=True)
class Guardrails:
    """The organization's policies in force for one account.

    Each is a list of levels, the root of the organization first and the account last; None where
    none apply: without an organization, in its management account, or where they are not known,
    which the snapshot says of its part ORGANIZATION_POLICIES.
    """

    scps: tuple[Level, ...] | None = None
    rcps: tuple[Level, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may own users, keys and roles."""

    user_name: str
    emails: tuple[str, ...] = ()
    is_active: bool = True
    """False for a leaver whom the directory still lists."""


@dataclass(frozen=True)  # no slots: it remembers its index
class People:
    """Everybody whom the identity store, or a list of the deployer's, knows."""

    people: tuple[Person, ...]
    source: str = ""
    """Where they come from, in words: `Identity Center` or the name of the list."""

    def find(self, owner: str) -> Person | None:
        """Return the person of that user name or e-mail address, whatever its case."""
        return self._by_name.get(owner.strip().casefold())

    @cached_property
    def _by_name(self) -> Mapping[str, Person]:
        # Of two entries of one name the active one counts: nobody is called a leaver by mistake.
        ranked = sorted(self.people, key=lambda person: person.is_active)
        names = ((name, each) for each in ranked for name in (each.user_name, *each.emails))
        return {name.strip().casefold(): person for name, person in names}
