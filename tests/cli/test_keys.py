import json

import pytest

from rolecall.cli import main
from rolecall.cli.key_proof_page import print_proof
from rolecall.cli.options import Format
from tests.builders import KEY_ID
from tests.model.test_key_proof import called, lookup, proof


def printed(capsys, the_proof, output=Format.TABLE):
    print_proof(the_proof, output)
    return capsys.readouterr().out


def test_says_first_whether_the_key_may_go_and_why(capsys):
    text = printed(capsys, proof())

    assert text.startswith(f"MAY GO  {KEY_ID} of user alice: it was last used on 2026-05-07")


def test_names_callers_other_keys_and_the_commands_to_disable_and_undo(capsys):
    text = printed(capsys, proof(lookup(called()), other_keys={"AKIAI44QH8DHBEXAMPLE": True}))

    assert "aws-cli/2.31.0  203.0.113.0/24  ec2  1 calls, 2026-11-20 to 2026-11-20" in text
    assert "AKIAI44QH8DHBEXAMPLE of the same user, active" in text
    assert f"--access-key-id {KEY_ID} --status Inactive" in text
    assert f"# undo: aws iam update-access-key --user-name alice --access-key-id {KEY_ID}" in text


def test_says_how_much_was_looked_up(capsys):
    text = printed(
        capsys,
        proof(lookup(called(), is_complete=False), lookup(region="eu-west-1", error="Denied: no")),
    )

    assert "us-east-1 since 2026-08-25: more than 1 calls" in text
    assert "eu-west-1 since 2026-08-25: not read: Denied: no" in text


def test_says_the_same_to_machines(capsys):
    document = json.loads(printed(capsys, proof(lookup(called())), Format.JSON))

    assert document["verdict"] == "in use"
    assert document["key_id"] == KEY_ID
    assert document["callers"][0]["network"] == "203.0.113.0/24"
    assert len(document["commands"]) == 2


@pytest.mark.parametrize(
    ("key_id", "words"),
    [
        ("ASIAIOSFODNN7EXAMPLE", "it ends by itself"),
        ("alice", "is no access key id"),
    ],
)
def test_refuses_what_is_no_access_key_of_a_user(capsys, key_id, words):
    assert main(["keys", "prove", key_id]) == 2
    assert words in " ".join(capsys.readouterr().err.split())
