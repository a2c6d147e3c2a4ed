"""Accounts whose people can sign in as IAM users alone."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.console import has_console_users
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity


@Check(
    id="people-without-federation",
    title="People sign in through an identity provider",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.CREDENTIAL_REPORT, Part.IDENTITY_PROVIDERS}),
    remediation=(
        "Switch on IAM Identity Center in the organization and assign people to this account; or"
        " register your own identity provider here. Then `rolecall migrate` says who moves first."
    ),
    references=(
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/getting-started.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
    ),
    compliance=(
        Control("CIS AWS Foundations", "3.0.0", "1.21"),
        Control("CIS AWS Foundations", "5.0.0", "1.20"),
    ),
)
def people_without_federation(account: Account) -> Iterator[Evidence]:
    """Where IAM users are the only way in, every joiner gets one and few leavers lose it.

    Judged is an account in which an IAM user has a password, and that has neither a SAML or OIDC
    provider nor a role of Identity Center. That a provider is there does not say who uses it.
    """
    has_federation = account.identity_providers or any(
        role.is_from_identity_center for role in account.roles
    )
    if not has_federation and has_console_users(account):
        yield Evidence(
            resource=account.resource,
            summary=f"people sign in to account {account.id} as IAM users: it has no identity"
            " provider and no role of Identity Center",
            commands=("rolecall migrate", aws("sso-admin list-instances")),
        )
