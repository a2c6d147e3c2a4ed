from collections import Counter
from datetime import timedelta

import pytest

from rolecall.adapters.iam_accounts import IAMAccounts
from rolecall.adapters.iam_parts import PER_USER_PARTS
from rolecall.model.account import Gap
from rolecall.model.completeness import Part, State
from rolecall.model.credentials import UNKNOWN_USE, Credentials, Password
from rolecall.model.mfa import MFAKind
from tests.adapters.iam_answers import key_1, page, report_row, report_text, root_row, user_detail
from tests.adapters.iam_stubs import StubbedSession, credential_report, details, own_account
from tests.builders import ACCOUNT, KEY_ID, NOW, ORGANIZATION, days_ago
from tests.fakes import FakeClock

ROOT_DEVICE = f"arn:aws:iam::{ACCOUNT}:mfa/root-account-mfa-device"


@pytest.fixture
def session():
    """Return a session of an account with alice, who has MFA, stubbed."""
    session = StubbedSession("sts", "iam", "account")
    own_account(session)
    details(session, page(users=[user_detail()]))
    rows = [root_row(mfa_active="true"), report_row(mfa_active="true")]
    credential_report(session, report_text(*rows))
    return session


def snapshot(session, *wanted):
    accounts = IAMAccounts(session, lambda: ORGANIZATION, FakeClock(NOW), wanted=frozenset(wanted))
    found = accounts.snapshot(ACCOUNT)
    session.assert_all_asked()
    return found


def virtual_devices(session, *devices):
    session.answer(
        "iam",
        "list_virtual_mfa_devices",
        {"VirtualMFADevices": list(devices), "IsTruncated": False},
        {"AssignmentStatus": "Assigned", "MaxItems": 1000},
    )


def devices_of_alice(session, *serial_numbers):
    devices = [
        {"UserName": "alice", "SerialNumber": each, "EnableDate": NOW} for each in serial_numbers
    ]
    answer = {"MFADevices": devices, "IsTruncated": False}
    session.answer("iam", "list_mfa_devices", answer, {"UserName": "alice"})


def kinds(user):
    return [device.kind for device in user.credentials.mfa_devices]


def test_devices_are_listed_of_those_who_have_mfa(session):
    of_root = {
        "Arn": f"arn:aws:iam::{ACCOUNT}:root",
        "UserName": "root",
        "UserId": f"{ACCOUNT}0000",
    }
    user = {**of_root, "Path": "/", "CreateDate": NOW}
    virtual_devices(session, {"SerialNumber": ROOT_DEVICE, "User": user, "EnableDate": NOW})
    devices_of_alice(session, f"arn:aws:iam::{ACCOUNT}:u2f/user/alice/key", "GAHT12345678")

    account = snapshot(session, Part.MFA_DEVICES)

    assert kinds(account.root) == [MFAKind.AUTHENTICATOR_APP]
    assert kinds(account.users[0]) == [MFAKind.PASSKEY, MFAKind.HARDWARE_TOKEN]


def test_a_device_of_root_that_is_not_virtual_is_there_but_nameless(session):
    virtual_devices(session)
    devices_of_alice(session, f"arn:aws:iam::{ACCOUNT}:mfa/alice")

    account = snapshot(session, Part.MFA_DEVICES)

    assert kinds(account.root) == [MFAKind.UNKNOWN]


def test_a_device_removed_since_the_report_does_not_count(session):
    virtual_devices(session)
    devices_of_alice(session)

    account = snapshot(session, Part.MFA_DEVICES)

    [alice] = account.users
    assert not alice.credentials.has_mfa


def test_a_part_that_is_denied_is_a_gap_with_its_call(session):
    session.refuse("iam", "list_service_specific_credentials", "AccessDenied")

    account = snapshot(session, Part.SERVICE_SPECIFIC_CREDENTIALS)

    [gap] = account.gaps
    assert (gap.part, gap.call) == (
        Part.SERVICE_SPECIFIC_CREDENTIALS,
        "iam:ListServiceSpecificCredentials",
    )
    state = account.completeness(Part.SERVICE_SPECIFIC_CREDENTIALS).state
    assert state is State.DENIED


