from rolecall.checks.privilege.pass_any_role import pass_any_role
from rolecall.model.severity import Severity
from tests.builders import account, held, user


def evidence_for(*policies, **fields):
    return pass_any_role.judge(account(user("alice", policies=policies, **fields)), {})


def test_flags_whoever_may_pass_every_role():
    [evidence] = evidence_for(held(["iam:PassRole", "lambda:*"]))

    assert evidence.severity is Severity.HIGH
    assert evidence.data["actions"] == ["iam:PassRole"]


def test_a_condition_on_the_service_lowers_it():
    to_lambda = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}

    [evidence] = evidence_for(held("iam:PassRole", Condition=to_lambda))

    assert (evidence.verdict, evidence.severity) == ("conditional", Severity.MEDIUM)
    assert evidence.data["conditions"] == [
        "StringEquals iam:PassedToService = lambda.amazonaws.com"
    ]


def test_accepts_named_roles():
    assert not evidence_for(held("iam:PassRole", "arn:aws:iam::111122223333:role/task"))
