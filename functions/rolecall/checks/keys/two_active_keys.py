"""Users with two access keys that work."""

# Longer than 60 lines because a rotation in progress has words of its own.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import retire_key
from rolecall.model.completeness import Part
from rolecall.model.credentials import AccessKey
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.principals import User
from rolecall.model.rotation import active_keys, successor
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="two-active-keys",
    title="Users have one active access key at most",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Find out which key the workload uses, deactivate the other one, and delete it once nothing"
        " has missed it for a week. Two workloads should be two users, or better two roles."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html",
    ),
    compliance=(
        Control("CIS AWS Foundations", "3.0.0", "1.13"),
        Control("CIS AWS Foundations", "5.0.0", "1.12"),
    ),
)
def two_active_keys(account: Account, *, overlap_days: int = 14) -> Iterator[Evidence]:
    """A second key is a second thing to lose, and leaves no room to rotate the first.

    While one of them is younger than `overlap_days` the user is rotating its key, which takes two:
    that is told as it is (INFORMATIONAL).
    """
    for user, credentials in account.credentials():
        keys = active_keys(credentials)
        if len(keys) > 1:
            if successor(keys[0], credentials, account.taken_at, overlap_days):
                words = f"{user} is rotating its access key: {' beside '.join(map(_dated, keys))}"
                yield _evidence(user, keys, words, Severity.INFORMATIONAL)
            else:
                words = f"{user} has two active access keys: {' and '.join(map(_dated, keys))}"
                evidence = _evidence(user, keys, words, Severity.MEDIUM)
                yield graded(evidence, Severity.MEDIUM, account, user)


def _evidence(user: User, keys: list[AccessKey], words: str, severity: Severity) -> Evidence:
    return Evidence(
        resource=user.resource,
        summary=words,
        principal=user.arn,
        severity=severity,
        commands=retire_key(user.name, keys[0]),
        data={
            "access_key_ids": [key.id for key in keys],
            "created_at": [format_time(key.created_at) for key in keys],
        },
    )


def _dated(key: AccessKey) -> str:
    return f"{key.id or f'number {key.number}'} of {format_day(key.created_at)}"
