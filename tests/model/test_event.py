from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.model.event import CloudTrailEvent
from rolecall.model.record import MalformedEventError
from tests.builders import (
    ACCOUNT,
    NOW,
    envelope,
    event,
    record,
    role_identity,
    root_identity,
    user_identity,
)


def test_reads_a_record():
    read = event("CreateUser", request={"userName": "bob"})

    assert (read.name, read.source, read.account_id) == ("CreateUser", "iam.amazonaws.com", ACCOUNT)
    assert read.at == NOW
    assert read.requested("userName") == "bob"
    assert read.succeeded


def test_reads_the_envelope_of_eventbridge_like_the_record_in_it():
    detail = record()

    assert CloudTrailEvent.parse(envelope(detail)) == CloudTrailEvent.parse(detail)


def test_takes_the_account_from_the_envelope_when_the_record_has_none():
    detail = record(actor={"type": "AWSService", "invokedBy": "ec2.amazonaws.com"})
    del detail["recipientAccountId"]

    assert CloudTrailEvent.parse(envelope(detail)).account_id == ACCOUNT


def test_takes_the_account_from_the_actor_when_nothing_else_names_it():
    detail = record()
    del detail["recipientAccountId"]

    assert CloudTrailEvent.parse(detail).account_id == ACCOUNT


@pytest.mark.parametrize("missing", ["eventName", "eventSource", "eventTime", "awsRegion"])
def test_names_the_field_that_is_missing(missing):
    detail = record()
    del detail[missing]

    with pytest.raises(MalformedEventError, match=missing):
        CloudTrailEvent.parse(detail)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("eventName", 7),
        ("eventTime", "yesterday"),
        ("eventTime", "0001-01-01T00:00:00+14:00"),
        ("requestParameters", "all of it"),
        ("userIdentity", []),
        ("eventID", 7),
    ],
)
def test_names_the_field_that_is_of_another_shape(field, value):
    with pytest.raises(MalformedEventError, match=field):
        CloudTrailEvent.parse({**record(), field: value})


@pytest.mark.parametrize("no_event", [None, [], "text", 7, {}, {"detail": None}])
def test_refuses_what_is_no_event(no_event):
    with pytest.raises(MalformedEventError):
        CloudTrailEvent.parse(no_event)


def test_names_a_record_of_old_that_has_no_id_by_its_content():
    detail = record()
    del detail["eventID"]

    first, again = CloudTrailEvent.parse(detail), CloudTrailEvent.parse(dict(detail))
    other = CloudTrailEvent.parse({**detail, "eventName": "DeleteUser"})

    assert first.id == again.id != other.id


@pytest.mark.parametrize("text", ["2026-11-23T12:00:00", "2026-11-23 12:00:00.000"])
def test_takes_a_time_without_zone_for_utc_as_cloudtrail_means_it(text):
    assert event(eventTime=text).at == NOW


def test_reads_an_event_that_does_not_say_who():
    detail = record()
    del detail["userIdentity"]

    assert str(CloudTrailEvent.parse(detail).actor) == "an unnamed actor"


def test_takes_empty_text_for_an_object_that_is_not_there():
    assert event(response="").response == {}


def test_refuses_an_event_of_no_account():
    detail = record(actor={"type": "Unknown"})
    del detail["recipientAccountId"]

    with pytest.raises(MalformedEventError, match="accountId"):
        CloudTrailEvent.parse(detail)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
fields = st.sampled_from([*record(), "detail", "additionalEventData"])


@given(st.dictionaries(fields, json))
def test_reads_or_refuses_but_never_crashes(changes):
    with suppress(MalformedEventError):
        CloudTrailEvent.parse({**record(), **changes})


@pytest.mark.parametrize(
    ("identity", "words", "principal"),
    [
        (user_identity("team/alice"), "user alice", f"arn:aws:iam::{ACCOUNT}:user/team/alice"),
        (
            role_identity("ci", "build-42"),
            "role ci (session build-42)",
            f"arn:aws:iam::{ACCOUNT}:role/ci",
        ),
        (root_identity(), f"the root user of {ACCOUNT}", f"arn:aws:iam::{ACCOUNT}:root"),
        ({"type": "AWSService", "invokedBy": "sso.amazonaws.com"}, "sso.amazonaws.com", ""),
        ({"type": "Unknown"}, "an unnamed Unknown", ""),
    ],
)
def test_names_the_actor(identity, words, principal):
    actor = event(actor=identity).actor

    assert str(actor) == words
    assert actor.principal == principal


def test_knows_what_aws_does_itself():
    deployed = role_identity(invokedBy="cloudformation.amazonaws.com")

    assert event(actor={"type": "AWSService"}).actor.is_aws_itself
    assert not event(actor=deployed).actor.is_aws_itself
    assert event(actor=deployed).actor.is_deployment
    assert not event(actor=role_identity()).actor.is_deployment


def test_a_denied_call_did_not_succeed():
    assert not event(error="AccessDenied").succeeded


def test_a_failed_sign_in_did_not_succeed_although_it_has_no_error_code():
    assert not event("ConsoleLogin", response={"ConsoleLogin": "Failure"}).succeeded


def test_a_failed_change_of_a_password_did_not_succeed_either():
    assert not event("PasswordUpdated", response={"PasswordUpdated": "Failure"}).succeeded


@pytest.mark.parametrize(
    ("request_", "other"), [({"userName": "bob"}, "bob"), ({"userName": "mallory"}, ""), (None, "")]
)
def test_tells_a_call_about_another_user_from_one_about_the_caller(request_, other):
    assert event("UpdateLoginProfile", request=request_).other_user == other


@pytest.mark.parametrize(
    ("region", "arn"),
    [
        ("us-east-1", f"arn:aws:iam::{ACCOUNT}:user/a"),
        ("us-gov-west-1", f"arn:aws-us-gov:iam::{ACCOUNT}:user/a"),
        ("cn-north-1", f"arn:aws-cn:iam::{ACCOUNT}:user/a"),
    ],
)
def test_writes_arns_of_the_events_own_partition(region, arn):
    assert event(region=region).iam_arn("user/a") == arn


def test_reads_booleans_that_old_records_write_as_text():
    assert event(readOnly="true").is_read_only
    assert not event(readOnly="false").is_read_only