def test_no_password_policy_is_an_answer(session):
    session.refuse("iam", "get_account_password_policy", "NoSuchEntity")

    account = snapshot(session, Part.PASSWORD_POLICY)

    assert not account.password_policy.is_set
    assert not account.gaps


def test_contacts_are_asked_for_one_by_one_and_nothing_of_them_is_kept(session):
    session.refuse("account", "get_alternate_contact", "ResourceNotFoundException")
    session.refuse("account", "get_alternate_contact", "ResourceNotFoundException")
    contact = {"Name": "somebody", "EmailAddress": "security@example.com"}
    session.answer("account", "get_alternate_contact", {"AlternateContact": contact})

    account = snapshot(session, Part.CONTACTS)

    assert account.contacts.kinds == {"SECURITY"}


def test_ssh_keys_are_read_user_by_user(session):
    key = {
        "UserName": "alice",
        "SSHPublicKeyId": "APKAEXAMPLEEXAMPLE00",
        "Status": "Inactive",
        "UploadDate": days_ago(500),
    }
    answer = {"SSHPublicKeys": [key], "IsTruncated": False}
    session.answer("iam", "list_ssh_public_keys", answer, {"UserName": "alice"})

    account = snapshot(session, Part.SSH_KEYS)

    [alice] = account.users
    [found] = alice.ssh_keys
    assert (found.is_active, found.uploaded_at) == (False, days_ago(500))


def newcomer_since_the_report(session):
    """Let alice be made an hour after the report, in which a namesake of hers has a key."""
    details(session, page(users=[user_detail(CreateDate=NOW)]))
    an_hour_ago = days_ago(0, hours=1)
    credential_report(session, report_text(root_row(), report_row(**key_1())), an_hour_ago)


def keys_of_alice(session, *ids):
    listed = {"UserName": "alice", "Status": "Active", "CreateDate": NOW}
    keys = [{**listed, "AccessKeyId": each} for each in ids]
    answer = {"AccessKeyMetadata": keys, "IsTruncated": False}
    session.answer("iam", "list_access_keys", answer, {"UserName": "alice"})


@pytest.fixture
def unreported():
    """Return a session of an account with alice, whom its credential report cannot know."""
    session = StubbedSession("sts", "iam")
    own_account(session)
    newcomer_since_the_report(session)
    return session


def test_a_user_newer_than_the_report_is_asked_for_keys_password_and_devices(unreported):
    profile = {"UserName": "alice", "CreateDate": NOW, "PasswordResetRequired": True}
    keys_of_alice(unreported, KEY_ID)
    unreported.answer("iam", "get_login_profile", {"LoginProfile": profile}, {"UserName": "alice"})
    devices_of_alice(unreported, f"arn:aws:iam::{ACCOUNT}:u2f/user/alice/key")

    account = snapshot(unreported, Part.NEW_USERS)

    [alice] = account.users
    [key] = alice.credentials.access_keys
    assert (key.id, key.created_at, key.last_use) == (KEY_ID, NOW, UNKNOWN_USE)
    assert alice.credentials.password == Password(changed_at=NOW)
    assert alice.credentials.has_mfa
    assert kinds(alice) == [MFAKind.PASSKEY]
    assert not account.gaps


def test_a_new_user_without_login_profile_has_no_password(unreported):
    keys_of_alice(unreported)
    unreported.refuse("iam", "get_login_profile", "NoSuchEntity")
    devices_of_alice(unreported)

    account = snapshot(unreported, Part.NEW_USERS)

    [alice] = account.users
    assert alice.credentials == Credentials(mfa_devices=())


def test_a_new_user_whom_iam_does_not_tell_of_is_a_gap_that_passes(unreported):
    keys_of_alice(unreported, KEY_ID)
    unreported.refuse("iam", "get_login_profile", "AccessDenied")

    account = snapshot(unreported, Part.NEW_USERS)

    [gap] = account.gaps
    assert gap == Gap(
        "credentials of new users",
        "iam:GetLoginProfile",
        "alice: newer than the credential report; asked one by one: AccessDenied: no",
        is_passing=True,
    )
    assert account.users[0].credentials is None
    assert account.completeness(Part.NEW_USERS).state is State.DENIED


def test_new_users_are_not_asked_for_where_calls_for_single_users_are_switched_off(unreported):
    account = snapshot(unreported)

    [gap] = account.gaps
    assert gap.is_passing
    assert gap.call == "iam:GetCredentialReport"
    assert account.users[0].credentials is None


