"""Users who open the console with a password alone."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import disable, list_mfa_devices
from rolecall.model.completeness import Part
from rolecall.model.console import console_users
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity


@Check(
    id="console-without-mfa",
    title="Console users have MFA",
    severity=Severity.HIGH,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Have the user register a passkey or security key, and deny everything but that until it"
        " is done (condition aws:MultiFactorAuthPresent). Delete the password if nobody needs it."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.5"),
        Control("CIS AWS Foundations", "3.0.0", "1.10"),
        Control("CIS AWS Foundations", "5.0.0", "1.9"),
    ),
)
def console_without_mfa(account: Account) -> Iterator[Evidence]:
    """A password can be guessed, phished or reused; without a second factor it is the account.

    An administrator without MFA is CRITICAL. Users without a password are the subject of
    `user-without-mfa`, the root user of `root-without-mfa`.
    """
    for user, credentials, password in console_users(account):
        if not credentials.has_mfa:
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user} has a console password and no MFA device",
                principal=user.arn,
                commands=(
                    list_mfa_devices(user.name),
                    disable(user.name, password),
                ),
            )
            yield graded(evidence, Severity.HIGH, account, user)
