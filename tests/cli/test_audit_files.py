import gzip
import json

import pytest

from rolecall.cli.entry import main
from rolecall.cli.exit_codes import CLEAN, FAILED, FOUND
from tests.adapters.iam_answers import (
    inline,
    key_1,
    page,
    report_row,
    report_text,
    root_row,
    user_detail,
)
from tests.builders import ACCOUNT, HUB, document

AS_OF = ("--as-of", "2026-11-23T12:00:00Z")
ROTATION = ("--check", "access-key-rotation")
REPORT = report_text(root_row(mfa_active="true"), report_row(**key_1(days_old=100)))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


def details(*users):
    return json.dumps(page(users=users or [user_detail()]), default=str)


def snapshot(account_id=ACCOUNT, **members):
    given = {
        "account_id": account_id,
        "taken_at": "2026-11-23T12:00:00Z",
        "credential_report": REPORT.replace(ACCOUNT, account_id),
    }
    return json.dumps({**given, **members})


def findings(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_plain_answer_with_its_report_is_judged(folder, capsys):
    (folder / "details.json").write_text(details())
    (folder / "report.csv").write_text(REPORT)

    code = main(
        [
            *("audit", "details.json", "--credential-report", "report.csv"),
            *(*AS_OF, *ROTATION, "--format", "jsonl"),
        ]
    )

    assert code == FOUND
    [found] = findings(capsys)
    assert found["file"] == "details.json"
    assert found["resource_arn"] == found["principal_arn"] == f"arn:aws:iam::{ACCOUNT}:user/alice"


def test_every_finding_of_many_files_names_its_own(folder, capsys):
    (folder / "a.json").write_text(snapshot())
    (folder / "b.json.gz").write_bytes(gzip.compress(snapshot(HUB).encode()))

    code = main(["audit", "./a.json", "b.json.gz", *ROTATION, "--format", "jsonl"])

    assert code == FOUND
    assert {(each["file"], each["account_id"]) for each in findings(capsys)} == {
        ("./a.json", ACCOUNT),
        ("b.json.gz", HUB),
    }


def test_the_same_fact_has_the_same_id_whatever_its_file_is_called(folder, capsys):
    for name in ("a.json", "b.json"):
        (folder / name).write_text(snapshot())

    main(["audit", "a.json", "b.json", *ROTATION, "--format", "jsonl"])

    assert len({each["id"] for each in findings(capsys)}) == 1


def test_a_credential_report_alone_is_judged(folder, capsys):
    (folder / "report.csv").write_text(REPORT)

    assert main(["audit", "report.csv", *AS_OF, *ROTATION, "--format", "jsonl"]) == FOUND

    [found] = findings(capsys)
    assert found["severity"] == "MEDIUM"


def test_a_file_that_cannot_be_read_keeps_no_other_from_being_judged(folder, capsys):
    (folder / "a.json").write_text(snapshot())
    (folder / "b.json").write_text("{}")

    code = main(["audit", "a.json", "b.json", "c.json", *ROTATION, "--format", "jsonl"])

    assert code == FAILED
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert "b.json: it is no snapshot" in told.err
    assert "c.json: No such file" in told.err


def test_a_check_that_lacks_its_data_is_told_and_not_clean(folder, capsys):
    (folder / "details.json").write_text(details())

    assert main(["audit", "details.json", *AS_OF, *ROTATION]) == FAILED

    assert "not judged for lack of data: access-key-rotation" in capsys.readouterr().err


def test_an_account_without_findings_is_clean(folder):
    (folder / "a.json").write_text(snapshot(taken_at="2026-08-20T12:00:00Z"))

    assert main(["audit", "a.json", *ROTATION]) == CLEAN


def test_guardrails_of_the_file_are_respected(folder, capsys):
    everything = user_detail(UserPolicyList=[inline(text=document())])
    whole = json.loads(details(everything))
    no_iam = {"scp": [[document()], [document(), document("iam:*", effect="Deny")]]}
    (folder / "free.json").write_text(snapshot(authorization_details=whole))
    (folder / "limited.json").write_text(
        snapshot(authorization_details=whole, organization_policies=no_iam)
    )
    check = ("--check", "administrator-access", "--format", "jsonl")

    main(["audit", "free.json", "limited.json", *check])

    verdicts = {each["file"]: each["verdict"] for each in findings(capsys)}
    assert verdicts == {"free.json": "granted", "limited.json": "blocked"}


def test_what_is_of_one_account_goes_with_one_file(folder, capsys):
    for name in ("a.json", "b.json"):
        (folder / name).write_text(snapshot())
    (folder / "report.csv").write_text(REPORT)

    assert main(["audit", "a.json", "b.json", "--credential-report", "report.csv"]) == FAILED

    assert "name one file" in capsys.readouterr().err


def test_what_goes_with_a_file_does_not_go_with_a_live_account(capsys):
    assert main(["audit", *AS_OF]) == FAILED

    assert "go with a FILE" in capsys.readouterr().err
