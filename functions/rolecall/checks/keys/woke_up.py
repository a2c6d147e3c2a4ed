"""Keys, passwords and roles that were silent for a long time and are used again."""

# Longer than 60 lines because IAM knows the last use only: the silence before it is remembered.

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.credentials import AccessKey
from rolecall.model.evidence import Evidence, Json
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.silence import Sleeper, earlier_evidence, sleepers
from rolecall.model.timestamps import format_day, format_time, parse_time

_ID = "woke-up"
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

    Compared are the last use now and the silence that the audit before stored: what has been silent
    for half of `min_silent_days` is mentioned (INFORMATIONAL), so that it is known when it is used
    again. What woke up is told for `told_days`.
    """
    for each in sleepers(account):
        told = earlier_evidence(account, _ID, each.holder.resource, each.occasion)
        sleeper = each.known_as(told.get("access_key_id"))
        if "woke_at" not in told:
            woken = _awakening(sleeper, told, min_silent_days)
        elif account.is_older_than(_moment(told["woke_at"]), told_days):
            woken, told = {}, {}
        else:
            woken = {name: told[name] for name in ("silent_since", "woke_at")}
        if woken:
            evidence = _evidence(sleeper, _WOKEN, woken)
            yield graded(evidence, Severity.HIGH, account, sleeper.holder)
        elif since := _silent_since(account, sleeper, told, min_silent_days // 2):
            yield _evidence(sleeper, _SILENT, {"silent_since": format_time(since)})


def _awakening(
    sleeper: Sleeper, told: Mapping[str, Json], min_silent_days: int
) -> Mapping[str, Json]:
    """Return how long it was silent and when it was used again; empty where it was not."""
    since, used_at = _remembered(sleeper, told), sleeper.last_use.at
    if since and used_at and used_at - since > timedelta(days=min_silent_days):
        return {"silent_since": format_time(since), "woke_at": format_time(used_at)}
    return {}


def _silent_since(
    account: Account, sleeper: Sleeper, told: Mapping[str, Json], days: int
) -> datetime | None:
    """Return since when it is silent, if that is long enough to remember.

    IAM forgets after 400 days, and a password that is set anew looks young: as long as no use is
    known, what was remembered is the better date.
    """
    remembered = None if sleeper.last_use.at else _remembered(sleeper, told)
    since = remembered or sleeper.idle_since
    return since if since and account.is_older_than(since, days) else None


def _remembered(sleeper: Sleeper, told: Mapping[str, Json]) -> datetime | None:
    """Return since when it was silent when the last audit looked; None where it was not."""
    since = _moment(told["silent_since"]) if "silent_since" in told else None
    # One of the same name that was made since is another one.
    is_same = since and sleeper.holder.created_at.replace(microsecond=0) <= since
    return since if is_same else None


def _moment(stored: Json) -> datetime:
    return parse_time(str(stored))


def _evidence(sleeper: Sleeper, words: str, moments: Mapping[str, Json]) -> Evidence:
    days = {name: format_day(_moment(moment)) for name, moment in moments.items()}
    of_key = isinstance(sleeper.credential, AccessKey)
    return Evidence(
        resource=sleeper.holder.resource,
        summary=f"{sleeper} {words.format(**days)}",
        principal=sleeper.holder.arn,
        severity=Severity.INFORMATIONAL,
        commands=(sleeper.command,),
        data={**moments, "access_key_id": sleeper.key_id} if of_key else moments,
        occasion=sleeper.occasion,
    )
