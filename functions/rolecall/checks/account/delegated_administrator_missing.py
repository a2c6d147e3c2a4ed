"""Security services that the management account has to run itself."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity

_SERVICES = (
    "access-analyzer.amazonaws.com",
    "config.amazonaws.com",
    "guardduty.amazonaws.com",
    "securityhub.amazonaws.com",
)


@Check(
    id="delegated-administrator-missing",
    title="Security services are administered outside of the management account",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.ORGANIZATION, Part.DELEGATED_ADMINISTRATORS}),
    remediation=(
        "Register the account of the security team for each service. For GuardDuty and Security"
        " Hub do it in each region, with the service's own command, which registers it here too."
    ),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html",
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html",
    ),
)
def delegated_administrator_missing(
    account: Account, *, wanted_services: tuple[str, ...] = _SERVICES
) -> Iterator[Evidence]:
    """Who works on alerts should not need the one account that no policy limits.

    Judged once, in the management account; a service that you do not use is left out of
    `wanted_services`.
    """
    organization = account.organization
    if organization is None or not account.is_management_account:
        return
    delegated = {name for each in organization.delegated_administrators for name in each.services}
    missing = [service for service in wanted_services if service not in delegated]
    if missing:
        yield Evidence(
            resource=account.resource,
            summary=f"organization {organization.id} has no delegated administrator for"
            f" {', '.join(missing)}",
            commands=tuple(
                aws(
                    "organizations register-delegated-administrator --account-id ACCOUNT_ID",
                    service_principal=service,
                )
                for service in missing
            ),
            data={"services": missing},
        )
