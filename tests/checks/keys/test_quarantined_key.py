import pytest

from rolecall.checks.keys.quarantined_key import quarantined_key
from tests.builders import KEY_ID, access_key, account, held, user

PREFIX = "arn:aws:iam::aws:policy/"


def evidence_for(name, **fields):
    policy = held("ec2:RunInstances", effect="Deny", name=name, arn=PREFIX + name)
    return quarantined_key.judge(account(user("alice", policies=(policy,), **fields)), {})


@pytest.mark.parametrize("version", ["", "V2", "V3"])
def test_flags_a_user_that_aws_put_into_quarantine(version):
    name = f"AWSCompromisedKeyQuarantine{version}"

    [evidence] = evidence_for(name, keys=[access_key()])

    assert evidence.summary == (
        f"user alice is in quarantine: AWS found its access key in public and attached {name}"
    )
    assert evidence.data["active_access_key_ids"] == [KEY_ID]


def test_deactivates_the_key_first_and_detaches_the_policy_last():
    [evidence] = evidence_for("AWSCompromisedKeyQuarantineV3", keys=[access_key()])

    assert "--status Inactive" in evidence.commands[1]
    assert evidence.commands[-1].startswith("aws iam detach-user-policy --user-name alice")


def test_flags_it_though_the_credentials_were_not_read():
    assert evidence_for("AWSCompromisedKeyQuarantineV3", credentials=None)


def test_accepts_other_policies_of_aws():
    assert not evidence_for("ReadOnlyAccess")


def test_accepts_an_inline_policy_of_that_name():
    inline = held("s3:GetObject", name="AWSCompromisedKeyQuarantineV3")

    assert not quarantined_key.judge(account(user(policies=(inline,))), {})


def test_flags_it_though_the_document_of_the_policy_is_not_known():
    unread = user("alice", unread=("AWSCompromisedKeyQuarantineV3",))

    assert quarantined_key.judge(account(unread), {})


def test_accepts_a_policy_of_the_accounts_own_that_is_called_so():
    arn = "arn:aws:iam::111122223333:policy/AWSCompromisedKeyQuarantineV3"
    own = held(name="AWSCompromisedKeyQuarantineV3", arn=arn)

    assert not quarantined_key.judge(account(user("alice", policies=(own,))), {})
