from rolecall.checks.privilege.allow_by_exclusion import allow_by_exclusion
from rolecall.model.principals import HeldPolicy, PolicyKind
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import account, user


def evidence_for(*policies, **fields):
    return allow_by_exclusion.judge(account(user("alice", policies=policies, **fields)), {})


def statement(kind=PolicyKind.INLINE, **elements):
    parsed = Policy.parse({"Statement": {"Effect": "Allow", **elements}}, name="rest")
    return HeldPolicy("rest", kind, parsed)


def test_flags_all_actions_but_some():
    [evidence] = evidence_for(statement(NotAction=["iam:*", "sts:*"], Resource="*"))

    assert evidence.severity is Severity.HIGH
    assert evidence.data["excluded"] == ["iam:*", "sts:*"]
    assert "everything but the 2 actions named in statement 1" in evidence.summary


def test_flags_all_resources_but_some():
    [evidence] = evidence_for(statement(Action="s3:*", NotResource="arn:aws:s3:::payroll/*"))

    assert evidence.severity is Severity.MEDIUM
    assert evidence.data["excluded"] == ["arn:aws:s3:::payroll/*"]


def test_accepts_not_action_on_named_resources():
    assert not evidence_for(statement(NotAction="s3:Delete*", Resource="arn:aws:s3:::reports/*"))


def test_accepts_exclusion_in_a_deny():
    assert not evidence_for(statement(Effect="Deny", NotAction="iam:*", Resource="*"))


def test_accepts_what_only_aws_can_rewrite():
    assert not evidence_for(statement(PolicyKind.AWS_MANAGED, NotAction="iam:*", Resource="*"))
