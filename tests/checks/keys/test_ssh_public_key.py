from rolecall.checks.keys.ssh_public_key import ssh_public_key
from rolecall.model.other_credentials import SSHKey
from rolecall.model.service_access import ServiceAccess
from rolecall.model.severity import Severity
from tests.builders import NOW, account, days_ago, held, user

SSH_KEY_ID = "APKAEIBAERJR2EXAMPLE"


def evidence_for(uploaded_at, *, active=True, **parameters):
    key = SSHKey(id=SSH_KEY_ID, is_active=active, uploaded_at=uploaded_at)
    alice = user("alice", ssh_keys=(key,), policies=(held("codecommit:GitPull"),))
    return ssh_public_key.judge(account(alice), parameters)


def test_flags_a_key_one_second_past_its_age():
    [evidence] = evidence_for(days_ago(90, seconds=1))

    assert evidence.summary == f"user alice: SSH key {SSH_KEY_ID} was uploaded on 2026-08-25"
    assert evidence.severity is Severity.LOW


def test_accepts_a_key_on_its_last_second():
    assert not evidence_for(days_ago(90))


def test_accepts_a_deactivated_key():
    assert not evidence_for(days_ago(900), active=False)


def test_follows_the_configured_age():
    assert evidence_for(days_ago(31), max_age_days=30)


def test_gives_the_commands_to_deactivate_and_to_undo():
    [evidence] = evidence_for(days_ago(100))

    update = f"aws iam update-ssh-public-key --user-name alice --ssh-public-key-id {SSH_KEY_ID}"
    assert evidence.commands == (f"{update} --status Inactive", f"# undo: {update} --status Active")


def test_says_whose_it_is_and_whether_codecommit_is_used():
    def facts(*accesses):
        key = SSHKey(id=SSH_KEY_ID, is_active=True, uploaded_at=days_ago(100))
        alice = user("alice", ssh_keys=(key,), tags={"Owner": "alice@example.com"})
        snapshot = account(alice, service_last_accessed={alice.arn: accesses})
        [evidence] = ssh_public_key.judge(snapshot, {})
        return evidence.data["owner"], evidence.data["service_use"]

    def used(at):
        return ServiceAccess("codecommit", at)

    owner = "alice@example.com"
    assert facts() == (owner, None)
    assert facts(ServiceAccess("s3", NOW)) == (owner, None)
    assert facts(used(None)) == (owner, "codecommit not used by the user within IAM's memory")
    assert facts(used(days_ago(90))) == (owner, "codecommit in use by the user")
    assert facts(used(days_ago(91))) == (owner, "codecommit last used by the user on 2026-08-24")
