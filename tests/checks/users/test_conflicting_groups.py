from rolecall.checks.users.conflicting_groups import conflicting_groups
from tests.builders import account, user


def evidence_for(*groups, conflicts=("payers + approvers",)):
    alice = user("alice", groups=groups)
    return conflicting_groups.judge(account(alice), {"conflicts": conflicts})


def test_flags_a_user_in_two_groups_that_exclude_each_other():
    [evidence] = evidence_for("approvers", "readers", "payers")

    assert evidence.summary == (
        "user alice is in the groups approvers and payers, which exclude each other"
    )


def test_accepts_one_of_the_two():
    assert not evidence_for("payers", "readers")


def test_two_conflicts_are_two_findings():
    evidence = evidence_for("a", "b", "c", conflicts=("a + b", "b+c", "a + x"))

    assert len({each.occasion for each in evidence}) == 2


def test_judges_nobody_where_no_conflict_is_declared():
    assert not conflicting_groups.judge(account(user(groups=("a", "b"))), {})
