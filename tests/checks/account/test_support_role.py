from rolecall.checks.account.support_role import support_role
from tests.builders import ACCOUNT, account, group, held, role, user

POLICY = held("support:*", name="AWSSupportAccess")


def evidence_for(*users, **fields):
    return support_role.judge(account(*users, **fields), {})


def test_flags_an_account_in_which_nobody_holds_the_policy():
    [evidence] = evidence_for(user(policies=(held("*"),)))

    assert evidence.summary.startswith("nobody in account 111122223333 holds AWSSupportAccess")
    assert evidence.resource.type == "AwsAccount"


def test_accepts_a_role_a_group_and_a_user_with_it():
    assert not evidence_for(roles=[role(policies=(POLICY,))])
    assert not evidence_for(groups=(group(policies=(POLICY,)),))
    assert not evidence_for(user(policies=(POLICY,)))


def test_does_not_count_the_role_of_a_service():
    arn = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/support.amazonaws.com/linked"

    assert evidence_for(roles=[role("linked", arn=arn, policies=(POLICY,))])


def test_counts_a_policy_that_is_attached_and_could_not_be_read():
    assert not evidence_for(roles=[role(unread=("AWSSupportAccess",))])


def test_follows_the_configured_policies():
    incident = account(roles=[role(policies=(held(name="Incidents"),))])

    assert not support_role.judge(incident, {"accepted_policies": ("Incidents",)})


def test_the_command_names_the_policy_of_the_partition():
    [evidence] = evidence_for(partition="aws-cn")

    assert "arn:aws-cn:iam::aws:policy/AWSSupportAccess" in evidence.commands[0]
