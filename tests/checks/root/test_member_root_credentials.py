from dataclasses import replace

import pytest

from rolecall.checks.root.member_root_credentials import member_root_credentials
from rolecall.model.organization import ROOT_CREDENTIALS_MANAGEMENT
from rolecall.model.other_credentials import SigningCertificate
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, HUB, ORGANIZATION, access_key, account, password, root

MANAGED = replace(
    ORGANIZATION,
    features=frozenset({ROOT_CREDENTIALS_MANAGEMENT}),
    management_account_id=HUB,
)


def evidence_for(organization=MANAGED, **fields):
    snapshot = account(root=root(**fields), organization=organization)
    return member_root_credentials.judge(snapshot, {})


@pytest.mark.parametrize(
    ("fields", "words", "severity"),
    [
        ({"password": password(), "mfa": False}, "a password", Severity.HIGH),
        ({"keys": [access_key()], "mfa": False}, "an access key", Severity.HIGH),
        (
            {"signing_certificates": (SigningCertificate(number=1, is_active=True),), "mfa": False},
            "a signing certificate",
            Severity.HIGH,
        ),
        ({"mfa": True}, "MFA", Severity.LOW),
        ({"password": password(), "mfa": True}, "a password and MFA", Severity.HIGH),
    ],
)
def test_flags_what_a_member_still_has(fields, words, severity):
    [evidence] = evidence_for(**fields)

    assert evidence.summary == (
        f"the root user of member account {ACCOUNT} still has {words},"
        " which centralized root access makes unnecessary"
    )
    assert evidence.severity is severity


def test_names_the_session_that_deletes_them():
    [evidence] = evidence_for(password=password())

    assert (
        f"aws sts assume-root --target-principal {ACCOUNT}"
        " --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials"
    ) in evidence.commands


def test_accepts_a_member_without_any():
    assert not evidence_for(mfa=False, keys=[access_key(active=False)])


def test_accepts_the_management_account_which_needs_its_own():
    assert not evidence_for(replace(MANAGED, management_account_id=ACCOUNT), password=password())


def test_accepts_them_where_root_access_is_not_centralized():
    assert not evidence_for(ORGANIZATION, password=password())
    assert not evidence_for(None, password=password())


def test_says_nothing_where_the_root_user_was_not_read():
    assert not member_root_credentials.judge(account(organization=MANAGED), {})
