from rolecall.model.account import Gap
from rolecall.model.completeness import Part, State
from rolecall.model.organization import Guardrails
from rolecall.model.privilege import is_administrator
from rolecall.policy import Policy
from tests.builders import ACCOUNT, NOW, account, days_ago, document, role, user


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


def test_the_guardrails_bear_on_users_and_root_and_not_on_roles_of_services():
    levels = ((Policy.parse(document("iam:*", effect="Deny")),),)
    of_service = role(arn=f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/x.amazonaws.com/deploy")
    root = user("root", arn=f"arn:aws:iam::{ACCOUNT}:root")
    snapshot = account(user(), roles=[of_service], root=root, guardrails=Guardrails(scps=levels))

    assert snapshot.policy_set(snapshot.users[0]).scps == levels
    assert snapshot.policy_set(root).scps == levels
    assert snapshot.policy_set(of_service).scps is None


def test_root_may_do_everything_that_the_guardrails_leave():
    root = user("root", arn=f"arn:aws:iam::{ACCOUNT}:root")

    assert is_administrator(account(root=root).policy_set(root))


def test_a_part_that_nobody_speaks_of_was_not_asked_for():
    snapshot = account(lacking=(Part.SSH_KEYS,))

    assert snapshot.completeness(Part.SSH_KEYS).state is State.NOT_ASKED
    assert snapshot.lacks(Part.SSH_KEYS)
    assert not snapshot.gaps
