import pytest

from rolecall.detections.bursts.reading_refused import reading_refused
from rolecall.model.severity import Severity
from tests.builders import user_identity
from tests.detections.bursts.of_events import at, orders, told

CALLS = ("ListUsers", "ListRoles", "GetAccountSummary", "ListPolicies", "ListGroups")


def refused(minutes, name="ListUsers", **fields):
    return at(minutes, name=name, **{"error": "AccessDenied", "readOnly": True, **fields})


FIVE = [refused(minute, name) for minute, name in enumerate(CALLS)]


@pytest.mark.parametrize("records", orders(FIVE)[:8])
def test_five_kinds_of_refused_reading_are_one_finding(records):
    [finding] = told(reading_refused, records)

    assert finding.severity is Severity.MEDIUM
    assert finding.summary == (
        "user mallory was refused 5 kinds of reading identities or more within ten minutes on"
        " 2026-11-23"
    )
    assert set(finding.evidence["calls"]) == {f"iam:{name}" for name in CALLS}


@pytest.mark.parametrize(
    "records",
    [
        FIVE[:4],
        [refused(n / 10) for n in range(20)],
        [refused(5 * n, name) for n, name in enumerate(CALLS)],
        [refused(n, name, actor=user_identity(f"u{n}")) for n, name in enumerate(CALLS)],
        [refused(n, name, error=None) for n, name in enumerate(CALLS)],
        [refused(n, name, error="NoSuchEntity") for n, name in enumerate(CALLS)],
        [refused(n, name, readOnly=False) for n, name in enumerate(CALLS)],
        [refused(n, name, source="s3.amazonaws.com") for n, name in enumerate(CALLS)],
        [refused(n, name, sessionCredentialFromConsole="true") for n, name in enumerate(CALLS)],
    ],
    ids=[
        *("four", "the same one", "slowly", "of many", "allowed", "not there", "changes"),
        *("another service", "the console"),
    ],
)
def test_is_quiet_otherwise(records):
    assert told(reading_refused, records) == []
