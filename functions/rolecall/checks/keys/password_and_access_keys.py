"""Users that are a person at the console and a program with a key at once."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import comment, disable, retire_key
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rotation import active_keys
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="password-and-access-keys",
    title="A user is a person or a program, not both",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Find out who is behind the user. A person signs in through Identity Center, which gives"
        " the command line its credentials for hours (`aws configure sso`): deactivate the key. A"
        " program needs no console: delete the password. Do one of the two, not both at once."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
        "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",
    ),
)
def password_and_access_keys(account: Account) -> Iterator[Evidence]:
    """A key beside a password lets its thief do all that the person may do, and without MFA.

    A program that has a password, on the other hand, has a door that nobody watches.
    """
    for user, credentials in account.credentials():
        keys = active_keys(credentials)
        if credentials.password and keys:
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user} has a console password and {' and '.join(map(str, keys))}",
                principal=user.arn,
                commands=(
                    *(command for key in keys for command in retire_key(user.name, key)),
                    comment("or, for a program", disable(user.name, credentials.password)),
                ),
                data={"access_key_ids": [key.id for key in keys]},
            )
            yield graded(evidence, Severity.MEDIUM, account, user)
