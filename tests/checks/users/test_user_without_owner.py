from rolecall.checks.users.user_without_owner import user_without_owner
from rolecall.model.severity import Severity
from tests.builders import access_key, account, days_ago, held, user


def evidence_for(name="ci", *, tags=None, parameters=None, **fields):
    given = {"tags": tags or {}, "days_old": 30, "policies": (held("s3:GetObject"),), **fields}
    return user_without_owner.judge(account(user(name, **given)), parameters or {})


def test_flags_a_user_without_owner_and_asks_who_made_it():
    [evidence] = evidence_for()

    assert evidence.summary == "user ci of 2026-10-24 has no owner: it has no tag owner"
    assert "AttributeKey=ResourceName,AttributeValue=ci" in evidence.commands[0]


def test_accepts_an_owner_by_any_of_the_tags_whatever_its_case():
    assert not evidence_for(tags={"Owner": "alice@example.com"})
    assert not evidence_for(tags={"MAIL": "alice@example.com"})


def test_an_empty_tag_names_nobody():
    assert evidence_for(tags={"owner": " "})


def test_accepts_a_user_whose_name_is_an_address():
    assert not evidence_for("alice@example.com")


def test_leaves_a_new_user_a_day_to_be_tagged():
    assert not evidence_for(created_at=days_ago(1))
    assert evidence_for(created_at=days_ago(1, seconds=1))


def test_an_unowned_administrator_is_worse():
    [evidence] = evidence_for(keys=[access_key()], policies=(held("*"),))

    assert evidence.severity is Severity.MEDIUM


def test_follows_the_configured_tags():
    [evidence] = evidence_for(tags={"owner": "x"}, parameters={"owner_tags": ("team",)})

    assert evidence.commands[1] == "aws iam tag-user --user-name ci --tags Key=team,Value=OWNER"
