from rolecall.checks.users.group_with_inline_policy import group_with_inline_policy
from rolecall.model.principals import PolicyKind
from tests.builders import account, group, held


def evidence_for(*policies):
    return group_with_inline_policy.judge(account(groups=(group(policies=policies),)), {})


def test_flags_a_group_with_an_inline_policy():
    [evidence] = evidence_for(held(name="all"))

    assert evidence.summary == "group admins has the inline policy all"


def test_several_inline_policies_are_one_finding():
    [evidence] = evidence_for(held(name="all"), held(name="more"))

    assert evidence.summary == "group admins has the inline policies all, more"


def test_accepts_managed_policies():
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"

    assert not evidence_for(held(kind=PolicyKind.AWS_MANAGED, arn=arn))


def test_the_order_in_which_aws_lists_policies_changes_nothing():
    policies = (held(name="b"), held(name="a"))

    assert evidence_for(*policies) == evidence_for(*reversed(policies))
