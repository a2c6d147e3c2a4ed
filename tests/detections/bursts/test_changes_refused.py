import pytest

from rolecall.detections.bursts.changes_refused import changes_refused
from tests.builders import role_identity, user_identity
from tests.detections.bursts.of_events import at, orders, told

CALLS = ("CreateUser", "CreateAccessKey", "AttachUserPolicy")


def refused(minutes, name="CreateUser", **fields):
    return at(minutes, name=name, **{"error": "AccessDenied", **fields})


THREE = [refused(minute, name) for minute, name in enumerate(CALLS)]


@pytest.mark.parametrize("records", orders(THREE))
def test_three_kinds_of_refused_changes_are_one_finding(records):
    [finding] = told(changes_refused, records)

    assert finding.summary == (
        "user mallory was refused 3 kinds of changes or more within ten minutes on 2026-11-23"
    )


@pytest.mark.parametrize(
    "records",
    [
        THREE[:2],
        [refused(minute / 10) for minute in range(20)],
        [refused(8 * n, name) for n, name in enumerate(CALLS)],
        [refused(n, name, actor=user_identity(f"u{n}")) for n, name in enumerate(CALLS)],
        [refused(n, name, error="EntityAlreadyExists") for n, name in enumerate(CALLS)],
        [refused(n, name, error=None) for n, name in enumerate(CALLS)],
        [
            refused(n, name, readOnly=True)
            for n, name in enumerate(("ListUsers", "GetUser", "GetRole"))
        ],
        [
            refused(
                n,
                name,
                actor=role_identity(
                    "AWSServiceRoleForSSO", path="/aws-service-role/sso.amazonaws.com/"
                ),
            )
            for n, name in enumerate(CALLS)
        ],
    ],
    ids=[
        "two",
        "one kind",
        "over a longer time",
        "of many",
        "failed",
        "done",
        "reads",
        "AWS itself",
    ],
)
def test_is_quiet_otherwise(records):
    assert told(changes_refused, records) == []
