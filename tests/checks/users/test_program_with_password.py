import pytest

from rolecall.checks.users.program_with_password import program_with_password
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, access_key, account, held, password, user


def evidence_for(name, *, path="/", parameters=None, **fields):
    given = {
        "arn": f"arn:aws:iam::{ACCOUNT}:user{path}{name}",
        "password": password(),
        "policies": (held("s3:GetObject"),),
    }
    return program_with_password.judge(account(user(name, **{**given, **fields})), parameters or {})


@pytest.mark.parametrize(
    ("name", "path", "pattern"),
    [
        ("svc-backup", "/", "svc-*"),
        ("deploy-bot", "/teams/", "*-bot"),
        ("backup", "/service/", "/service/*"),
    ],
)
def test_flags_the_password_of_a_program(name, path, pattern):
    [evidence] = evidence_for(name, path=path)

    assert evidence.summary == (
        f"user {name} is named like a program ({pattern}) and has a console password"
    )
    assert evidence.severity is Severity.MEDIUM


def test_ignores_a_person():
    assert not evidence_for("alice")
    assert not evidence_for("svcetlana")


def test_ignores_a_program_without_password():
    assert not evidence_for("svc-backup", password=None)


def test_leaves_a_program_with_password_and_key_to_the_rule_for_both():
    assert not evidence_for("svc-backup", keys=[access_key()])
    assert evidence_for("svc-backup", keys=[access_key(active=False)])


def test_follows_the_configured_patterns():
    assert evidence_for("robot7", parameters={"program_names": ("robot*",)})
    assert not evidence_for("svc-backup", parameters={"program_names": ()})
