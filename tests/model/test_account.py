from rolecall.model.account import Gap
from rolecall.model.completeness import Part
from tests.builders import ACCOUNT, NOW, account, days_ago, role, user


def test_an_age_is_judged_to_the_second():
    assert not account().is_older_than(days_ago(90), 90)
    assert account().is_older_than(days_ago(90, seconds=1), 90)
    assert not account().is_older_than(days_ago(89, hours=23), 89 + 1)


def test_a_gap_is_a_lack_of_its_part_only():
    partial = account(gaps=(Gap("credential-report", "iam:GetCredentialReport", "Denied"),))

    assert partial.lacks(Part.CREDENTIAL_REPORT)
    assert not partial.lacks(Part.AUTHORIZATION_DETAILS)


def test_a_total_gap_is_a_lack_of_everything():
    unread = account(gaps=(Gap("account", "sts:AssumeRole", "Denied", is_total=True),))

    assert all(unread.lacks(part) for part in Part)


def test_credentials_that_were_not_read_are_not_offered():
    read, unread = user("alice"), user("bob", credentials=None)

    assert [each.name for each, _ in account(read, unread).credentials()] == ["alice"]


def test_principals_are_users_and_roles():
    assert [each.name for each in account(user(), roles=[role()]).principals] == ["alice", "deploy"]


def test_the_account_has_the_arn_that_asff_gives_it():
    assert account(partition="aws-cn").resource.arn == f"arn:aws-cn:iam::{ACCOUNT}:root"


def test_a_path_is_read_from_the_arn():
    at_path = user("alice", arn=f"arn:aws:iam::{ACCOUNT}:user/team/a/alice")

    assert at_path.path == "/team/a/"
    assert user("alice").path == "/"


def test_a_snapshot_has_its_moment():
    assert account().taken_at == NOW
