from rolecall.checks.users.group_without_users import group_without_users
from tests.builders import account, group, held


def test_flags_a_group_that_nobody_is_in():
    admins = group("admins", policies=(held(name="all"),))

    [evidence] = group_without_users.judge(account(groups=(admins,)), {})

    assert evidence.summary == "group admins has no users"
    assert evidence.resource.type == "AwsIamGroup"
    assert evidence.commands == (
        "aws iam delete-group-policy --group-name admins --policy-name all",
        "aws iam delete-group --group-name admins",
    )


def test_accepts_a_group_with_a_user():
    assert not group_without_users.judge(account(groups=(group(members=("alice",)),)), {})
