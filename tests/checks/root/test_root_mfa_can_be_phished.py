from rolecall.checks.root.root_mfa_can_be_phished import root_mfa_can_be_phished
from rolecall.model.mfa import MFADevice
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, root

APP = MFADevice(serial_number=f"arn:aws:iam::{ACCOUNT}:mfa/root-account-mfa-device")
PASSKEY = MFADevice(serial_number=f"arn:aws:iam::{ACCOUNT}:u2f/root-account/key-ABCDEF")
TOKEN = MFADevice(serial_number="GAHT12345678")


def evidence_for(*devices):
    return root_mfa_can_be_phished.judge(account(root=root(mfa_devices=devices)), {})


def test_flags_an_authenticator_app():
    [evidence] = evidence_for(APP)

    assert evidence.summary == f"the root user of {ACCOUNT} has MFA by authenticator app"
    assert root_mfa_can_be_phished.severity is Severity.HIGH


def test_flags_an_app_beside_a_security_key():
    assert evidence_for(PASSKEY, APP)


def test_accepts_security_keys_and_hardware_tokens():
    assert not evidence_for(PASSKEY, TOKEN)


def test_does_not_judge_a_device_of_unknown_kind():
    assert not evidence_for(MFADevice())


def test_leaves_a_root_user_without_mfa_to_its_own_rule():
    assert not evidence_for()


def test_says_nothing_where_the_devices_were_not_read():
    assert not root_mfa_can_be_phished.judge(account(root=root(mfa_devices=None)), {})
