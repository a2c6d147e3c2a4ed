"""Where the principals of a snapshot are, as far as the snapshot knows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.finding import Finding
from rolecall.model.scope import Place

_PRINCIPAL = re.compile(r"arn:[^:]*:iam::\d*:(?:user|role)(/(?:.*/)?)[^/]+")


@dataclass(frozen=True, slots=True)
class Places:
    """The account's own place, and those of its users and roles by their ARN."""

    account: Place
    principals: Mapping[str, Place] = field(default_factory=dict)

    def of_principal(self, arn: str | None) -> Place:
        """Return the place of a user or role of the snapshot; the account's for all else."""
        return self.principals.get(arn or "", self.account)

    def of_finding(self, finding: Finding) -> Place:
        """Return the place of the finding's principal, which may be gone or not have been read.

        A finding without a principal is where its resource is.
        """
        for arn in (finding.principal or "", finding.resource.arn):
            if arn in self.principals:
                return self.principals[arn]
            if found := _PRINCIPAL.fullmatch(arn):
                return Place(
                    account_id=finding.account_id,
                    ou_path=self.account.ou_path,
                    path=found[1],
                    tags=None,
                )
        return self.account


def places_of(account: Account) -> Places:
    """Look up where everybody is; tags are known where the authorization details are."""
    are_tags_known = not account.lacks(Part.AUTHORIZATION_DETAILS)
    ou_path = _ou_path(account)
    return Places(
        account=Place(account_id=account.id, ou_path=ou_path),
        principals={
            each.arn: Place(
                account_id=account.id,
                ou_path=ou_path,
                path=each.path,
                tags=each.tags if are_tags_known else None,
            )
            for each in (*account.users, *account.roles)
        },
    )


def _ou_path(account: Account) -> str | None:
    organization = account.organization
    if organization is None:
        return None
    if not organization.id:
        return ""
    member = organization.accounts.get(account.id)
    return (member.ou_path or None) if member else None
