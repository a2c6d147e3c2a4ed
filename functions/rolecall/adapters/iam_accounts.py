"""Snapshots of live accounts, read from IAM."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from botocore.config import Config
from botocore.exceptions import ClientError

from rolecall.adapters.aws_errors import AWS_ERRORS, error_text
from rolecall.adapters.dynamodb_batches import Sleep
from rolecall.adapters.iam_reader import IAMReader, IncompleteAnswerError
from rolecall.adapters.organizations_directory import DirectoryError
from rolecall.model.account import Account, Gap
from rolecall.model.completeness import Part
from rolecall.model.organization import Organization
from rolecall.services.assemble import assemble
from rolecall.services.dated_report import REPORT_CALL
from rolecall.services.ports import Clock
from rolecall.services.raw_account import CredentialReport, RawAccount
from rolecall.services.read_policies import CALL as DETAILS_CALL
from rolecall.services.read_report import ReportError, read_report

if TYPE_CHECKING:
    import boto3
    from mypy_boto3_iam import IAMClient

_T = TypeVar("_T")

_SESSION_NAME = "rolecall"
"""Always the same: it stands in the error texts of denied calls and in CloudTrail."""
_CONFIG = Config(
    retries={"mode": "adaptive", "total_max_attempts": 10}, connect_timeout=10, read_timeout=60
)


class NoRoleError(RuntimeError):
    """An account that is not the session's own cannot be read without a role."""


_UNREADABLE = (*AWS_ERRORS, IncompleteAnswerError, DirectoryError, NoRoleError)


@dataclass(frozen=True, slots=True)
class IAMAccounts:
    """The port Accounts: through a role of that name, or the session's own account without one."""

    session: "boto3.Session"
    organization: Callable[[], Organization | None]
    """Tells which accounts belong together, from the directory or from what a run stored."""
    clock: Clock
    role_name: str | None = None
    sleep: Sleep = time.sleep

    def snapshot(self, account_id: str) -> Account:
        """Read the account as it is now; whatever cannot be read is a gap."""
        partition = self.session.get_partition_for_region(self._region)
        organization, gaps = self._organization()
        unread = Account(
            id=account_id,
            partition=partition,
            taken_at=self.clock(),
            organization=organization,
            gaps=gaps,
        )
        client = _read("account", "sts:AssumeRole", lambda: self._client(partition, account_id))
        if isinstance(client, Gap):
            return replace(unread, gaps=(replace(client, is_total=True), *gaps))
        return assemble(_raw(unread, IAMReader(client, self.clock, self.sleep)))

    @property
    def _region(self) -> str:
        """The session's region; IAM is the same in all of them, STS is asked nearby."""
        return self.session.region_name or "us-east-1"

    def _organization(self) -> tuple[Organization | None, tuple[Gap, ...]]:
        answer = _read(Part.ORGANIZATION, "organizations:ListAccounts", self.organization)
        if isinstance(answer, Gap):
            return None, (answer,)
        if answer is None:
            problem = "no run has listed the accounts of the organization yet"
            return None, (Gap(Part.ORGANIZATION, "organizations:ListAccounts", problem),)
        return answer, ()

    def _client(self, partition: str, account_id: str) -> "IAMClient":
        """Return a client for the account; one session serves all, its clients cost little."""
        sts = self.session.client("sts", region_name=self._region, config=_CONFIG)
        if self.role_name is None:
            own_id = sts.get_caller_identity()["Account"]
            if own_id != account_id:
                raise NoRoleError(
                    f"there is no role to assume, and the credentials are of account {own_id}"
                )
            return self.session.client("iam", region_name=self._region, config=_CONFIG)
        role = f"arn:{partition}:iam::{account_id}:role/{self.role_name}"
        assumed = sts.assume_role(RoleArn=role, RoleSessionName=_SESSION_NAME)["Credentials"]
        return self.session.client(
            "iam",
            region_name=self._region,
            config=_CONFIG,
            aws_access_key_id=assumed["AccessKeyId"],
            aws_secret_access_key=assumed["SecretAccessKey"],
            aws_session_token=assumed["SessionToken"],
        )


def _raw(unread: Account, reader: IAMReader) -> RawAccount:
    details = _read(Part.AUTHORIZATION_DETAILS, DETAILS_CALL, reader.authorization_details)
    report = _read(Part.CREDENTIAL_REPORT, REPORT_CALL, reader.credential_report)
    keys, key_gaps = _access_keys(reader, report)
    return RawAccount(
        id=unread.id,
        partition=unread.partition,
        taken_at=unread.taken_at,
        details=details,
        report=report,
        access_keys=keys,
        organization=unread.organization,
        gaps=(*unread.gaps, *key_gaps),
    )


def _access_keys(
    reader: IAMReader, report: CredentialReport | Gap
) -> tuple[dict[str, list[dict[str, Any]]], tuple[Gap, ...]]:
    """List the keys of those users that have active ones; keep what came before a failure."""
    try:
        names = [] if isinstance(report, Gap) else read_report(report.text).users_with_active_keys()
    except ReportError:
        return {}, ()  # assembling the snapshot says so
    found: dict[str, list[dict[str, Any]]] = {}
    gap = _read(
        Part.ACCESS_KEY_IDS, "iam:ListAccessKeys", lambda: found.update(reader.access_keys(names))
    )
    return found, (gap,) if gap else ()


def _read(part: str, call: str, read: Callable[[], _T]) -> _T | Gap:
    """Return what was read, or the gap that is left when it could not be read."""
    try:
        return read()
    except _UNREADABLE as error:
        if isinstance(error, ClientError):
            call = f"{call.partition(':')[0]}:{error.operation_name}"
        return Gap(part, call, error_text(error))
