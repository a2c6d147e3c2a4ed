"""A change of permissions is told by what it granted: queue, look, comparison, message."""

import json

import pytest

from demo.organization import SANDBOX

EVERYTHING = json.dumps(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
)


@pytest.fixture
def sandbox(world):
    """Look at every account as it is, and let nobody wait for the end of the minute."""
    sqs = world.hub("sqs")
    url = sqs.get_queue_url(QueueName="rolecall-changes.fifo")["QueueUrl"]
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["DelaySeconds"])["Attributes"]
    world.audit("over-privilege")
    world.quiet()  # what the audit found is told apart from what comes
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"DelaySeconds": "0"})
    yield world.member("iam", SANDBOX)
    sqs.set_queue_attributes(QueueUrl=url, Attributes=before)


def test_a_change_is_told_with_what_it_granted_and_who_made_it(world, sandbox):
    sandbox.put_user_policy(UserName="experiment", PolicyName="all", PolicyDocument=EVERYTHING)

    finding = world.await_finding(
        SANDBOX, "permissions-granted", resource="user/experiment", seconds=20
    )
    assert finding.severity == "CRITICAL"
    assert "user experiment is now an administrator of its account. Made with" in finding.summary
    assert "(PutUserPolicy, 2" in finding.summary
    assert "user experiment is now an administrator" in world.await_mail(finding).text


@pytest.fixture
def guarded(world):
    """Attach an SCP to the sandbox, look at every account, and return what detaches it."""
    organizations = world.aws.client("organizations")
    deny = {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}
    policy = organizations.create_policy(
        Name="no-queues",
        Description="",
        Type="SERVICE_CONTROL_POLICY",
        Content=json.dumps({"Version": "2012-10-17", "Statement": deny}),
    )["Policy"]["PolicySummary"]["Id"]
    organizations.attach_policy(PolicyId=policy, TargetId=SANDBOX)
    world.audit("over-privilege")
    yield lambda: organizations.detach_policy(PolicyId=policy, TargetId=SANDBOX)
    organizations.delete_policy(PolicyId=policy)


def test_a_guardrail_that_is_taken_away_is_told_with_what_it_had_blocked(world, guarded):
    guarded()

    finding = world.await_finding(
        SANDBOX, "permissions-granted", summary="DetachPolicy", seconds=30
    )
    assert "sqs:" in finding.summary
