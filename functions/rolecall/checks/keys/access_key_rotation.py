"""Access keys that have outlived their rotation period."""

# Longer than 60 lines because the steps of severity belong to the one rule on age.

from collections.abc import Iterator

from rolecall.model.account import Account, Part
from rolecall.model.commands import create_key, disable
from rolecall.model.credentials import AccessKey
from rolecall.model.evidence import Evidence
from rolecall.model.principals import User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="access-key-rotation",
    title="Access keys are rotated in time",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Create a second key, move the workload to it, deactivate the old key, and delete it once"
        " nothing has missed it for a week. Better: give the workload a role and have no key."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.3"),
        Control("CIS AWS Foundations", "3.0.0", "1.14"),
        Control("CIS AWS Foundations", "5.0.0", "1.13"),
    ),
)
def access_key_rotation(
    account: Account,
    *,
    max_age_days: int = 90,
    high_age_days: int = 180,
    critical_age_days: int = 365,
) -> Iterator[Evidence]:
    """An access key works from anywhere, without MFA, until someone deletes it.

    Rotation bounds how long a key that leaked unnoticed stays useful to whoever has it.
    """
    steps = {critical_age_days: Severity.CRITICAL, high_age_days: Severity.HIGH}
    for user, credentials in account.credentials():
        for key in credentials.access_keys:
            if key.is_active and account.is_older_than(key.created_at, max_age_days):
                reached = (s for d, s in steps.items() if account.is_older_than(key.created_at, d))
                yield _evidence(user, key, next(reached, Severity.MEDIUM))


def _evidence(user: User, key: AccessKey, severity: Severity) -> Evidence:
    return Evidence(
        resource=user.resource,
        summary=f"{user}: {key} dates from {format_day(key.created_at)}",
        principal=user.arn,
        severity=severity,
        commands=(
            create_key(user.name),
            disable(user.name, key),
        ),
        data={"access_key_id": key.id, "created_at": format_time(key.created_at)},
        occasion=key.occasion,
    )
