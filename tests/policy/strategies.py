"""Policies and requests for property tests, drawn from a world small enough to collide."""

from hypothesis import strategies as st

from rolecall.policy import Policy, PolicySet, Request

ACCOUNT = "111122223333"
USER = f"arn:aws:iam::{ACCOUNT}:user/alice"
# Each action with resources that it can really be used on.
RESOURCES = {
    "s3:GetObject": ["arn:aws:s3:::example/a", "arn:aws:s3:::example/b/c", "arn:aws:s3:::other/a"],
    "s3:PutObject": ["arn:aws:s3:::example/a", "arn:aws:s3:::other/a"],
    "s3:ListBucket": ["arn:aws:s3:::example", "arn:aws:s3:::other"],
    "s3:ListAllMyBuckets": ["*"],
    "iam:GetRole": [f"arn:aws:iam::{ACCOUNT}:role/app", f"arn:aws:iam::{ACCOUNT}:role/a/b"],
    "iam:PassRole": [f"arn:aws:iam::{ACCOUNT}:role/app", f"arn:aws:iam::{ACCOUNT}:role/alice"],
    "iam:CreateAccessKey": [USER, f"arn:aws:iam::{ACCOUNT}:user/bob"],
    "sqs:SendMessage": [f"arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs"],
    "ec2:DescribeInstances": ["*"],
    "ec2:DeleteSnapshot": ["arn:aws:ec2:eu-west-1::snapshot/snap-1"],
    "brandnew:DoThis": ["arn:aws:brandnew:eu-west-1:111122223333:thing/one"],
}
ACTION_PATTERNS = [
    *RESOURCES,
    "*",
    "s3:*",
    "iam:*",
    "s3:Get*",
    "s3:*Object",
    "S3:?etObject",
    "iam:*Role",
    "brandnew:*",
    "ec2:Describe*",
]
RESOURCE_PATTERNS = [
    *{arn for arns in RESOURCES.values() for arn in arns},
    "arn:aws:s3:::*",
    "arn:aws:s3:::example/*",
    "arn:aws:s3:::*/a",
    "arn:aws:s3:::exampl?",
    "arn:*",
    "arn:aws:iam::*:role/*",
    f"arn:aws:iam::{ACCOUNT}:*",
    "arn:aws:iam::*:user/${aws:username}",
    "arn:aws:iam::444455556666:role/*",
    "arn:aws:sqs:*:*:jobs",
    "arn:aws:*:*:*:*",
    f"arn:aws:*:*:{ACCOUNT}:*",
    f"arn:aws:ec2:*:{ACCOUNT}:*",
    "arn:aws:*:role/*",
    "arn:aws:i*:*/a*",
    "arn:aws:*e/a",
    "*",
]
CONDITIONS = [
    {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
    {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}},
    {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-west-2"]}},
    {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}},
    {"Null": {"aws:RequestedRegion": "true"}},
]


def _some(choices):
    return st.lists(st.sampled_from(choices), min_size=1, max_size=3)


@st.composite
def statements(draw, effect=None):
    effect = effect or draw(st.sampled_from(["Allow", "Deny"]))
    action = draw(st.sampled_from(["Action", "Action", "Action", "NotAction"]))
    resource = draw(st.sampled_from(["Resource", "Resource", "Resource", "NotResource"]))
    everything = draw(st.booleans())
    statement = {
        "Effect": effect,
        action: draw(_some(ACTION_PATTERNS)),
        resource: ["*"] if everything else draw(_some(RESOURCE_PATTERNS)),
    }
    if draw(st.integers(0, 3)) == 0:
        statement["Condition"] = draw(st.sampled_from(CONDITIONS))
    return statement


def parse(raw_statements, name="drawn"):
    document = {"Version": "2012-10-17", "Statement": raw_statements}
    return Policy.parse(document, name=name)


def policies(max_size=5):
    return st.lists(statements(), max_size=max_size).map(parse)


def levels():
    return st.lists(st.lists(policies(3), min_size=1, max_size=2).map(tuple), max_size=2).map(tuple)


def policy_sets():
    return st.builds(
        PolicySet,
        identity=st.lists(policies(), max_size=3).map(tuple),
        boundary=st.none() | policies(),
        session=st.none() | st.lists(policies(), min_size=1, max_size=2).map(tuple),
        scps=st.none() | levels(),
        account_id=st.just(ACCOUNT),
    )


@st.composite
def requests(draw):
    action = draw(st.sampled_from(sorted(RESOURCES)))
    context = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "aws:MultiFactorAuthPresent": st.sampled_from(["true", "false"]),
                "aws:RequestedRegion": st.sampled_from(["eu-west-1", "us-east-1"]),
            },
        ),
    )
    resource = draw(st.sampled_from(RESOURCES[action]))
    complete = draw(st.booleans())
    return Request(USER, action, resource, context, context_is_complete=complete)
