import pytest

from rolecall.detections.bursts.new_key_used_elsewhere import new_key_used_elsewhere
from rolecall.model.severity import Severity
from tests.builders import root_identity, user_identity
from tests.detections.bursts.of_events import at, orders, told

KEY = "AKIAIOSFODNN7EXAMPLE"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def made(minutes=0, ip=HOME, key=KEY, **fields):
    answer = {"accessKey": {"accessKeyId": key, "userName": "eve"}}
    given = {"request": {"userName": "eve"}, "response": answer, "sourceIPAddress": ip}
    return at(minutes, name="CreateAccessKey", **{**given, **fields})


def used(minutes=5, ip=ELSEWHERE, key=KEY, **fields):
    actor = {**user_identity("eve"), "accessKeyId": key}
    given = {"name": "CreateUser", "actor": actor, "sourceIPAddress": ip}
    return at(minutes, **{**given, **fields})


@pytest.mark.parametrize("records", orders([made(), used(), used(9)]))
def test_tells_it_once_whatever_comes_first(records):
    [finding] = told(new_key_used_elsewhere, records)

    assert finding.severity is Severity.HIGH
    assert finding.resource.arn == "arn:aws:iam::111122223333:user/eve"
    assert finding.summary == (
        f"Access key {KEY} was made from 203.0.113.0/24 and used from 198.51.100.0/24 within a day"
    )


def test_a_key_of_the_root_user_is_the_accounts():
    root = {**root_identity(), "accessKeyId": KEY}

    [finding] = told(new_key_used_elsewhere, [made(actor=root, request=None), used(actor=root)])

    assert finding.resource.type == "AwsAccount"


@pytest.mark.parametrize(
    "records",
    [
        [made(), used(ip="203.0.113.99")],
        [made(), used(key="AKIAI44QH8DHBEXAMPLE")],
        [made(), used(minutes=25 * 60)],
        [made(error="AccessDenied"), used()],
        [made(ip="cloudformation.amazonaws.com"), used()],
        [made(), used(ip="cloudformation.amazonaws.com")],
        [made(), used(key="ASIAI44QH8DHBEXAMPLE")],
        [made(), used(readOnly=True)],
        [used()],
        [made()],
    ],
    ids=[
        *("same network", "another key", "later", "refused", "made by a service", "by a service"),
        *("a session", "reading", "never made", "never used"),
    ],
)
def test_is_quiet_otherwise(records):
    assert told(new_key_used_elsewhere, records) == []
