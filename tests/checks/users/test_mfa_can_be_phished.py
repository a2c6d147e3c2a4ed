import pytest

from rolecall.checks.users.mfa_can_be_phished import mfa_can_be_phished
from rolecall.model.credentials import Credentials
from rolecall.model.mfa import MFADevice
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, held, password, user

APP = f"arn:aws:iam::{ACCOUNT}:mfa/alice"
PASSKEY = f"arn:aws:iam::{ACCOUNT}:u2f/user/alice/yubikey-EXAMPLE"
TEXT = f"arn:aws:iam::{ACCOUNT}:sms-mfa/alice"
TOKEN = "GAHT12345678"


def evidence_for(*serial_numbers, policies=("s3:GetObject",), has_password=True):
    credentials = Credentials(
        password=password() if has_password else None,
        has_mfa=True,
        mfa_devices=tuple(MFADevice(serial_number=number) for number in serial_numbers),
    )
    alice = user("alice", credentials=credentials, policies=(held(*policies),))
    return mfa_can_be_phished.judge(account(alice), {})


@pytest.mark.parametrize(
    ("serial_number", "words"),
    [
        (APP, "a code from an authenticator app"),
        (TOKEN, "a code from a hardware token"),
        (TEXT, "a code from a text message"),
    ],
)
def test_flags_codes_of_every_kind(serial_number, words):
    [evidence] = evidence_for(serial_number)

    assert evidence.summary == f"user alice can sign in with {words}"


def test_accepts_passkeys():
    assert not evidence_for(PASSKEY, PASSKEY + "2")


def test_flags_the_app_beside_a_passkey_because_either_opens_the_door():
    [evidence] = evidence_for(PASSKEY, APP)

    assert evidence.commands[-1] == (
        f"aws iam deactivate-mfa-device --user-name alice --serial-number {APP}"
    )
    assert PASSKEY not in " ".join(evidence.commands)


def test_a_text_message_is_worse_and_says_so():
    [evidence] = evidence_for(TEXT)

    assert evidence.severity is Severity.HIGH
    assert evidence.data["severity_because"] == ["its codes come as text messages"]


def test_a_hardware_token_is_better_but_an_app_beside_it_is_not():
    [token] = evidence_for(TOKEN)
    [both] = evidence_for(TOKEN, APP)

    assert token.severity is Severity.LOW
    assert both.severity is Severity.MEDIUM


def test_the_code_of_an_administrator_is_worse():
    [evidence] = evidence_for(APP, policies=("*",))

    assert evidence.severity is Severity.HIGH


def test_does_not_judge_devices_of_unknown_kind_nor_the_lack_of_any():
    assert not evidence_for("")
    assert not evidence_for()


def test_says_nothing_where_the_devices_are_not_known():
    alice = user("alice", password=password(), mfa=True)

    assert not mfa_can_be_phished.judge(account(alice), {})


def test_ignores_users_without_password():
    assert not evidence_for(APP, has_password=False)
