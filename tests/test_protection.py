"""The SCP that keeps Rolecall as it was deployed: what it denies, to whom, and that it fits."""

import json
from pathlib import Path

import pytest

from rolecall.policy import Outcome, Policy, PolicySet, Request, decide

ACCOUNT = "111122223333"
FILE = Path(__file__).parents[1] / "docs/protect-rolecall.json"
EVERYTHING = Policy.parse(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
)
INTRUDER = f"arn:aws:iam::{ACCOUNT}:role/administrator"
DEPLOYERS = (
    f"arn:aws:iam::{ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-{ACCOUNT}-us-east-1",
    f"arn:aws:iam::{ACCOUNT}:role/stacksets-exec-0123456789abcdef",
)
OURS = [
    ("iam:PutRolePolicy", f"arn:aws:iam::{ACCOUNT}:role/rolecall-reader"),
    ("iam:UpdateAssumeRolePolicy", f"arn:aws:iam::{ACCOUNT}:role/rolecall-detect-event"),
    ("events:DisableRule", f"arn:aws:events:us-east-1:{ACCOUNT}:rule/rolecall-forward-identity"),
    ("events:DeleteRule", f"arn:aws:events:us-east-1:{ACCOUNT}:rule/rolecall/rolecall-iam"),
    ("events:DeleteEventBus", f"arn:aws:events:us-east-1:{ACCOUNT}:event-bus/rolecall"),
    ("dynamodb:DeleteTable", f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/rolecall-findings"),
    ("lambda:UpdateFunctionCode", f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:rolecall-notify"),
    ("sns:Unsubscribe", f"arn:aws:sns:us-east-1:{ACCOUNT}:rolecall-findings:0b1c"),
    ("sqs:PurgeQueue", f"arn:aws:sqs:us-east-1:{ACCOUNT}:rolecall-events"),
    (
        "states:UpdateStateMachine",
        f"arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:rolecall-audit",
    ),
    (
        "logs:DeleteLogGroup",
        f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/aws/lambda/rolecall-notify",
    ),
    ("cloudwatch:DeleteAlarms", f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:rolecall-x"),
]


def outcome(principal, action, resource):
    scp = Policy.parse(FILE.read_text(), name="protect-rolecall")
    policies = PolicySet(
        identity=(EVERYTHING,), scps=((EVERYTHING,), (EVERYTHING, scp)), account_id=ACCOUNT
    )
    return decide(Request(principal, action, resource), policies).outcome


@pytest.mark.parametrize(("action", "resource"), OURS)
def test_an_administrator_cannot_touch_what_is_ours(action, resource):
    assert outcome(INTRUDER, action, resource) is Outcome.EXPLICITLY_DENIED


@pytest.mark.parametrize("deployer", DEPLOYERS)
@pytest.mark.parametrize(("action", "resource"), OURS)
def test_whoever_deploys_it_can(action, resource, deployer):
    assert outcome(deployer, action, resource) is Outcome.ALLOWED


@pytest.mark.parametrize(("action", "resource"), OURS)
def test_what_belongs_to_others_is_left_alone(action, resource):
    theirs = resource.replace("rolecall", "payments")

    assert outcome(INTRUDER, action, theirs) is Outcome.ALLOWED


def test_reading_is_left_alone():
    table = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/rolecall-findings"

    assert outcome(INTRUDER, "dynamodb:Query", table) is Outcome.ALLOWED


def test_it_fits_into_a_policy():
    # https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
    assert len(json.dumps(json.loads(FILE.read_text()), separators=(",", ":"))) <= 5120
