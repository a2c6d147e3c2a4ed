"""Whatever a person has of an account becomes its parts: a snapshot, or AWS's plain answers."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rolecall.model.completeness import Part
from rolecall.model.organization import People
from rolecall.services.raw_account import CredentialReport, RawAccount
from rolecall.services.snapshot_document import LISTS, SnapshotError, parse_snapshot

_OWNER = re.compile(r"arn:(aws[\w-]*):iam::(\d{12}):")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a person gives beside the file."""

    report: str | None = None
    """The text of the credential report."""
    last_accessed: Mapping[str, Any] | None = None
    """Answers of GetServiceLastAccessedDetails by the ARN of the principal."""
    people: People | None = None
    as_of: datetime | None = None
    """When the account looked like that, where the file does not say or should not decide."""


def read_snapshot(text: str, beside: Beside, now: datetime) -> RawAccount:
    """Read a snapshot, an answer of GetAccountAuthorizationDetails, or a credential report.

    Ages are counted up to `as_of`; without it up to the moment that a snapshot names, else now.
    Raises SnapshotError for anything else.
    """
    text = text.removeprefix("\ufeff")
    if text.startswith("user,arn,"):
        return _of_report(text, beside, now)
    raw = _completed(_of_document(_json(text), beside.as_of or now), beside)
    if raw.details is None and raw.report is None:
        raise SnapshotError("it holds neither authorization details nor a credential report")
    return raw


def _json(text: str) -> Mapping[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise SnapshotError(f"it is neither JSON nor a credential report ({error})") from error
    except RecursionError as error:
        raise SnapshotError("it is JSON that is nested too deeply") from error
    if not isinstance(document, Mapping):
        raise SnapshotError("it should be a JSON object")
    return document


def _of_document(document: Mapping[str, Any], taken_at: datetime) -> RawAccount:
    if "account_id" in document:
        return parse_snapshot(document)
    if not any(name in document for name in LISTS):
        raise SnapshotError(
            "it is no snapshot (it has no account_id) and no answer of"
            " get-account-authorization-details (it has no UserDetailList)"
        )
    partition, account_id = _owner(_arns(document))
    return RawAccount(id=account_id, partition=partition, taken_at=taken_at, details=[document])


def _of_report(text: str, beside: Beside, now: datetime) -> RawAccount:
    if beside.report is not None:
        raise SnapshotError("it is a credential report itself, and there is another beside it")
    partition, account_id = _owner([text])
    taken_at = beside.as_of or now
    report = CredentialReport(text, taken_at)
    raw = RawAccount(id=account_id, partition=partition, taken_at=taken_at, report=report)
    return _completed(raw, beside)


def _completed(raw: RawAccount, beside: Beside) -> RawAccount:
    if beside.as_of is not None:
        raw = replace(raw, as_of=beside.as_of)
    if beside.people is not None:
        raw = replace(raw, people=beside.people)
    if beside.report is not None:
        raw = replace(raw, report=CredentialReport(beside.report, raw.taken_at))
    if isinstance(raw.report, CredentialReport):
        _refuse_another_account(raw.report, raw.id)
    if beside.last_accessed is not None:
        answers = {**raw.answers, Part.SERVICE_LAST_ACCESSED: beside.last_accessed}
        raw = replace(raw, answers=answers)
    return raw


def _refuse_another_account(report: CredentialReport, account_id: str) -> None:
    found = _OWNER.search(report.text)
    if found and found[2] != account_id:
        raise SnapshotError(
            f"the credential report is of account {found[2]}, and all else of {account_id}"
        )


def _arns(document: Mapping[str, Any]) -> Iterator[str]:
    for name in LISTS:
        entries = document.get(name, ())
        if not isinstance(entries, list | tuple):
            raise SnapshotError(f"{name} should be a list")
        yield from (str(each.get("Arn")) for each in entries if isinstance(each, Mapping))


def _owner(texts: Iterator[str] | list[str]) -> tuple[str, str]:
    """Return partition and id of the account that the first ARN with one names."""
    for text in texts:
        if found := _OWNER.search(text):
            return found[1], found[2]
    raise SnapshotError("it does not say which account it is of: no ARN in it names one")
