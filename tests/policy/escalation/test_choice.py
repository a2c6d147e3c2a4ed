"""Whether policies allow several actions on one and the same resource."""

import pytest

from rolecall.policy import Policy, PolicySet
from rolecall.policy.escalation.choice import choices, meeting
from rolecall.policy.escalation.reach import Asker, any_resource, reach

ACCOUNT = "111122223333"
ALICE = Asker(f"arn:aws:iam::{ACCOUNT}:user/alice", ACCOUNT)
FUNCTIONS = f"arn:aws:lambda:*:{ACCOUNT}:function:"
CREATE, INVOKE = "lambda:CreateFunction", "lambda:InvokeFunction"


def policy(action, resource="*", effect="Allow", **more):
    element = {"Effect": effect, "Action": action, **more}
    if "NotResource" not in more:
        element["Resource"] = resource
    return Policy.parse({"Version": "2012-10-17", "Statement": element})


def is_allowed(*policies, pattern=FUNCTIONS + "*", asker=ALICE, **limits):
    """Tell whether one function can be created and invoked."""
    together = PolicySet(identity=policies, **limits)
    domain = any_resource(choices(pattern, asker, together, (CREATE, INVOKE)))
    create, invoke = (reach(asker, together, each, domain) for each in (CREATE, INVOKE))
    return bool(create.both(invoke).granted)


@pytest.mark.parametrize(
    ("create", "invoke", "expected"),
    [
        ("*", "*", True),
        ("*", FUNCTIONS + "app-*", True),
        (FUNCTIONS + "app-*", FUNCTIONS + "other-*", False),
        (FUNCTIONS + "app-*", FUNCTIONS + "*-prod", True),
        (FUNCTIONS + "app-?", FUNCTIONS + "*-7", True),
        (FUNCTIONS + "a", FUNCTIONS + "a", True),
        (FUNCTIONS + "a", FUNCTIONS + "b", False),
        ([FUNCTIONS + "a", FUNCTIONS + "b"], [FUNCTIONS + "b", FUNCTIONS + "c"], True),
        ("arn:aws:lambda:*", FUNCTIONS + "app", True),
        ("arn:aws:lambda:eu-west-1:*:*", "arn:aws:lambda:us-east-1:*:*", False),
        ("arn:aws:lambda:*:777788889999:function:*", "*", False),
        ("arn:aws-cn:lambda:*:*:function:*", "*", False),
        ("arn:aws:s3:::bucket/*", "*", False),
    ],
)
def test_asks_for_one_resource_on_which_all_is_allowed(create, invoke, expected):
    assert is_allowed(policy(CREATE, create), policy(INVOKE, invoke)) is expected


@pytest.mark.parametrize(
    ("deny", "expected"),
    [
        (policy(CREATE, FUNCTIONS + "*", "Deny"), False),
        (policy(CREATE, "arn:aws:lambda:eu-west-1:*:*", "Deny"), True),
        (policy(INVOKE, FUNCTIONS + "app-*", "Deny"), False),
        (policy(INVOKE, FUNCTIONS + "app-old-*", "Deny"), True),
        (policy("lambda:*", effect="Deny", NotResource=FUNCTIONS + "app-7"), True),
        (policy("lambda:*", effect="Deny", NotResource=FUNCTIONS + "other-*"), False),
    ],
)
def test_reckons_with_what_is_denied_of_the_resources(deny, expected):
    allow = policy([CREATE, INVOKE], FUNCTIONS + "app-*")

    assert is_allowed(allow, deny) is expected


def test_keeps_within_limits_that_name_the_resource():
    allow = policy([CREATE, INVOKE])
    level = (policy("lambda:*", FUNCTIONS + "app-*"),)

    assert is_allowed(allow, scps=(level,))
    assert is_allowed(allow, scps=(level,), boundary=policy("*", FUNCTIONS + "app-7"))
    assert not is_allowed(allow, scps=(level,), boundary=policy("*", FUNCTIONS + "other-*"))


def test_puts_the_name_of_who_asks_into_the_resource():
    own = policy(CREATE, FUNCTIONS + "${aws:username}-*")

    assert is_allowed(own, policy(INVOKE, FUNCTIONS + "alice-*"))
    assert not is_allowed(own, policy(INVOKE, FUNCTIONS + "bob-*"))


def test_asks_for_everything_where_an_action_has_no_resource_types():
    assert choices("*", ALICE, PolicySet(), (CREATE,)) == ("*",)


def test_does_not_look_at_more_ways_than_a_few_hundred():
    names = [f"*{i}*" for i in range(40)]
    everywhere = [policy([CREATE, INVOKE], FUNCTIONS + name) for name in names]
    levels = (tuple(everywhere),) * 3

    found = choices(FUNCTIONS + "*", ALICE, PolicySet(scps=levels), (CREATE, INVOKE))

    assert len(found) <= 256


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a*", "*b", "a*b"),
        ("a*c", "ab*", "ab*c"),
        ("*x*", "*y*", "*x*y*"),
        ("a?c*", "?bc*", "abc*"),
        ("", "*", ""),
        ("a", "", None),
        ("a*", "b*", None),
        ("arn:aws:ec2:*::image/*", "arn:aws:ec2:*:*:image/ami-1", "arn:aws:ec2:*::image/ami-1"),
        ("arn:aws:iam::1:role/*", "arn:aws:iam::1:user/*", None),
    ],
)
def test_knows_where_two_patterns_meet(one, other, expected):
    assert meeting(one, other) == expected
    assert meeting(other, one) is None if expected is None else meeting(other, one) is not None
