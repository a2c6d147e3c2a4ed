import pytest

from rolecall.detections.services.instance_user_data_changed import instance_user_data_changed
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event


def judged(request, **fields):
    call = event("ModifyInstanceAttribute", source="ec2.amazonaws.com", request=request, **fields)
    return instance_user_data_changed.judge(call, {})


@pytest.mark.parametrize(
    "change", [{"userData": "<sensitiveDataRemoved>"}, {"attribute": "userData"}]
)
def test_new_user_data_are_told(change):
    [evidence] = judged({"instanceId": "i-0123456789abcdef0", **change})

    assert evidence.severity is None
    assert evidence.resource.arn == (
        f"arn:aws:ec2:us-east-1:{ACCOUNT}:instance/i-0123456789abcdef0"
    )


def test_a_refused_attempt_is_low():
    [evidence] = judged({"userData": "x"}, error="Client.UnauthorizedOperation")

    assert evidence.severity is Severity.LOW


def test_other_changes_and_failures_are_quiet():
    assert not judged({"instanceId": "i-1", "disableApiTermination": {"value": True}})
    assert not judged({"userData": "x"}, error="Client.IncorrectInstanceState")
