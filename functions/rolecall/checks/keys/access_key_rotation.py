"""Access keys that have outlived their rotation period."""

# Longer than 60 lines because the steps of age and the words of each belong to the one rule.

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from rolecall.model.account import Account
from rolecall.model.commands import create_key, retire_key
from rolecall.model.completeness import Part
from rolecall.model.credentials import AccessKey
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, Fact, graded
from rolecall.model.principals import User
from rolecall.model.rotation import active_keys, successor
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="access-key-rotation",
    title="Access keys are rotated in time",
    severity=Severity.HIGH,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
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
def access_key_rotation(  # noqa: PLR0913 - a deployer sets each step on its own
    account: Account,
    *,
    max_age_days: int = 90,
    warn_days_before: int = 15,
    critical_age_days: int = 180,
    final_age_days: int = 365,
    overlap_days: int = 14,
) -> Iterator[Evidence]:
    """An access key works from anywhere, without MFA, until someone deletes it.

    Rotation bounds how long a key that leaked unnoticed stays useful to whoever has it. A key is
    announced (LOW) `warn_days_before` its time, HIGH past `max_age_days`, CRITICAL past
    `critical_age_days`; past `final_age_days` no fact lowers that any more. While a second active
    key is younger than `overlap_days`, the first one is being replaced, and the finding says so.
    The root user's keys should not exist at all: `root-access-key` judges them.
    """
    steps = {
        max_age_days - warn_days_before: Severity.LOW,
        max_age_days: Severity.HIGH,
        max(max_age_days, critical_age_days): Severity.CRITICAL,
        max(max_age_days, final_age_days): Severity.CRITICAL,
    }
    for user, credentials in account.credentials():
        for key in active_keys(credentials):
            passed = [days for days in steps if account.is_older_than(key.created_at, days)]
            new = successor(key, credentials, account.taken_at, overlap_days)
            if not passed or (new and max(passed) < max_age_days):
                continue
            evidence = _evidence(user, key, new, max_age_days, max(passed))
            if max(passed) >= final_age_days:
                yield replace(evidence, severity=Severity.CRITICAL)
            else:
                facts = _mitigations(account, key, new, max_age_days)
                yield graded(evidence, max(steps[each] for each in passed), account, user, *facts)


def _mitigations(
    account: Account, key: AccessKey, new: AccessKey | None, max_age_days: int
) -> Iterator[Fact]:
    if new:
        yield Fact(f"its successor was made on {format_day(new.created_at)}", -1)
    idle_since = key.last_use.idle_since(key.created_at)
    if idle_since and account.is_older_than(idle_since, max_age_days):
        yield Fact(f"{key} {key.last_use.words(key.created_at)}: remove it, do not rotate it", -1)


def _evidence(
    user: User, key: AccessKey, new: AccessKey | None, max_age_days: int, passed_days: int
) -> Evidence:
    due_at = key.created_at + timedelta(max_age_days)
    day, was = format_day(key.created_at), "was" if passed_days >= max_age_days else "is"
    words = f"{key} dates from {day} and {was} due for rotation on {format_day(due_at)}"
    create = () if new else (create_key(user.name),)
    if new:
        made = format_day(new.created_at)
        words = f"{key} of {day} is being replaced by {new} of {made} and is still active"
    return Evidence(
        resource=user.resource,
        summary=f"{user}: {words}",
        principal=user.arn,
        commands=(*create, *retire_key(user.name, key)),
        data={
            "access_key_id": key.id,
            "created_at": format_time(key.created_at),
            "due_at": format_time(due_at),
            "passed_days": passed_days,
            "successor_created_at": format_time(new.created_at) if new else None,
        },
        occasion=key.occasion,
    )
