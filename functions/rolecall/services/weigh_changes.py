"""A look at one account after events: what its users and roles may do now."""

from dataclasses import dataclass

from rolecall.model.completeness import Part
from rolecall.services.ports import Accounts
from rolecall.services.record_principals import Recorded, RecordPrincipals

_NEEDED = frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION_POLICIES})


class UnreadAccountError(Exception):
    """The policies of an account could not be read, which should be tried again."""

    def __init__(self, account_id: str, reason: str) -> None:
        """Name the account and what AWS said."""
        super().__init__(f"the policies of account {account_id} could not be read: {reason}")


@dataclass(frozen=True, slots=True)
class WeighChanges:
    """The use case: read IAM, the truth, once, and compare it with what is kept."""

    accounts: Accounts
    record: RecordPrincipals

    def run(self, account_id: str) -> Recorded:
        """Tell and write what became of the account; raise UnreadAccountError where unread."""
        account = self.accounts.snapshot(account_id, _NEEDED)
        if account.lacks(Part.AUTHORIZATION_DETAILS):
            reasons = dict.fromkeys(f"{gap.call}: {gap.error}" for gap in account.gaps)
            raise UnreadAccountError(account_id, "; ".join(reasons))
        return self.record.run(account)
