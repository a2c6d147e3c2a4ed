import json

import boto3
import pytest
from moto import mock_aws

from rolecall import command_parts
from rolecall.cli.entry import main
from rolecall.cli.exit_codes import CLEAN, FOUND
from tests.adapters.moto_truth import answer_what_moto_lacks, correct_credential_report


@pytest.fixture
def aws(monkeypatch):
    """Play AWS with a user, and let the command line find it."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        session = boto3.Session()
        answer_what_moto_lacks(session)
        correct_credential_report(session)
        session.client("iam").create_user(UserName="alice")
        session.client("iam").create_login_profile(UserName="alice", Password="correct-horse-1")
        monkeypatch.setattr(command_parts, "session", lambda *_: session)
        yield session


@pytest.mark.usefixtures("aws")
def test_a_snapshot_of_a_live_account_is_judged_as_the_account_itself(capsys, tmp_path):
    assert main(["snapshot"]) == CLEAN
    written = capsys.readouterr().out
    file = tmp_path / "account.json"
    file.write_text(written)

    check = ("--check", "console-without-mfa", "--format", "jsonl")
    codes = main(["audit", str(file), *check]), main(["audit", *check])

    assert codes == (FOUND, FOUND)
    from_file, live = map(json.loads, capsys.readouterr().out.splitlines())
    assert from_file["file"] == str(file)
    assert from_file["id"] == live["id"]
    assert "file" not in live
    assert json.loads(written)["version"] == 1
