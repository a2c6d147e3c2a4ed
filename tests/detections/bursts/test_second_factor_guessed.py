import pytest

from rolecall.detections.bursts.second_factor_guessed import second_factor_guessed
from tests.detections.bursts.of_events import orders, sign_in, told

THREE = [sign_in(minute, mfa="Yes") for minute in range(3)]


@pytest.mark.parametrize("records", orders(THREE))
def test_three_failures_of_the_second_factor_are_one_finding(records):
    [finding] = told(second_factor_guessed, records)

    assert finding.summary.startswith("the second factor of user alice failed 3 times or more")


def test_the_root_user_is_named_as_such():
    [finding] = told(
        second_factor_guessed, [sign_in(minute, "root", mfa="Yes") for minute in range(3)]
    )

    assert "of the root user" in finding.summary


@pytest.mark.parametrize(
    "records",
    [
        THREE[:2],
        [sign_in(minute) for minute in range(9)],
        [sign_in(minute, mfa="Yes", answer="Success") for minute in range(9)],
        [sign_in(10 * minute, mfa="Yes") for minute in range(9)],
    ],
    ids=["two", "wrong passwords", "successes", "over a longer time"],
)
def test_is_quiet_otherwise(records):
    assert told(second_factor_guessed, records) == []
