import json

import pytest
from botocore.exceptions import ClientError

from rolecall.adapters.cloudtrail_lookup import CloudTrailLookup
from rolecall.model.credentials import Use
from tests.adapters.iam_stubs import StubbedSession
from tests.builders import KEY_ID, days_ago, record

OTHER_ID = "AKIAI44QH8DHBEXAMPLE"


@pytest.fixture
def session():
    session = StubbedSession("iam", "cloudtrail")
    yield session
    session.assert_all_asked()


def answer_last_use(session, **fields):
    given = {"LastUsedDate": days_ago(5), "ServiceName": "s3", "Region": "eu-west-1", **fields}
    used = {name: value for name, value in given.items() if value is not None}
    session.answer(
        "iam",
        "get_access_key_last_used",
        {"UserName": "alice", "AccessKeyLastUsed": used},
        {"AccessKeyId": KEY_ID},
    )


def answer_keys(session, *key_ids, created_at=None):
    keys = [
        {
            "UserName": "alice",
            "AccessKeyId": key_id,
            "Status": "Active" if key_id == KEY_ID else "Inactive",
            "CreateDate": created_at or days_ago(100),
        }
        for key_id in key_ids
    ]
    session.answer("iam", "list_access_keys", {"AccessKeyMetadata": keys, "IsTruncated": False})


def answer_events(session, *records, then=None, expected=None):
    events = [{"CloudTrailEvent": json.dumps(each)} for each in records]
    page = {"Events": events, **({"NextToken": then} if then else {})}
    session.answer("cloudtrail", "lookup_events", page, expected)


def asked(**more):
    return {
        "LookupAttributes": [{"AttributeKey": "AccessKeyId", "AttributeValue": KEY_ID}],
        "StartTime": days_ago(90),
        "MaxResults": 50,
        **more,
    }


def test_finds_a_key_with_its_user_its_last_use_and_the_users_other_key(session):
    answer_last_use(session)
    answer_keys(session, KEY_ID, OTHER_ID)

    key = CloudTrailLookup(session).find(KEY_ID)

    assert (key.user_name, key.is_active, key.created_at) == ("alice", True, days_ago(100))
    assert (key.last_use.at, key.last_use.region) == (days_ago(5), "eu-west-1")
    assert key.other_keys == {OTHER_ID: False}


@pytest.mark.parametrize(
    ("days_old", "use"),
    [(100, Use.NEVER), (4600, Use.NOT_ON_RECORD)],
    ids=["young", "before records"],
)
def test_no_date_means_never_only_for_keys_younger_than_iams_records(session, days_old, use):
    answer_last_use(session, LastUsedDate=None, ServiceName="N/A", Region="N/A")
    answer_keys(session, KEY_ID, created_at=days_ago(days_old))

    assert CloudTrailLookup(session).find(KEY_ID).last_use.use is use


def test_a_key_that_does_not_exist_is_none(session):
    session.refuse("iam", "get_access_key_last_used", "NoSuchEntity")

    assert CloudTrailLookup(session).find(KEY_ID) is None


def test_a_key_that_was_deleted_is_none(session):
    answer_last_use(session)
    answer_keys(session, OTHER_ID)

    assert CloudTrailLookup(session).find(KEY_ID) is None


def test_a_refusal_is_raised(session):
    session.refuse("iam", "get_access_key_last_used", "AccessDenied")

    with pytest.raises(ClientError, match="AccessDenied"):
        CloudTrailLookup(session).find(KEY_ID)


def test_reads_page_after_page_of_the_event_history(session):
    first, second = record("RunInstances"), record("DescribeInstances")
    answer_events(session, first, then="more", expected=asked())
    answer_events(session, second, expected=asked(NextToken="more"))

    found = CloudTrailLookup(session).lookup(KEY_ID, "us-east-1", days_ago(90))

    assert [event.name for event in found.events] == ["RunInstances", "DescribeInstances"]
    assert found.is_complete


def test_asks_for_ten_pages_at_most(session):
    for number in range(10):
        answer_events(session, record(), then=f"page-{number}")

    found = CloudTrailLookup(session).lookup(KEY_ID, "us-east-1", days_ago(90))

    assert len(found.events) == 10
    assert not found.is_complete


def test_a_history_that_is_refused_is_told_not_raised(session):
    session.refuse("cloudtrail", "lookup_events", "AccessDeniedException", "no")

    found = CloudTrailLookup(session).lookup(KEY_ID, "us-east-1", days_ago(90))

    assert found.error == "AccessDeniedException: no"
    assert not found.events


def test_an_event_that_makes_no_sense_is_told_not_left_out(session):
    answer_events(session, {"eventName": "RunInstances"})

    found = CloudTrailLookup(session).lookup(KEY_ID, "us-east-1", days_ago(90))

    assert found.error == "eventSource should be text, it is missing"
