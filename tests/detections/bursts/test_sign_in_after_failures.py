import pytest

from rolecall.detections.bursts.sign_in_after_failures import sign_in_after_failures
from rolecall.model.memory import MOST_REMEMBERED
from tests.detections.bursts.of_events import orders, sign_in, told

TRIES = [sign_in(minute) for minute in range(4)]
SUCCESS = sign_in(5, answer="Success")


@pytest.mark.parametrize("records", orders([*TRIES, SUCCESS]))
def test_a_success_after_four_failures_is_one_finding_in_any_order(records):
    [finding] = told(sign_in_after_failures, records)

    assert finding.summary == "user alice signed in after 4 failures or more within 15 minutes"


def test_more_failures_than_are_remembered_hide_no_success():
    tries = [sign_in(0) for _ in range(MOST_REMEMBERED + 20)]

    assert len(told(sign_in_after_failures, [*tries, SUCCESS])) == 1


def test_the_order_of_delivery_makes_no_difference_to_several_sign_ins():
    records = [*TRIES, SUCCESS, sign_in(6), sign_in(7, answer="Success")]

    forward = told(sign_in_after_failures, records)
    backward = told(sign_in_after_failures, records[::-1])

    assert {each.id for each in forward} == {each.id for each in backward}
    assert len({each.id for each in forward}) == 2


@pytest.mark.parametrize(
    "records",
    [
        [*TRIES[:3], SUCCESS],
        [sign_in(-1, answer="Success"), *TRIES],
        [*TRIES, sign_in(40, answer="Success")],
        [*TRIES, sign_in(5, "bob", answer="Success")],
        TRIES,
    ],
    ids=["three", "success before", "success much later", "of another", "no success"],
)
def test_is_quiet_otherwise(records):
    assert told(sign_in_after_failures, records) == []
