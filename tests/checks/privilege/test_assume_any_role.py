from rolecall.checks.privilege.assume_any_role import assume_any_role
from rolecall.model.severity import Severity
from tests.builders import account, held, user


def evidence_for(*policies, **fields):
    return assume_any_role.judge(account(user("alice", policies=policies, **fields)), {})


def test_flags_whoever_may_assume_every_role():
    [evidence] = evidence_for(held("sts:AssumeRole", name="hop"))

    assert evidence.summary.endswith(
        "may assume every role that trusts the account through inline policy hop"
    )
    assert evidence.severity is Severity.HIGH


def test_sees_every_role_of_the_own_account_as_every_role():
    assert evidence_for(held("sts:AssumeRole", "arn:aws:iam::111122223333:role/*"))


def test_accepts_named_roles_and_roles_of_a_path():
    assert not evidence_for(held("sts:*", "arn:aws:iam::444455556666:role/deploy"))
    assert not evidence_for(held("sts:AssumeRole", "arn:aws:iam::*:role/ci/*"))


def test_keeps_what_a_deny_blocks_as_information():
    [evidence] = evidence_for(held("sts:*"), held("sts:AssumeRole", effect="Deny"))

    assert (evidence.verdict, evidence.severity) == ("blocked", Severity.INFORMATIONAL)
