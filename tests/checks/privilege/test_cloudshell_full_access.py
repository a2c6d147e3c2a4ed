from rolecall.checks.privilege.cloudshell_full_access import cloudshell_full_access
from rolecall.model.principals import PolicyKind
from tests.builders import account, held, user


def evidence_for(*policies, **fields):
    return cloudshell_full_access.judge(account(user("alice", policies=policies, **fields)), {})


FULL = held(
    "cloudshell:*",
    kind=PolicyKind.AWS_MANAGED,
    name="AWSCloudShellFullAccess",
    arn="arn:aws:iam::aws:policy/AWSCloudShellFullAccess",
)


def test_flags_holders_of_the_policy():
    [evidence] = evidence_for(FULL)

    assert evidence.verdict == "granted"
    assert evidence.commands[0].startswith("aws iam detach-user-policy --user-name alice")


def test_accepts_other_policies():
    assert not evidence_for(held("cloudshell:*", name="AWSCloudShellFullAccess"))


def test_says_when_the_service_is_denied():
    [evidence] = evidence_for(FULL, held("cloudshell:*", name="none", effect="Deny"))

    assert evidence.verdict == "blocked"
