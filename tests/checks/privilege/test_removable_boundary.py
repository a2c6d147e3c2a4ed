from rolecall.checks.privilege.removable_boundary import removable_boundary
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import account, document, held, user

BOUNDARY = Policy.parse(document(["iam:DeleteUserPermissionsBoundary", "s3:*"]))
REMOVES = held("iam:DeleteUserPermissionsBoundary")


def evidence_of(*users):
    return list(removable_boundary.judge(account(*users), {}))


def test_tells_who_takes_off_its_own():
    [evidence] = evidence_of(user("alice", policies=(REMOVES,), boundary=BOUNDARY))

    assert evidence.severity is Severity.HIGH
    assert "such as its own" in evidence.summary


def test_grades_lower_who_takes_off_those_of_others():
    [evidence] = evidence_of(user("alice", policies=(REMOVES,)), user("bob", boundary=BOUNDARY))

    assert evidence.severity is Severity.MEDIUM
    assert "that of user bob" in evidence.summary


def test_is_silent_where_the_boundary_denies_it():
    tight = Policy.parse(document("s3:*"))

    assert evidence_of(user("alice", policies=(REMOVES,), boundary=tight)) == []


def test_leaves_to_the_rule_on_administrators_who_is_one_with_mfa():
    with_mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    conditional = user("alice", policies=(held("*", Condition=with_mfa),))

    assert evidence_of(conditional, user("bob", boundary=BOUNDARY)) == []


def test_is_silent_where_nobody_has_one():
    assert evidence_of(user("alice", policies=(REMOVES,))) == []
