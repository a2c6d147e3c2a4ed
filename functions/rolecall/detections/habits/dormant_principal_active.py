"""A user or role wakes that lay idle for months."""

# Longer than 60 lines because what the records leave open is reckoned in the principal's favour.

from collections.abc import Iterator
from datetime import datetime, timedelta

from rolecall.model.credentials import Use
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence
from rolecall.model.identity_calls import SOURCES
from rolecall.model.principal_record import PrincipalRecord
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day

_LONGEST_MONTH = timedelta(days=31)


def _who_acts(event: CloudTrailEvent) -> str:
    is_own = event.succeeded and not event.is_made_by_aws and not event.actor.invoked_by
    return event.actor.principal if is_own else ""


@Detection(
    id="dormant-principal-active",
    title="A user or role that lay idle for months is used",
    severity=Severity.HIGH,
    patterns=(EventPattern(sources=SOURCES, only_changes=True),),
    asks_about=_who_acts,
    remediation=(
        "Ask its owner. If nobody can say who used it: deactivate its keys, delete its password or"
        " end its sessions, and look at what was done (`rolecall timeline`). Identities that nobody"
        " needs are deleted: the audits name them before somebody else does."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html",
        "https://attack.mitre.org/techniques/T1078/004/",
    ),
    attack=("T1078.004",),
    false_positives=("Yearly work, emergency access, restored services.",),
)
def dormant_principal_active(
    event: CloudTrailEvent, record: PrincipalRecord, *, idle_days: int = 90
) -> Iterator[Evidence]:
    """What nobody uses nobody misses, nor would notice that somebody else does.

    Judged by what the audits keep of its last use, which they renew once a month at least: the
    idleness that is told is certain. One finding for each time that it wakes.
    """
    idle_since = record.last_use.idle_since(record.created_at)
    if idle_since is None:
        return
    if record.last_use.at:
        idle_since = _end_of_month(idle_since)
    if event.at - idle_since >= timedelta(days=idle_days):
        was = "not used" if record.last_use.use is Use.USED else "never seen used"
        yield Evidence(
            resource=event.actor.resource,
            summary=(
                f"{event.actor} called {event.name}, {was} since {format_day(idle_since)} at least"
            ),
            data={"idle_since": format_day(idle_since)},
            occasion=format_day(idle_since),
        )


def _end_of_month(moment: datetime) -> datetime:
    """Return when the month ended: records tell the first use of a month that an audit saw."""
    return (moment.replace(day=1) + _LONGEST_MONTH).replace(day=1, hour=0, minute=0, second=0)
