import pytest

from rolecall.detections.credentials.group_membership_changed import group_membership_changed
from rolecall.model.severity import Severity
from tests.builders import event


def judged(name="AddUserToGroup", *, user="bob", group="readers", **fields):
    given = {"request": {"userName": user, "groupName": group}}
    return group_membership_changed.judge(event(name, **{**given, **fields}), {})


def test_tells_who_put_whom_into_what_and_how_to_undo_it():
    [evidence] = judged()

    assert evidence.summary == "user mallory put user bob into group readers"
    assert evidence.commands == (
        "aws iam remove-user-from-group --user-name bob --group-name readers",
    )


@pytest.mark.parametrize(
    ("name", "user", "group", "severity"),
    [
        ("AddUserToGroup", "bob", "readers", Severity.LOW),
        ("AddUserToGroup", "bob", "Administrators", Severity.MEDIUM),
        ("AddUserToGroup", "mallory", "readers", Severity.HIGH),
        ("RemoveUserFromGroup", "bob", "Administrators", Severity.LOW),
        ("RemoveUserFromGroup", "mallory", "limits", Severity.MEDIUM),
    ],
)
def test_weighs_who_it_is(name, user, group, severity):
    [evidence] = judged(name, user=user, group=group)

    assert evidence.severity is severity


def test_a_refused_attempt_is_told_once_a_day():
    [first], [again] = judged(error="AccessDenied"), judged(error="AccessDenied")

    assert first.summary == "user mallory was refused AddUserToGroup (AccessDenied)"
    assert first.occasion == again.occasion


def test_tells_a_call_without_parameters_of_the_account():
    [evidence] = judged(request=None)

    assert evidence.resource.type == "AwsAccount"
    assert evidence.commands == ()


def test_other_failures_and_aws_itself_are_quiet():
    assert not judged(error="NoSuchEntityException")
    assert not judged(actor={"type": "AWSService"})
