"""Reads the parts that are wanted beside policies and credential report, each on its own."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from botocore.exceptions import ClientError

from rolecall.adapters.aws_errors import AWS_ERRORS, error_text
from rolecall.adapters.iam_pages import IncompleteAnswerError
from rolecall.adapters.iam_parts import IAMParts, TooManyCallsError
from rolecall.adapters.organizations_directory import DirectoryError
from rolecall.model.account import Gap
from rolecall.model.completeness import PRESENT, Completeness, Part
from rolecall.services.raw_account import CredentialReport, RawAccount
from rolecall.services.read_details import moment
from rolecall.services.read_policies import Detail
from rolecall.services.read_report import Report, ReportError, read_report

_T = TypeVar("_T")

_CALLS: Mapping[Part, tuple[str, Callable[[IAMParts], Any]]] = {
    Part.SERVICE_SPECIFIC_CREDENTIALS: (
        "iam:ListServiceSpecificCredentials",
        IAMParts.service_specific_credentials,
    ),
    Part.SERVER_CERTIFICATES: ("iam:ListServerCertificates", IAMParts.server_certificates),
    Part.PASSWORD_POLICY: ("iam:GetAccountPasswordPolicy", IAMParts.password_policy),
    Part.ACCOUNT_SUMMARY: ("iam:GetAccountSummary", IAMParts.account_summary),
    Part.IDENTITY_PROVIDERS: ("iam:ListSAMLProviders", IAMParts.identity_providers),
    Part.CONTACTS: ("account:GetAlternateContact", IAMParts.contacts),
}
"""The parts that are one answer for the whole account."""


class NoRoleError(RuntimeError):
    """An account that is not the session's own cannot be read without a role."""


_UNREADABLE = (
    *AWS_ERRORS,
    IncompleteAnswerError,
    DirectoryError,
    NoRoleError,
    TooManyCallsError,
)


def read_wanted_parts(raw: RawAccount, parts: IAMParts, wanted: Collection[Part]) -> RawAccount:
    """Read what is wanted; a part that cannot be read spoils no other.

    An account of which neither policies nor credential report could be read is not asked more.
    """
    if isinstance(raw.details, Gap) and isinstance(raw.report, Gap):
        return raw
    report = _report(raw)
    answers: dict[Part, Any] = {}
    states: dict[Part, Completeness] = dict(raw.states)
    for part, (call, read) in {**_CALLS, **_of_users(raw, report)}.items():
        if part in wanted:
            answer = read_or_gap(part, call, partial(read, parts))
            if isinstance(answer, Gap):
                states[part] = Completeness.failed(answer.error, answer.call)
            else:
                answers[part] = answer
    keys = answers.pop(Part.ACCESS_KEY_IDS, None)
    if keys is not None:
        states[Part.ACCESS_KEY_IDS] = PRESENT
    return replace(raw, access_keys=keys or {}, answers=answers, states=states)


def read_or_gap(part: str, call: str, read: Callable[[], _T]) -> _T | Gap:
    """Return what was read, or the gap that is left when it could not be read."""
    try:
        return read()
    except _UNREADABLE as error:
        if isinstance(error, ClientError):
            call = f"{call.partition(':')[0]}:{error.operation_name}"
        return Gap(part, call, error_text(error))


def _of_users(
    raw: RawAccount, report: Report | None
) -> Mapping[Part, tuple[str, Callable[[IAMParts], Any]]]:
    """Return what takes a call for each user, for those users whom it can concern."""
    names = _user_names(raw, report)
    newer = _newer_users(raw) if report else []
    with_keys = report.users_with_active_keys() if report else []
    with_mfa = report.users_with_mfa() if report else []
    return {
        Part.ACCESS_KEY_IDS: (
            "iam:ListAccessKeys",
            lambda parts: dict(parts.of_users(with_keys, parts.access_keys_of)),
        ),
        Part.MFA_DEVICES: ("iam:ListMFADevices", lambda parts: parts.mfa_devices(with_mfa)),
        Part.NEW_USERS: ("iam:ListAccessKeys", lambda parts: parts.new_users(newer)),
        Part.SSH_KEYS: ("iam:ListSSHPublicKeys", lambda parts: parts.ssh_keys(names)),
    }


def _user_names(raw: RawAccount, report: Report | None) -> Sequence[str]:
    if raw.details is None or isinstance(raw.details, Gap):
        return report.user_names() if report else []
    return [user["UserName"] for user in _users(raw.details)]


def _newer_users(raw: RawAccount) -> Sequence[str]:
    """Return the users whom the report cannot know, as far as they are known at all."""
    if not isinstance(raw.report, CredentialReport) or isinstance(raw.details, Gap):
        return []
    generated_at = raw.report.generated_at
    users = _users(raw.details or ())
    return [user["UserName"] for user in users if moment(user["CreateDate"]) > generated_at]


def _users(details: Iterable[Detail]) -> Iterator[Detail]:
    return (user for page in details for user in page.get("UserDetailList", ()))


def _report(raw: RawAccount) -> Report | None:
    if not isinstance(raw.report, CredentialReport):
        return None
    try:
        return read_report(raw.report.text)
    except ReportError:
        return None  # assembling the snapshot says so
