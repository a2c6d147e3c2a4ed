"""The snapshot: what IAM in one account looked like at one moment, and what could not be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rolecall.model.credentials import Credentials
from rolecall.model.evidence import Resource
from rolecall.model.principals import Group, Role, User


class Part(StrEnum):
    """What a snapshot is made of; each part can be missing on its own."""

    AUTHORIZATION_DETAILS = "authorization-details"
    CREDENTIAL_REPORT = "credential-report"
    ACCESS_KEY_IDS = "access-key-ids"
    ORGANIZATION = "organization"


READER_ACTIONS = (
    # Part.AUTHORIZATION_DETAILS: users, groups, roles, policies
    "iam:GetAccountAuthorizationDetails",
    # Part.CREDENTIAL_REPORT: passwords, keys, MFA
    "iam:GenerateCredentialReport",
    "iam:GetCredentialReport",
    # Part.ACCESS_KEY_IDS: the report numbers a user's keys but does not name them
    "iam:ListAccessKeys",
)
"""Every action that taking a snapshot uses: the permissions of the role in member accounts."""


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


@dataclass(frozen=True, slots=True)
class Organization:
    """The accounts that belong together; foreign is whoever is not among them."""

    id: str
    """Empty for an account that belongs to no organization."""
    account_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account at one moment.

    A part that could not be read is named in `gaps` and its fields are empty, which does not mean
    that there is nothing: no rule that needs the part is run.
    """

    id: str
    partition: str = "aws"
    taken_at: datetime
    root: User | None = None
    """The root user; None where no credential report was read."""
    users: tuple[User, ...] = ()
    groups: tuple[Group, ...] = ()
    roles: tuple[Role, ...] = ()
    organization: Organization | None = None
    """None where it could not be read."""
    gaps: tuple[Gap, ...] = ()

    @property
    def resource(self) -> Resource:
        """The account itself, under the ARN that ASFF gives it."""
        return Resource("AwsAccount", f"arn:{self.partition}:iam::{self.id}:root")

    @property
    def principals(self) -> Iterator[User | Role]:
        """Every user and role whose policies could all be read.

        Groups are no principals and the root user has no policies.
        """
        yield from (user for user in self.users if not user.unread)
        yield from (role for role in self.roles if not role.unread)

    def credentials(self) -> Iterator[tuple[User, Credentials]]:
        """Yield every user whose credentials could be read, with them."""
        for user in self.users:
            if user.credentials is not None:
                yield user, user.credentials

    def lacks(self, part: Part) -> bool:
        """Tell whether the part could not be read."""
        return any(gap.is_total or gap.part == part for gap in self.gaps)

    def unread_principals(self, part: Part) -> frozenset[str]:
        """Return the ARNs of those of whom this part could not be read, though of others it was.

        What is known of them from earlier stays as it is.
        """
        if part is Part.AUTHORIZATION_DETAILS:
            return frozenset(each.arn for each in (*self.users, *self.roles) if each.unread)
        if part is Part.CREDENTIAL_REPORT:
            root = [self.resource.arn] if self.root is None else []
            return frozenset([*root, *(u.arn for u in self.users if u.credentials is None)])
        return frozenset()

    def is_older_than(self, moment: datetime, days: int) -> bool:
        """Tell whether more than so many whole days lay between the moment and the snapshot."""
        return self.taken_at - moment > timedelta(days=days)