class CountingIAM:
    """An account of so many users in memory, that counts the calls for it.

    moto neither pages this answer nor knows all of these calls.
    """

    region_name = "us-east-1"

    def __init__(self, users, *, report_age=timedelta()):
        names = [f"user-{number}" for number in range(users)]
        self.calls = Counter()
        self._details = [user_detail(name, CreateDate=NOW) for name in names]
        self._generated_at = NOW - report_age
        rows = [root_row(), *(report_row(name, **key_1()) for name in names)]
        self._report = report_text(*rows)
        self.meta = self
        self.events = self

    def get_partition_for_region(self, _):
        return "aws"

    def client(self, *_, **__):
        return self

    def unregister(self, *_):
        """Take part in no events."""

    def __getattr__(self, operation):
        def call(**arguments):
            self.calls[operation] += 1
            return getattr(self, f"_{operation}", self._nothing)(**arguments)

        if operation.startswith("_"):
            raise AttributeError(operation)
        return call

    def _nothing(self, **_):
        return Nothing()

    def _get_caller_identity(self):
        return {"Account": ACCOUNT}

    def _get_login_profile(self, UserName):  # noqa: N803 - AWS's names
        return {"LoginProfile": {"UserName": UserName, "CreateDate": NOW}}

    def _get_account_authorization_details(self, MaxItems, Marker="0"):  # noqa: N803 - AWS's names
        end = int(Marker) + MaxItems
        more = end < len(self._details)
        return {
            **page(users=self._details[int(Marker) : end]),
            "IsTruncated": more,
            "Marker": str(end),
        }

    def _get_credential_report(self):
        return {"Content": self._report.encode(), "GeneratedTime": self._generated_at}


class Nothing(dict):
    """An answer that lists nothing, whatever the list is called."""

    def __missing__(self, name):
        return {} if name in {"SummaryMap", "PasswordPolicy"} else []


CONSTANT = 14
"""Who am I, the report, nine parts, of which the contacts are three and the providers two."""


@pytest.mark.parametrize("users", [0, 999, 2500])
def test_an_account_takes_its_pages_and_a_constant_number_of_calls(users):
    session = CountingIAM(users)
    wanted = frozenset(Part) - PER_USER_PARTS
    accounts = IAMAccounts(session, lambda: ORGANIZATION, FakeClock(NOW), wanted=wanted)

    account = accounts.snapshot(ACCOUNT)

    assert not account.gaps
    assert len(account.users) == users
    pages = max(1, -(-users // 1000))
    assert session.calls.total() <= pages + CONSTANT


def test_what_iam_tells_of_single_users_only_takes_a_call_for_each():
    session = CountingIAM(100)
    accounts = IAMAccounts(session, lambda: ORGANIZATION, FakeClock(NOW))

    accounts.snapshot(ACCOUNT)

    assert session.calls.total() <= 1 + CONSTANT + 2 * 100


@pytest.mark.parametrize(("users", "asked"), [(666, 666), (667, 0)])
def test_new_users_take_three_calls_each_and_no_more_than_a_part_may(users, asked):
    session = CountingIAM(users, report_age=timedelta(hours=1))
    wanted = frozenset({Part.NEW_USERS})
    accounts = IAMAccounts(session, lambda: ORGANIZATION, FakeClock(NOW), wanted=wanted)

    account = accounts.snapshot(ACCOUNT)

    of_single_users = ("list_access_keys", "get_login_profile", "list_mfa_devices")
    assert [session.calls[each] for each in of_single_users] == [asked] * 3
    assert [gap.is_passing for gap in account.gaps] == [True] * (asked == 0)


def test_what_would_take_too_many_calls_is_a_gap_and_not_asked():
    session = CountingIAM(2001)
    wanted = frozenset({Part.SSH_KEYS})
    accounts = IAMAccounts(session, lambda: ORGANIZATION, FakeClock(NOW), wanted=wanted)

    account = accounts.snapshot(ACCOUNT)

    [gap] = account.gaps
    assert gap.error == (
        "it takes a call for each of 2,001 users, and 2,000 is the most;"
        " audits.per_user_calls = false does without"
    )
    assert not session.calls["list_ssh_public_keys"]
