"""What nobody uses: everything whose last use IAM knows, and what earlier audits said of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rolecall.model.account import Account
from rolecall.model.commands import look_up, prove_key
from rolecall.model.credentials import AccessKey, LastUse
from rolecall.model.evidence import Json, Resource
from rolecall.model.finding import Status, finding_id
from rolecall.model.principals import Role, User


@dataclass(frozen=True, slots=True)
class Sleeper:
    """Something whose last use IAM knows, awake or not."""

    holder: User | Role
    name: str
    last_use: LastUse
    occasion: str = ""
    key_id: str | None = None

    @property
    def command(self) -> str:
        """The command that shows who used it."""
        if self.key_id:
            return prove_key(self.key_id)
        attribute = "Username" if isinstance(self.holder, User) else "ResourceName"
        return look_up(attribute, self.holder.name)


def sleepers(account: Account) -> Iterator[Sleeper]:
    """Yield the passwords and active keys of users, and the roles that people can change."""
    for user, credentials in account.credentials():
        for each in credentials.usable:
            key_id = each.id if isinstance(each, AccessKey) else None
            yield Sleeper(user, f"{user}: {each}", each.last_use, each.occasion, key_id)
    for role in account.roles:
        if not role.is_service_linked:
            yield Sleeper(role, str(role), role.last_use)


def earlier_evidence(
    account: Account, rule_id: str, resource: Resource, occasion: str = ""
) -> Mapping[str, Json]:
    """Return the data that the audit before stored of something; empty where that is over."""
    before = account.earlier.get(finding_id(account.id, rule_id, resource, occasion))
    return {} if before is None or before.status is Status.RESOLVED else before.evidence
