import pytest

from rolecall.detections.bursts.password_sprayed import password_sprayed
from tests.detections.bursts.of_events import orders, sign_in, told

FIVE = [sign_in(9 * number, f"user-{number}") for number in range(5)]


@pytest.mark.parametrize("records", orders(FIVE))
def test_five_users_from_one_address_are_one_finding(records):
    [finding] = told(password_sprayed, records)

    assert finding.summary == (
        "sign-ins of 5 users or more failed within an hour on 2026-11-23 from 203.0.113.7"
    )


@pytest.mark.parametrize(
    "records",
    [
        FIVE[:4],
        [sign_in(minute) for minute in range(9)],
        [sign_in(n, f"user-{n}", sourceIPAddress=f"203.0.113.{n}") for n in range(9)],
        [sign_in(n, f"user-{n}", answer="Success") for n in range(9)],
        [sign_in(20 * n, f"user-{n}") for n in range(9)],
    ],
    ids=["four", "one user", "many addresses", "successes", "over a longer time"],
)
def test_is_quiet_otherwise(records):
    assert told(password_sprayed, records) == []
