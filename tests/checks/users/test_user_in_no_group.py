from rolecall.checks.users.user_in_no_group import user_in_no_group
from tests.builders import account, held, user


def evidence_for(**fields):
    return user_in_no_group.judge(account(user("alice", **fields)), {})


def test_flags_a_user_in_no_group():
    [evidence] = evidence_for()

    assert evidence.summary == "user alice is in no group and holds no policies"


def test_accepts_a_user_in_a_group():
    assert not evidence_for(groups=("developers",))


def test_leaves_a_user_with_policies_of_its_own_to_their_rule():
    assert not evidence_for(policies=(held(),))


def test_does_not_say_that_it_holds_no_policies_where_one_could_not_be_read():
    assert not evidence_for(unread=("mine",))
