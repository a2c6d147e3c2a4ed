"""A statement that names hundreds of principals is about the same callers as one that names few."""

import pytest

from rolecall.policy import Policy, PolicySet, Request, decide

ACCOUNT = "111122223333"
OTHERS = [f"arn:aws:iam::{ACCOUNT}:role/other-{i}" for i in range(40)]
NAMED = {
    "the role": f"arn:aws:iam::{ACCOUNT}:role/team/deploy",
    "its account": f"arn:aws:iam::{ACCOUNT}:root",
    "the number of its account": ACCOUNT,
    "everybody": "*",
    "a pattern": f"arn:aws:iam::{ACCOUNT}:role/team/*",
    "another role": f"arn:aws:iam::{ACCOUNT}:role/team/deployer",
    "another account": "444455556666",
    "a deleted role": "AROAEXAMPLEEXAMPLE1",
    "a service": "lambda.amazonaws.com",
}
CALLERS = {
    "role": f"arn:aws:iam::{ACCOUNT}:role/team/deploy",
    "session": f"arn:aws:sts::{ACCOUNT}:assumed-role/deploy/build-42",
    "user": f"arn:aws:iam::{ACCOUNT}:user/deploy",
    "service": "lambda.amazonaws.com",
}


def outcome(caller, *principals, element="Principal", effect="Allow"):
    kind = "Service" if principals[0].endswith(".com") else "AWS"
    statement = {
        "Effect": effect,
        element: {kind: list(principals)},
        "Action": "sts:AssumeRole",
    }
    trust = Policy.parse({"Version": "2012-10-17", "Statement": statement})
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    own = Policy.parse({"Version": "2012-10-17", "Statement": everything})
    request = Request(caller, "sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/target")
    return decide(request, PolicySet(identity=(own,), resource=trust, account_id=ACCOUNT)).outcome


@pytest.mark.parametrize("element", ["Principal", "NotPrincipal"])
@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize("caller", CALLERS.values(), ids=CALLERS)
@pytest.mark.parametrize("named", NAMED.values(), ids=NAMED)
def test_the_crowd_around_a_name_changes_nothing(named, caller, effect, element):
    crowd = ["ec2.amazonaws.com"] * 40 if named.endswith(".com") else OTHERS

    alone = outcome(caller, named, element=element, effect=effect)
    among_others = outcome(caller, named, *crowd, element=element, effect=effect)

    assert among_others == alone
