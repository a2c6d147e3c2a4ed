import pytest

from rolecall.detections.bursts.password_guessed import password_guessed
from rolecall.model.severity import Severity
from tests.detections.bursts.of_events import orders, sign_in, told

FIVE = [sign_in(minute) for minute in range(5)]


@pytest.mark.parametrize("records", orders(FIVE))
def test_five_failures_in_any_order_are_one_finding(records):
    [finding] = told(password_guessed, records)

    assert finding.summary == (
        "5 sign-ins of user alice or more failed within 15 minutes on 2026-11-23"
    )
    assert finding.severity is Severity.MEDIUM


def test_more_of_them_change_nothing():
    assert len(told(password_guessed, [sign_in(minute / 10) for minute in range(120)])) == 1


def test_of_the_root_user_they_are_grave():
    [finding] = told(password_guessed, [sign_in(minute, "root") for minute in range(5)])

    assert finding.severity is Severity.HIGH


@pytest.mark.parametrize(
    "records",
    [
        FIVE[:4],
        FIVE[:1] * 9,
        [sign_in(4 * minute) for minute in range(5)],
        [sign_in(minute, f"user-{minute}") for minute in range(9)],
        [sign_in(minute, answer="Success") for minute in range(9)],
    ],
    ids=["four", "the same one", "over a longer time", "of many users", "successes"],
)
def test_is_quiet_otherwise(records):
    assert told(password_guessed, records) == []
