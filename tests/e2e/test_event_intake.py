"""Events that come twice, cannot be understood, or come from where they should not."""

import json

import pytest

from demo import recording
from demo.findings import wait_for
from demo.organization import SANDBOX
from tests.e2e.principals import document, trust

OUTSIDER = "999999999999"


@pytest.fixture
def impatient_queue(world):
    """The intake queue with a short visibility timeout: nobody wants to wait half an hour."""
    sqs = world.hub("sqs")
    url = sqs.get_queue_url(QueueName="rolecall-events")["QueueUrl"]
    names = ["VisibilityTimeout", "RedrivePolicy"]
    before = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    redrive = {**json.loads(before["RedrivePolicy"]), "maxReceiveCount": 2}
    changed = {"VisibilityTimeout": "1", "RedrivePolicy": json.dumps(redrive)}
    sqs.set_queue_attributes(QueueUrl=url, Attributes=changed)
    yield url
    sqs.set_queue_attributes(QueueUrl=url, Attributes=before)


def test_an_event_that_comes_twice_is_one_finding_and_one_message(world):
    record = _record(SANDBOX, "twice")

    world.aws.deliver(record)
    world.aws.deliver(record)

    finding = world.await_finding(SANDBOX, "access-key-for-another-user", resource="user/twice")
    world.quiet()
    assert len(_about(world, "user/twice")) == 1
    assert len([mail for mail in world.aws.mails() if finding.id in mail.text]) == 1


@pytest.mark.parametrize(
    "malformed",
    ["this is no JSON", "{}", json.dumps({"source": "aws.iam", "detail": {"eventName": 7}})],
)
def test_an_event_that_cannot_be_understood_is_kept_and_takes_no_neighbour_along(
    world, impatient_queue, malformed
):
    sqs = world.hub("sqs")
    dead = sqs.get_queue_url(QueueName="rolecall-events-dlq")["QueueUrl"]
    name = f"neighbour-{len(malformed)}"
    bodies = [_envelope(f"{name}-1"), malformed, _envelope(f"{name}-2")]

    sqs.send_message_batch(
        QueueUrl=impatient_queue,
        Entries=[{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies)],
    )

    for number in (1, 2):
        resource = f"user/{name}-{number}"
        world.await_finding(SANDBOX, "access-key-for-another-user", resource=resource)
    kept = wait_for(lambda: sqs.receive_message(QueueUrl=dead).get("Messages"), 15)
    assert [message["Body"] for message in kept] == [malformed]
    sqs.purge_queue(QueueUrl=dead)


def test_an_account_outside_the_organization_cannot_report(world):
    hub_bus = f"arn:aws:events:us-east-1:{world.organization.hub.id}:event-bus/rolecall"
    _forward(world, OUTSIDER, hub_bus)

    world.aws.deliver(_record(OUTSIDER, "stranger"))
    world.aws.deliver(_record(SANDBOX, "acquaintance"))

    world.await_finding(SANDBOX, "access-key-for-another-user", resource="user/acquaintance")
    assert not world.findings.of_account(OUTSIDER)


def test_nobody_can_forge_an_event_of_aws(world):
    events = world.member("events", SANDBOX)
    entry = {
        "Source": "aws.iam",
        "DetailType": "AWS API Call via CloudTrail",
        "Detail": json.dumps(_record(SANDBOX, "forged")),
    }

    answer = events.put_events(Entries=[entry, {**entry, "Source": "my.iam"}])

    assert answer["Entries"][0]["ErrorCode"] == "NotAuthorizedForSourceException"
    world.quiet()
    assert not _about(world, "user/forged")


def _about(world, resource):
    return [f for f in world.findings.of_account(SANDBOX) if f.resource.endswith(resource)]


def _record(account_id, user):
    """A key made for a user by an administrator's role."""
    [created] = [
        record
        for record in recording.read(recording.STOLEN_ROOT)
        if record["eventName"] == "CreateAccessKey"
    ]
    text = json.dumps({**created, "eventID": f"event-{account_id}-{user}"})
    moved = json.loads(text.replace(created["recipientAccountId"], account_id))
    moved["requestParameters"]["userName"] = user
    moved["responseElements"]["accessKey"]["userName"] = user
    return moved


def _envelope(user):
    """The record as the intake queue gets it."""
    record = _record(SANDBOX, user)
    return json.dumps(
        {
            "version": "0",
            "id": record["eventID"],
            "detail-type": "AWS API Call via CloudTrail",
            "source": "aws.iam",
            "account": SANDBOX,
            "time": record["eventTime"],
            "region": "us-east-1",
            "resources": [],
            "detail": record,
        }
    )


def _forward(world, account_id, bus):
    """Do in an account what a member's stack does, without being a member."""
    iam, events = (world.aws.client(service, account_id) for service in ("iam", "events"))
    role = iam.create_role(
        RoleName="forward", AssumeRolePolicyDocument=trust("events.amazonaws.com")
    )["Role"]
    allow = document({"Action": "events:PutEvents", "Resource": bus})
    iam.put_role_policy(RoleName="forward", PolicyName="put", PolicyDocument=allow)
    events.put_rule(Name="forward", EventPattern=json.dumps({"source": ["aws.iam"]}))
    target = {"Id": "hub", "Arn": bus, "RoleArn": role["Arn"]}
    events.put_targets(Rule="forward", Targets=[target])
