"""Member accounts that keep root credentials though they need none."""

# Longer than 60 lines because what is left over is told kind by kind.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import assume_root, aws, comment
from rolecall.model.completeness import Part
from rolecall.model.credentials import Credentials
from rolecall.model.evidence import Evidence
from rolecall.model.rotation import active_keys
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="member-root-credentials",
    title="Member accounts have no root credentials",
    severity=Severity.HIGH,
    needs=frozenset(
        {
            Part.CREDENTIAL_REPORT,
            Part.ACCOUNT_SUMMARY,
            Part.ORGANIZATION,
            Part.ORGANIZATION_FEATURES,
        }
    ),
    remediation=(
        "From the management account, open a root session with the task"
        " IAMDeleteRootUserCredentials and delete password, keys, certificates and MFA devices of"
        " the member's root user. IAMCreateRootUserPassword lets a password be set again."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html",
        "https://docs.aws.amazon.com/cli/latest/reference/sts/assume-root.html",
    ),
)
def member_root_credentials(account: Account) -> Iterator[Evidence]:
    """The organization manages root access centrally: what this account still has is only a risk.

    A password or key is HIGH; an MFA device that is left over alone protects nothing (LOW).
    """
    organization = account.organization
    credentials = account.root.credentials if account.root else None
    if organization is None or credentials is None or account.is_management_account:
        return
    kinds = list(_kinds(credentials))
    if organization.centralizes_root_access and kinds:
        yield Evidence(
            resource=account.resource,
            summary=f"the root user of member account {account.id} still has"
            f" {' and '.join(kinds)}, which centralized root access makes unnecessary",
            principal=account.resource.arn,
            severity=Severity.LOW if kinds == ["MFA"] else Severity.HIGH,
            commands=(
                comment(
                    "with the management account's credentials, then with those that it answers:"
                ),
                assume_root(account.id, "IAMDeleteRootUserCredentials"),
                aws("iam delete-login-profile"),
            ),
            data={"kinds": kinds},
        )


def _kinds(credentials: Credentials) -> Iterator[str]:
    if credentials.password:
        yield "a password"
    if active_keys(credentials):
        yield "an access key"
    if any(certificate.is_active for certificate in credentials.signing_certificates):
        yield "a signing certificate"
    if credentials.has_mfa:
        yield "MFA"
