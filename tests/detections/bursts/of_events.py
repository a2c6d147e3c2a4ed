"""Events one after the other, as detections with a memory meet them."""

from datetime import timedelta
from itertools import count, islice, permutations

from rolecall.model.event import CloudTrailEvent
from tests.builders import NOW, record, root_identity, user_identity
from tests.fakes import an_event_judge

_NUMBERS = count(1)


def at(minutes, **fields):
    """Return the record of an event so many minutes later, with an id of its own."""
    moment = NOW + timedelta(minutes=minutes)
    fields = {"eventID": f"event-{next(_NUMBERS)}", **fields}
    return {**record(**fields), "eventTime": moment.isoformat()}


def told(detection, records):
    """Return what the detection makes of the events, each finding once, as bad as it got."""
    judge = an_event_judge((detection,))
    found = {}
    for each in records:
        judged = judge.run(CloudTrailEvent.parse(each), NOW)
        assert not judged.crashes
        for finding in judged.findings:
            if finding.id not in found or found[finding.id].severity < finding.severity:
                found[finding.id] = finding
    return list(found.values())


def orders(records):
    """Return the events in several orders, and once with each of them twice."""
    some = islice(permutations(records), 0, None, 7)
    return [records, records[::-1], [*records, *records], *map(list, some)]


def sign_in(minutes, name="alice", *, answer="Failure", mfa="No", **fields):
    """Return the record of a sign-in to the console; `root` is the root user."""
    actor = root_identity() if name == "root" else user_identity(name)
    given = {
        "source": "signin.amazonaws.com",
        "actor": actor,
        "response": {"ConsoleLogin": answer},
        "additionalEventData": {"MFAUsed": mfa},
    }
    return at(minutes, name="ConsoleLogin", **{**given, **fields})
