from dataclasses import replace

from rolecall.comparisons.permissions.permissions_lost import permissions_lost
from rolecall.model.severity import Severity
from tests.builders import held, role, trust_of
from tests.rights import DEPLOY, change_of, rights_change

QUEUES = held("sqs:SendMessage")
WITH_QUEUES = replace(DEPLOY, policies=(*DEPLOY.policies, QUEUES))


def lost(before, after):
    return permissions_lost.judge(change_of(rights_change(before, after)), {})


def test_keeps_a_record_of_what_was_taken_away():
    [evidence] = lost(WITH_QUEUES, DEPLOY)

    assert evidence.summary == (
        "role ci-deploy can no longer use sqs:SendMessage. No event was seen for it"
    )
    assert permissions_lost.severity is Severity.INFORMATIONAL
    assert evidence.severity is None
    assert evidence.data["lost"] == ["sqs:SendMessage"]


def test_tells_what_became_narrower():
    narrow = held("sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:one")

    [evidence] = lost(WITH_QUEUES, replace(DEPLOY, policies=(*DEPLOY.policies, narrow)))

    assert "can use less widely than before sqs:SendMessage" in evidence.summary
    assert evidence.data["narrowed_count"] == 1


def test_tells_who_is_no_longer_an_administrator():
    [evidence] = lost(replace(DEPLOY, policies=(held("*"),)), DEPLOY)

    assert "is no longer an administrator; can no longer use" in evidence.summary


def test_tells_who_is_kept_out():
    [evidence] = lost(
        role("ci-deploy", trust=trust_of({"AWS": ["444455556666", "777788889999"]})),
        role("ci-deploy", trust=trust_of({"AWS": "444455556666"})),
    )

    assert "can no longer be assumed by 777788889999" in evidence.summary


def test_leaves_to_the_other_rule_what_gains_as_well():
    gained = replace(DEPLOY, policies=(*DEPLOY.policies, held("s3:GetObject")))

    assert lost(WITH_QUEUES, gained) == []


def test_says_nothing_where_nothing_was_lost():
    assert lost(DEPLOY, DEPLOY) == []
    assert lost(DEPLOY, WITH_QUEUES) == []
