"""What nobody uses: everything whose last use IAM knows, and what earlier audits said of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from rolecall.model.account import Account
from rolecall.model.commands import look_up, prove_key
from rolecall.model.credentials import AccessKey, LastUse, Password
from rolecall.model.evidence import Json, Resource
from rolecall.model.finding import Status, finding_id
from rolecall.model.principals import Role, User


@dataclass(frozen=True, slots=True)
class Sleeper:
    """Something whose last use IAM knows, awake or not: a credential of a user, or a role."""

    holder: User | Role
    last_use: LastUse
    credential: Password | AccessKey | None = None

    def __str__(self) -> str:
        """Name it as a person would."""
        return f"{self.holder}: {self.credential}" if self.credential else str(self.holder)

    @property
    def occasion(self) -> str:
        """What tells its findings from those of the holder's other credentials."""
        return self.credential.occasion if self.credential else ""

    @property
    def key_id(self) -> str | None:
        """The id of the access key; None for anything else, and where it is not known."""
        return self.credential.id if isinstance(self.credential, AccessKey) else None

    @property
    def idle_since(self) -> datetime | None:
        """Since when it lies idle; None where that is not known."""
        made_at = self.credential.made_at if self.credential else None
        return self.last_use.idle_since(made_at or self.holder.created_at)

    @property
    def command(self) -> str:
        """The command that shows who used it."""
        if self.key_id:
            return prove_key(self.key_id)
        attribute = "Username" if isinstance(self.holder, User) else "ResourceName"
        return look_up(attribute, self.holder.name)

    def known_as(self, key_id: Json) -> "Sleeper":
        """Return it under the id that its access key was known by, where today's is not known."""
        if isinstance(self.credential, AccessKey) and not self.key_id and key_id:
            return replace(self, credential=replace(self.credential, id=str(key_id)))
        return self


def sleepers(account: Account) -> Iterator[Sleeper]:
    """Yield the passwords and active keys of users, and the roles that people can change."""
    for user, credentials in account.credentials():
        for each in credentials.usable:
            yield Sleeper(user, each.last_use, each)
    for role in account.roles:
        if not role.is_service_linked:
            yield Sleeper(role, role.last_use)


def earlier_evidence(
    account: Account, rule_id: str, resource: Resource, occasion: str = ""
) -> Mapping[str, Json]:
    """Return the data that the audit before stored of something; empty where that is over."""
    before = account.earlier.get(finding_id(account.id, rule_id, resource, occasion))
    return {} if before is None or before.status is Status.RESOLVED else before.evidence
