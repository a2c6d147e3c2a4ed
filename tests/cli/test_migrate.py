import json

import pytest

from rolecall.cli import main
from rolecall.cli.migration_list import print_migrations
from rolecall.cli.options import Format
from rolecall.services.migrate import migrate
from tests.builders import access_key, account, held, password, record, role_identity, user

ALICE = user("alice", password=password(used=1), policies=(held("s3:GetObject"),))
GITHUB = user("github", keys=[access_key(used=1)], policies=(held("s3:GetObject"),))
REPORT = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_2_active,"
    "access_key_2_last_rotated\n"
    "alice,arn:aws:iam::111122223333:user/alice,2025-01-02T03:04:05+00:00,true,"
    "2026-11-20T08:00:00+00:00,2026-11-01T08:00:00+00:00,true,false,N/A,false,N/A\n"
)


def printed(capsys, *users, output=Format.TABLE):
    print_migrations(migrate([account(*users)]), output)
    return capsys.readouterr().out


def test_names_user_way_and_reason(capsys):
    lines = printed(capsys, GITHUB, ALICE).splitlines()

    assert lines[1].startswith("HIGH     111122223333  alice")
    assert "IAM Identity Center  it has a console password; its password opens" in lines[1]
    assert lines[-1] == (
        "2 users with long-lived credentials: 1 to IAM Identity Center, 1 to a role for OIDC."
    )


def test_says_so_when_there_is_nobody(capsys):
    assert printed(capsys, user()) == "0 users with long-lived credentials.\n"


def test_gives_machines_the_commands_as_well(capsys):
    [document] = json.loads(printed(capsys, ALICE, output=Format.JSON))

    assert document["instead"] == "IAM Identity Center"
    assert document["principal"] == ALICE.arn
    assert document["commands"][-1] == "aws iam delete-login-profile --user-name alice"


def test_reads_a_credential_report_alone(tmp_path, capsys):
    file = tmp_path / "report.csv"
    file.write_text(REPORT)

    code = main(["migrate", str(file), "--as-of", "2026-11-23", "--format", "jsonl"])

    assert code == 0
    assert json.loads(capsys.readouterr().out)["has"] == ["console password"]


def test_refuses_an_account_without_credential_report(tmp_path, capsys):
    file = tmp_path / "account.json"
    alice = {
        "UserName": "alice",
        "UserId": "AIDACKCEVSQ6C2EXAMPLE",
        "Arn": ALICE.arn,
        "Path": "/",
        "CreateDate": "2026-01-02T03:04:05Z",
    }
    file.write_text(json.dumps({"UserDetailList": [alice]}))

    assert main(["migrate", str(file)]) == 2
    assert "credential report of account 111122223333 is missing" in capsys.readouterr().err


def test_says_who_made_the_user_where_findings_tell(tmp_path, capsys):
    report, trail, made = (tmp_path / name for name in ("report.csv", "trail.jsonl", "made.json"))
    report.write_text(REPORT)
    created = record(
        "CreateUser",
        actor=role_identity("admin", "bob"),
        request={"userName": "alice"},
        eventTime="2025-01-02T03:04:06Z",
    )
    trail.write_text(json.dumps(created))
    main(["replay", str(trail), "--format", "json"])
    made.write_text(capsys.readouterr().out)

    main(["migrate", str(report), "--as-of", "2026-11-23", "--findings", str(made)])
    table = capsys.readouterr().out
    main(["migrate", str(report), "--findings", str(made), "--format", "jsonl"])
    document = json.loads(capsys.readouterr().out)

    assert "; made by role admin (session bob) on 2025-01-02" in table
    assert document["creator"] == "arn:aws:iam::111122223333:role/admin"


def test_says_nothing_of_who_made_the_user_where_nothing_tells(capsys):
    [document] = json.loads(printed(capsys, ALICE, output=Format.JSON))

    assert not {"creator", "creator_name"} & set(document)
    assert "made by" not in printed(capsys, ALICE)


@pytest.mark.parametrize("text", ["{}", "[1]", "nonsense", '{"rule": "user-created"}'])
def test_refuses_what_is_no_list_of_findings(tmp_path, capsys, text):
    report, made = tmp_path / "report.csv", tmp_path / "made.json"
    report.write_text(REPORT)
    made.write_text(text)

    assert main(["migrate", str(report), "--findings", str(made)]) == 2
    assert "these are no findings as" in capsys.readouterr().err
