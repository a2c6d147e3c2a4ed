"""Keys, passwords and roles that were silent for a long time and are used again."""

# Longer than 60 lines because IAM knows the last use only: the silence before it is remembered.

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.credentials import Use
from rolecall.model.evidence import Evidence, Json
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.principals import Role
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.silence import Sleeper, earlier_evidence, sleepers
from rolecall.model.timestamps import format_day, format_time, parse_time

_ID = "woke-up"
_MEMORY_OF_USERS = "unused-credentials"
_SILENT = "has been silent since {silent_since}"
_WOKEN = "was silent from {silent_since} on and was used again on {woke_at}"


@Check(
    id=_ID,
    title="What was silent for long is not used again unexplained",
    severity=Severity.HIGH,
    needs=frozenset(
        {Part.AUTHORIZATION_DETAILS, Part.CREDENTIAL_REPORT, Part.EARLIER_FINDINGS},
    ),
    weighs=RIGHTS,
    remediation=(
        "Ask the owner whether it was them: a job that runs once a quarter looks like this, and so"
        " does a thief who tries an old key. If nobody explains it, deactivate it, end the sessions"
        " and look at what it did."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html",
    ),
)
def woke_up(
    account: Account, *, min_silent_days: int = 90, told_days: int = 30
) -> Iterator[Evidence]:
    """Nobody watches what nobody uses: old keys and roles are what intruders find and try.

    Compared are the last use now and the one that the audits before stored: of passwords and keys
    with the findings of `unused-credentials`, of roles with this rule's own, which mention a role
    as long as it is silent (INFORMATIONAL). What woke up is told for `told_days`.
    """
    for sleeper in sleepers(account):
        told = earlier_evidence(account, _ID, sleeper.holder.resource, sleeper.occasion)
        is_told = "woke_at" in told
        since = told["silent_since"] if is_told else _silent_before(account, sleeper, told)
        woke_at = told["woke_at"] if is_told else _awakening(sleeper, since, min_silent_days)
        if since and woke_at:
            if not is_told or not account.is_older_than(_moment(woke_at), told_days):
                evidence = _evidence(sleeper, _WOKEN, {"silent_since": since, "woke_at": woke_at})
                yield graded(evidence, Severity.HIGH, account, sleeper.holder)
        elif isinstance(sleeper.holder, Role):
            idle_since = sleeper.last_use.idle_since(sleeper.holder.created_at)
            if idle_since and account.is_older_than(idle_since, min_silent_days):
                # IAM forgets after 400 days: what was remembered before it did is the better date.
                is_forgotten = sleeper.last_use.use is Use.NOT_ON_RECORD
                silent_since = since if since and is_forgotten else format_time(idle_since)
                yield _evidence(sleeper, _SILENT, {"silent_since": silent_since})


def _silent_before(account: Account, sleeper: Sleeper, told: Mapping[str, Json]) -> Json:
    """Return since when it was silent when the last audit looked; None where it was not."""
    holder = sleeper.holder
    if isinstance(holder, Role):
        since = told.get("silent_since")
    else:
        said = earlier_evidence(account, _MEMORY_OF_USERS, holder.resource, sleeper.occasion)
        since = said.get("unused_since")
    # One of the same name that was made since is another one.
    is_same = since and holder.created_at.replace(microsecond=0) <= _moment(since)
    return since if is_same else None


def _awakening(sleeper: Sleeper, since: Json, min_silent_days: int) -> Json:
    used_at = sleeper.last_use.at
    if since and used_at and used_at - _moment(since) > timedelta(days=min_silent_days):
        return format_time(used_at)
    return None


def _moment(stored: Json) -> datetime:
    return parse_time(str(stored))


def _evidence(sleeper: Sleeper, words: str, moments: Mapping[str, Json]) -> Evidence:
    days = {name: format_day(_moment(moment)) for name, moment in moments.items()}
    return Evidence(
        resource=sleeper.holder.resource,
        summary=f"{sleeper.name} {words.format(**days)}",
        principal=sleeper.holder.arn,
        severity=Severity.INFORMATIONAL,
        commands=(sleeper.command,),
        data=moments,
        occasion=sleeper.occasion,
    )
