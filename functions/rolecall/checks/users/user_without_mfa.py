"""Users who work with access keys and have no MFA device to prove themselves with."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import list_mfa_devices, retire_key
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded, is_known_administrator
from rolecall.model.rotation import active_keys
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="user-without-mfa",
    title="Users with access keys alone have MFA, or little power",
    severity=Severity.LOW,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Is it a person: register a security key, and allow the user no more than sts:AssumeRole"
        " under the condition aws:MultiFactorAuthPresent. Is it a program, which cannot show MFA:"
        " give it a role instead of the key, and until then a policy of just what it does."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    ),
)
def user_without_mfa(account: Account) -> Iterator[Evidence]:
    """Whoever finds the access key has all that the user may do; nothing else is asked of them.

    Most of these users are programs (LOW); one that is an administrator is CRITICAL. Judged are
    users with an active key and no password: `console-without-mfa` judges those with one.
    """
    for user, credentials in account.credentials():
        keys = active_keys(credentials)
        if credentials.password or credentials.has_mfa or not keys:
            continue
        evidence = Evidence(
            resource=user.resource,
            summary=f"{user} has {' and '.join(map(str, keys))} and no MFA device",
            principal=user.arn,
            commands=(
                list_mfa_devices(user.name),
                *(command for key in keys for command in retire_key(user.name, key)),
            ),
            data={"access_key_ids": [key.id for key in keys]},
        )
        # Being an administrator counts two steps here: one in the base, one when it is graded.
        base = Severity.HIGH if is_known_administrator(account, user) else Severity.LOW
        yield graded(evidence, base, account, user)
