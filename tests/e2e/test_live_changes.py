"""A call in a member account becomes a finding within seconds, and a message right after."""

import json

import pytest

from demo import intruder, recording
from demo.organization import DEVELOPMENT, PRODUCTION
from tests.e2e.principals import document


def test_every_step_of_an_intruder_is_found_and_told(world):
    world.quiet()  # what setting up caused is told before, and apart
    for change in intruder.changes(world.aws, world.seeded.intruder):
        change.call()

        expected = change.expected
        finding = world.await_finding(
            expected.account_id, expected.rule, resource=expected.resource
        )
        mail = world.await_mail(finding)
        assert "night-shift" in mail.text
        assert mail.attributes == {
            "severity": finding.severity,
            "account": PRODUCTION,
            "rule": expected.rule,
            "news": "opened",
        }
    world.member("events", PRODUCTION).enable_rule(Name="rolecall-forward-identity")


def test_machines_get_json_where_people_get_text(world):
    sns, sqs = world.hub("sns"), world.hub("sqs")
    [topic] = [
        each["TopicArn"]
        for each in sns.list_topics()["Topics"]
        if each["TopicArn"].endswith(":rolecall-findings")
    ]
    queue = sqs.create_queue(QueueName="machine")["QueueUrl"]
    arn = f"arn:aws:sqs:us-east-1:{world.organization.hub.id}:machine"
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": _publishable(arn, topic)})
    filter_policy = json.dumps({"rule": ["mfa-removed"]})
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=arn,
        Attributes={"RawMessageDelivery": "true", "FilterPolicy": filter_policy},
    )
    iam = world.member("iam", PRODUCTION)
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="lost")["VirtualMFADevice"]
    codes = {"AuthenticationCode1": "123456", "AuthenticationCode2": "654321"}
    serial = device["SerialNumber"]
    iam.enable_mfa_device(UserName="app-1", SerialNumber=serial, **codes)

    iam.create_access_key(UserName="app-1")
    iam.deactivate_mfa_device(UserName="app-1", SerialNumber=serial)

    finding = world.await_finding(PRODUCTION, "mfa-removed", resource="user/app-1")
    answer = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5, MaxNumberOfMessages=10)
    [message] = answer["Messages"]
    assert json.loads(message["Body"])["finding"]["id"] == finding.id


def test_a_recorded_attack_is_found_when_it_is_replayed(world):
    for record in recording.read(recording.STOLEN_ROOT):
        world.aws.deliver(record)

    for expected in recording.EXPECTED:
        world.await_finding(DEVELOPMENT, expected.rule, resource=expected.resource)


def test_every_use_of_a_break_glass_role_is_found_and_told(world):
    administrator = world.member("sts", PRODUCTION)
    trust = document(
        {"Principal": {"AWS": f"arn:aws:iam::{PRODUCTION}:root"}, "Action": "sts:AssumeRole"}
    )
    iam = world.member("iam", PRODUCTION)
    role = iam.create_role(RoleName="break-glass", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    tag = document({"Action": "iam:TagUser", "Resource": "*"})
    iam.put_role_policy(RoleName="break-glass", PolicyName="tag", PolicyDocument=tag)
    given = administrator.assume_role(RoleArn=role, RoleSessionName="incident")["Credentials"]
    session = intruder.Credentials(
        given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]
    )

    broken = world.aws.client("iam", credentials=session)
    broken.tag_user(UserName="app-1", Tags=[{"Key": "incident", "Value": "1"}])

    finding = world.await_finding(PRODUCTION, "break-glass-used")
    world.await_mail(finding)


def test_a_denied_call_of_an_intruder_is_no_success(world):
    reader = world.member("iam", DEVELOPMENT)
    reader.create_user(UserName="nobody")
    key = reader.create_access_key(UserName="nobody")["AccessKey"]
    nobody = world.aws.client(
        "iam", credentials=intruder.Credentials(key["AccessKeyId"], key["SecretAccessKey"])
    )

    with pytest.raises(nobody.exceptions.ClientError, match="AccessDenied"):
        nobody.create_access_key(UserName="analyst")
    world.quiet()

    [record] = [r for r in world.aws.records() if r.get("errorCode") == "AccessDenied"][-1:]
    assert record["userIdentity"]["userName"] == "nobody"
    assert not [
        f
        for f in world.findings.of_account(DEVELOPMENT)
        if f.resource.endswith("user/analyst") and f.rule == "access-key-for-another-user"
    ]


def _publishable(queue, topic):
    return document(
        {
            "Principal": {"Service": "sns.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue,
            "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
        }
    )
