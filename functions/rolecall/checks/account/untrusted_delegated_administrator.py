"""Accounts that administer AWS services for everybody, and were not meant to."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="untrusted-delegated-administrator",
    title="Delegated administrators are the accounts that you chose",
    severity=Severity.CRITICAL,
    needs=frozenset({Part.ORGANIZATION, Part.DELEGATED_ADMINISTRATORS}),
    remediation=(
        "Ask in CloudTrail of the management account who registered it (event"
        " RegisterDelegatedAdministrator). Deregister it, or name it under trusted_accounts of"
        " this rule."
    ),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_delegated_admin.html",
    ),
)
def untrusted_delegated_administrator(
    account: Account, *, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """A delegated administrator of StackSets or Identity Center can enter every account.

    Judged once, in the management account, and only where `trusted_accounts` names somebody.
    """
    organization = account.organization
    if organization is None or not account.is_management_account or not trusted_accounts:
        return
    for each in organization.delegated_administrators:
        if each.account_id not in trusted_accounts:
            services = ", ".join(sorted(each.services)) or "services that could not be read"
            yield Evidence(
                resource=account.resource,
                summary=f"account {each.account_id} is delegated administrator of {services} and"
                " not among those that are trusted",
                commands=tuple(
                    aws(
                        "organizations deregister-delegated-administrator",
                        account_id=each.account_id,
                        service_principal=service,
                    )
                    for service in sorted(each.services)
                ),
                data={"account_id": each.account_id, "services": sorted(each.services)},
                occasion=each.account_id,
            )
