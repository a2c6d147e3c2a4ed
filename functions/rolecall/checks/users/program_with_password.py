"""Users that stand for a program and have a door for people."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from rolecall.model.account import Account
from rolecall.model.commands import disable
from rolecall.model.completeness import Part
from rolecall.model.console import console_users
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rotation import active_keys
from rolecall.model.rule import Check
from rolecall.model.severity import Severity

_PATHS = ("/app/*", "/bot/*", "/ci/*", "/service/*", "/services/*", "/system/*")
_NAMES = ("bot-*", "ci-*", "service-*", "svc-*", "*-bot", "*-ci", "*-service", "*-svc")


@Check(
    id="program-with-password",
    title="Programs have no console password",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Delete the password: a program does not sign in to the console. If a person uses it, give"
        " them access of their own, and find out how they came by this one."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
    ),
)
def program_with_password(
    account: Account,
    *,
    program_paths: tuple[str, ...] = _PATHS,
    program_names: tuple[str, ...] = _NAMES,
) -> Iterator[Evidence]:
    """Nobody notices who signs in as a program, and no person answers for it.

    That a user is a program is read from its path or its name, by patterns that you can set; a
    user with a password and an active key is the subject of `password-and-access-keys`, whatever
    its name.
    """
    patterns = (*program_paths, *program_names)
    for user, credentials, password in console_users(account):
        spelled = user.path + user.name
        fitting = (p for p in patterns if fnmatchcase(spelled if "/" in p else user.name, p))
        pattern = next(fitting, None)
        if pattern and not active_keys(credentials):
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user} is named like a program ({pattern}) and has a console password",
                principal=user.arn,
                commands=(disable(user.name, password),),
                data={"pattern": pattern},
            )
            yield graded(evidence, Severity.MEDIUM, account, user)
