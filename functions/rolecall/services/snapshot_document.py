"""A snapshot as a file: what AWS answered about one account, as JSON, and back.

docs/snapshot.schema.json describes the document, docs/snapshot.md its members.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from rolecall.model.account import Gap
from rolecall.model.completeness import Completeness, Part
from rolecall.model.people_list import parse_people, people_document
from rolecall.model.timestamps import format_time, parse_time
from rolecall.services.organization_document import (
    completeness_document,
    organization_document,
    parse_completeness,
    parse_organization,
)
from rolecall.services.raw_account import CredentialReport, RawAccount
from rolecall.services.read_policies import Detail

VERSION = 1

_ANSWERS = {
    "mfa_devices": Part.MFA_DEVICES,
    "new_users": Part.NEW_USERS,
    "service_specific_credentials": Part.SERVICE_SPECIFIC_CREDENTIALS,
    "ssh_keys": Part.SSH_KEYS,
    "server_certificates": Part.SERVER_CERTIFICATES,
    "password_policy": Part.PASSWORD_POLICY,
    "account_summary": Part.ACCOUNT_SUMMARY,
    "contacts": Part.CONTACTS,
    "identity_providers": Part.IDENTITY_PROVIDERS,
    "service_last_accessed": Part.SERVICE_LAST_ACCESSED,
}
_OWN = frozenset(
    {
        *("version", "account_id", "partition", "taken_at", "authorization_details"),
        *("credential_report", "credential_report_generated_at", "access_keys", "organization"),
        *("organization_policies", "people", "completeness", *_ANSWERS),
    }
)
LISTS = ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies")
_DOCUMENTS = ("PolicyDocument", "AssumeRolePolicyDocument", "Document")


class SnapshotError(ValueError):
    """The document is no snapshot; the message names the member and says what is wrong."""


def snapshot_document(raw: RawAccount) -> dict[str, Any]:
    """Write the parts of an account as JSON; what is missing is told in `completeness`."""
    missing = {**raw.states, **dict(_missing(raw))}
    document: dict[str, Any] = {
        "version": VERSION,
        "account_id": raw.id,
        "partition": raw.partition,
        "taken_at": format_time(raw.taken_at),
        "completeness": completeness_document(missing),
    }
    if raw.details is not None and not isinstance(raw.details, Gap):
        document["authorization_details"] = _one_answer(raw.details)
    if isinstance(raw.report, CredentialReport):
        document["credential_report"] = raw.report.text
        document["credential_report_generated_at"] = format_time(raw.report.generated_at)
        document["access_keys"] = _plain(raw.access_keys)
    parts = {part: name for name, part in _ANSWERS.items()}
    document.update({parts[part]: _plain(answer) for part, answer in raw.answers.items()})
    if raw.organization is not None:
        document["organization"] = organization_document(raw.organization)
    if raw.organization_policies is not None:
        document["organization_policies"] = raw.organization_policies
    people = raw.people or (raw.organization.people if raw.organization else None)
    if people is not None:
        document["people"] = people_document(people)
    return {**document, **raw.other}


def parse_snapshot(document: Mapping[str, Any]) -> RawAccount:
    """Read a snapshot; raise SnapshotError for what is none.

    Members of later versions are kept. A part that is not there was not asked for, unless
    `completeness` says what became of it; a part that is null is known not to exist.
    """
    version = document.get("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise SnapshotError(f"version {version!r} is newer than this program, which reads 1")
    taken_at = _member(document, "taken_at", parse_time)
    details = document.get("authorization_details")
    answers = {part: document[name] for name, part in _ANSWERS.items() if name in document}
    organization, people = document.get("organization"), document.get("people")
    return RawAccount(
        id=_member(document, "account_id", _account_id),
        partition=document.get("partition", "aws"),
        taken_at=taken_at,
        details=None if details is None else [_object(details, "authorization_details")],
        report=_report(document, taken_at),
        access_keys=document.get("access_keys") or {},
        answers=answers,
        organization=_parsed("organization", organization, parse_organization),
        organization_policies=document.get("organization_policies"),
        people=_parsed("people", people, parse_people),
        states=_parsed("completeness", document.get("completeness"), parse_completeness) or {},
        other={name: value for name, value in document.items() if name not in _OWN},
    )


def _missing(raw: RawAccount) -> Iterable[tuple[Part, Completeness]]:
    parts = ((Part.AUTHORIZATION_DETAILS, raw.details), (Part.CREDENTIAL_REPORT, raw.report))
    for part, came in parts:
        if isinstance(came, Gap):
            yield part, Completeness.failed(came.error, came.call)


def _report(document: Mapping[str, Any], taken_at: datetime) -> CredentialReport | None:
    text = document.get("credential_report")
    if text is None:
        return None
    if not isinstance(text, str):
        raise SnapshotError("credential_report should be the report's text, in CSV")
    generated_at = document.get("credential_report_generated_at")
    moment = (
        _member(document, "credential_report_generated_at", parse_time) if generated_at else None
    )
    return CredentialReport(text, moment or taken_at)


def _member(document: Mapping[str, Any], name: str, read: Callable[[str], Any]) -> Any:  # noqa: ANN401 - what `read` gives
    value = document.get(name)
    if not isinstance(value, str):
        raise SnapshotError(f"{name} should be text, it is {json.dumps(value)[:40]}")
    try:
        return read(value)
    except ValueError as error:
        raise SnapshotError(f"{name}: {error}") from error


def _parsed(name: str, value: Any, parse: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - raw JSON
    if value is None:
        return None
    try:
        return parse(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SnapshotError(f"{name} makes no sense: {type(error).__name__}: {error}") from error


def _object(value: Any, name: str) -> Detail:  # noqa: ANN401 - raw JSON
    if not isinstance(value, Mapping):
        raise SnapshotError(f"{name} should be an object")
    return value


def _account_id(text: str) -> str:
    if not (text.isdigit() and len(text) == len("111122223333")):
        raise ValueError(f"{text!r} is no account id, which has twelve digits")
    return text


def _one_answer(pages: Iterable[Detail]) -> dict[str, Any]:
    """Put the pages together as the AWS command line prints them."""
    whole: dict[str, list[Any]] = {name: [] for name in LISTS}
    for page in pages:
        for name, found in whole.items():
            found += [_plain(each) for each in page.get(name, ())]
    return dict(whole)


def _plain(value: Any, name: str = "") -> Any:  # noqa: ANN401 - whatever boto3 answers
    """Return the value as JSON has it: times as text, documents as objects."""
    if isinstance(value, datetime):
        return format_time(value)
    if isinstance(value, Mapping):
        return {key: _plain(each, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if name in _DOCUMENTS and isinstance(value, str):
        return _document(value)
    return value


def _document(text: str) -> Any:  # noqa: ANN401 - raw JSON
    """Decode a policy document; keep the text of one that cannot be, for reading it says why."""
    try:
        return json.loads(unquote(text) if text.startswith("%") else text)
    except ValueError:
        return text
