from rolecall.checks.users.policies_on_user import policies_on_user
from rolecall.model.principals import PolicyKind
from tests.builders import account, held, user

READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def managed(name, arn, **fields):
    return held("s3:Get*", name=name, kind=PolicyKind.AWS_MANAGED, arn=arn, **fields)


def evidence_for(*policies, groups=("developers",)):
    return policies_on_user.judge(account(user("alice", policies=policies, groups=groups)), {})


def test_flags_inline_and_attached_policies_in_one_finding():
    [evidence] = evidence_for(held(name="mine"), managed("ReadOnlyAccess", READ_ONLY))

    assert evidence.summary == (
        "user alice holds inline policy mine, AWS managed policy ReadOnlyAccess itself"
    )
    assert evidence.commands[-2:] == (
        "aws iam delete-user-policy --user-name alice --policy-name mine",
        f"aws iam detach-user-policy --user-name alice --policy-arn {READ_ONLY}",
    )


def test_accepts_policies_of_groups():
    assert not evidence_for(held(group="developers"))


def test_says_whether_the_user_is_in_no_group_so_that_no_other_rule_has_to():
    [evidence] = evidence_for(held(name="mine"), groups=())

    assert evidence.summary.endswith("; it is in no group")


def test_leaves_the_policy_that_aws_attaches_to_leaked_keys_to_its_own_rule():
    name = "AWSCompromisedKeyQuarantineV3"

    assert not evidence_for(managed(name, f"arn:aws:iam::aws:policy/{name}"))


def test_the_order_in_which_aws_lists_policies_changes_nothing():
    policies = (held(name="b"), managed("ReadOnlyAccess", READ_ONLY), held(name="a"))

    assert evidence_for(*policies) == evidence_for(*reversed(policies))
