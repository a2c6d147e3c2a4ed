"""An identity acts for the first time, or from where and with what it did not before."""

# Longer than 60 lines because two things are told: who is new, and what is new about somebody.

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence
from rolecall.model.habits import Habit, Habits, Unusual
from rolecall.model.identity_calls import SOURCES
from rolecall.model.provenance import person_behind
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.surroundings import surroundings
from rolecall.model.timestamps import format_day

_FROM = {"network": "from {}", "client": "with {}", "region": "in {}"}


def _habit(event: CloudTrailEvent) -> Habit | None:
    actor = event.actor
    if not event.succeeded or event.is_made_by_aws or actor.invoked_by or not actor.principal:
        return None
    # People of Identity Center share a role and not their habits; other sessions are one actor's.
    person = f" {actor.session_name}" if actor.is_identity_center_user else ""
    return Habit(f"{actor.principal}{person}", dict(surroundings(event)))


@Detection(
    id="first-seen",
    title="An identity acts as it did not for 90 days",
    severity=Severity.LOW,
    patterns=(EventPattern(sources=SOURCES, only_changes=True),),
    habits=Habits(habit=_habit),
    remediation=(
        "Ask whoever it belongs to. If it was not them: take the credentials away, end the sessions"
        " of the role, and look at what was done since (`rolecall timeline`)."
    ),
    references=(
        "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
        "https://attack.mitre.org/techniques/T1078/004/",
    ),
    attack=("T1078.004",),
    false_positives=("People who travel, new pipelines, a client that was renamed.",),
)
def first_seen(
    event: CloudTrailEvent, unusual: Unusual, *, learning_days: int = 14, networks: int = 8
) -> Iterator[Evidence]:
    """A stolen credential is used from elsewhere, with another client, by somebody else.

    Told are sign-ins and changes of identities by somebody who made none for 90 days, and from a
    network (/24, of IPv6 /48), with a client or in a region that nobody saw of them for as long.
    Nothing is told of the first `learning_days` of an account or of an actor, nor a network of
    somebody who comes from more than `networks`. LOW; MEDIUM where network and client are new
    at once.
    """
    learning = timedelta(days=learning_days)
    new, since = dict(unusual.new), unusual.account_since or unusual.since
    if event.at - since < learning or not new:
        return
    if not unusual.is_newcomer and unusual.known.get("network", 0) > networks:
        new.pop("network", None)
    said = " ".join(_FROM[kind].format(value) for kind, value in new.items())
    if said:
        is_other = {"network", "client"} <= new.keys() and not unusual.is_newcomer
        what = ", its first change of identities" if unusual.is_newcomer else f" {said}, a first"
        yield Evidence(
            resource=event.actor.resource,
            summary=f"{person_behind(event.actor)} called {event.name}{what} in 90 days",
            severity=Severity.MEDIUM if is_other else None,
            data={"new": new, "since": format_day(unusual.since)},
            occasion=f"{format_day(event.at)} {person_behind(event.actor)} {said}",
        )
