from rolecall.checks.privilege.identity_administration import identity_administration
from rolecall.model.severity import Severity
from tests.builders import account, held, user

ALICE = "arn:aws:iam::111122223333:user/alice"


def evidence_for(*policies, **parameters):
    return identity_administration.judge(account(user("alice", policies=policies)), parameters)


def test_flags_whoever_makes_and_deletes_identities():
    [evidence] = evidence_for(held(["iam:CreateUser", "iam:DeleteRole"]))

    assert evidence.severity is Severity.HIGH
    assert evidence.data["actions"] == ["iam:CreateUser", "iam:DeleteRole"]


def test_accepts_reading_and_managing_oneself():
    own = "arn:aws:iam::111122223333:user/${aws:username}"

    assert not evidence_for(held(["iam:Get*", "iam:List*"]), held("iam:*MFADevice", own))


def test_accepts_those_who_are_named():
    assert not evidence_for(
        held("iam:CreateUser"), known_administrators=("arn:aws:iam::*:user/al*",)
    )
    assert evidence_for(held("iam:CreateUser"), known_administrators=(ALICE + "x",))


def test_grades_whoever_only_removes_identities_lower():
    [evidence] = evidence_for(held("iam:DeleteRole"))

    assert evidence.severity is Severity.MEDIUM


def test_accepts_an_mfa_device_of_ones_own_to_be():
    assert not evidence_for(held("iam:CreateVirtualMFADevice"))
