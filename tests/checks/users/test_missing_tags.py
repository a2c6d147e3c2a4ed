from rolecall.checks.users.missing_tags import missing_tags
from tests.builders import ACCOUNT, account, role, user

REQUIRED = {"required_tags": ("team", "cost center")}


def test_flags_users_and_roles_that_lack_a_tag():
    alice = user("alice", tags={"team": "payments"})
    deploy = role("deploy")

    of_alice, of_deploy = missing_tags.judge(account(alice, roles=[deploy]), REQUIRED)

    assert of_alice.summary == "user alice has no tag cost center"
    assert of_deploy.summary == "role deploy has no tag team and no tag cost center"
    assert of_deploy.commands[0].endswith(
        " --role-name deploy --tags Key=team,Value=VALUE 'Key=\"cost center\",Value=VALUE'"
    )


def test_accepts_whoever_has_them_all():
    assert not missing_tags.judge(
        account(user(tags={"team": "payments", "cost center": "42"})), REQUIRED
    )


def test_tells_upper_from_lower_case():
    assert missing_tags.judge(account(user(tags={"Team": "x", "cost center": "42"})), REQUIRED)


def test_ignores_the_roles_that_aws_makes():
    arn = f"arn:aws:iam::{ACCOUNT}:role"
    roles = [
        role("linked", arn=f"{arn}/aws-service-role/support.amazonaws.com/linked"),
        role("sso", arn=f"{arn}/aws-reserved/sso.amazonaws.com/eu-west-1/sso"),
    ]

    assert not missing_tags.judge(account(roles=roles), REQUIRED)


def test_judges_nobody_where_no_tag_is_required():
    assert not missing_tags.judge(account(user(), roles=[role()]), {})
