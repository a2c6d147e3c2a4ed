"""Snapshots of live accounts, read from IAM."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import UnknownRegionError

from rolecall.adapters.dynamodb_batches import Sleep
from rolecall.adapters.iam_parts import IAMParts
from rolecall.adapters.iam_reader import IAMReader
from rolecall.adapters.wanted_parts import NoRoleError, read_or_gap, read_wanted_parts
from rolecall.model.account import Account, Gap
from rolecall.model.completeness import Completeness, Part
from rolecall.model.organization import Organization, People
from rolecall.services.assemble import assemble
from rolecall.services.dated_report import REPORT_CALL
from rolecall.services.ports import Clock
from rolecall.services.raw_account import RawAccount
from rolecall.services.read_policies import CALL as DETAILS_CALL

if TYPE_CHECKING:
    import boto3

_SESSION_NAME = "rolecall"
"""Always the same: it stands in the error texts of denied calls and in CloudTrail."""
_CONFIG = Config(
    retries={"mode": "adaptive", "total_max_attempts": 10}, connect_timeout=10, read_timeout=60
)


@dataclass(frozen=True, slots=True)
class IAMAccounts:
    """The port Accounts: through a role of that name, or the session's own account without one."""

    session: "boto3.Session"
    organization: Callable[[], Organization | None]
    """Tells which accounts belong together, from the directory or from what a run stored."""
    clock: Clock
    role_name: str | None = None
    sleep: Sleep = time.sleep
    wanted: frozenset[Part] = frozenset(Part)
    """The parts that may be asked for at all."""
    people: People | None = None
    """Who works here, where somebody keeps a list of it."""
    reads_report: bool = True
    """Whether the credential report is asked for, which may take a minute to be made."""

    def snapshot(self, account_id: str, needed: frozenset[Part] = frozenset(Part)) -> Account:
        """Read the account as it is now, with these parts; whatever cannot be read is a gap.

        The ids of access keys are in what findings say, whether a check needs them or not; users
        newer than the credential report belong to it.
        """
        return assemble(self.read(account_id, needed | {Part.ACCESS_KEY_IDS, Part.NEW_USERS}))

    def read(self, account_id: str, needed: frozenset[Part] = frozenset(Part)) -> RawAccount:
        """Read the parts of the account as AWS answers them; what does not come is a gap."""
        partition = self._partition
        organization, states = self._organization()
        unread = RawAccount(
            id=account_id,
            partition=partition,
            taken_at=self.clock(),
            organization=organization,
            people=self.people,
            states=states,
        )
        clients = read_or_gap(
            "everything", "sts:AssumeRole", lambda: self._clients(partition, account_id)
        )
        if isinstance(clients, Gap):
            return replace(unread, gaps=(replace(clients, is_total=True),))
        iam = clients("iam")
        reader = IAMReader(iam, self.clock, self.sleep)
        parts = IAMParts(iam, lambda: clients("account"))
        raw = self._raw(unread, reader)
        return read_wanted_parts(raw, parts, self.wanted & needed)

    def _raw(self, unread: RawAccount, reader: IAMReader) -> RawAccount:
        details = read_or_gap(
            Part.AUTHORIZATION_DETAILS, DETAILS_CALL, reader.authorization_details
        )
        if not self.reads_report:
            return replace(unread, details=details)
        report = read_or_gap(Part.CREDENTIAL_REPORT, REPORT_CALL, reader.credential_report)
        return replace(unread, details=details, report=report)

    @property
    def _region(self) -> str:
        """The session's region; IAM is the same in all of them, STS is asked nearby."""
        return self.session.region_name or "us-east-1"

    @property
    def _partition(self) -> str:
        try:
            return self.session.get_partition_for_region(self._region)
        except UnknownRegionError:
            return "aws"  # what is wrong with the region, the first call there will say

    def _organization(self) -> tuple[Organization | None, dict[Part, Completeness]]:
        answer = read_or_gap(Part.ORGANIZATION, "organizations:ListAccounts", self.organization)
        if isinstance(answer, Organization):
            return answer, {}
        problem = "no run has listed the accounts of the organization yet"
        if answer is None:
            answer = Gap(Part.ORGANIZATION, "organizations:ListAccounts", problem)
        return None, {Part.ORGANIZATION: Completeness.failed(answer.error, answer.call)}

    def _clients(self, partition: str, account_id: str) -> Callable[[str], Any]:
        """Return what makes clients for the account; one session serves all, they cost little."""
        region = self._region
        sts = self.session.client("sts", region_name=region, config=_CONFIG)
        make: Any = partial(self.session.client, region_name=region, config=_CONFIG)
        if self.role_name is None:
            own_id = sts.get_caller_identity()["Account"]
            if own_id != account_id:
                raise NoRoleError(
                    f"there is no role to assume, and the credentials are of account {own_id}"
                )
            return partial(make)
        role = f"arn:{partition}:iam::{account_id}:role/{self.role_name}"
        assumed = sts.assume_role(RoleArn=role, RoleSessionName=_SESSION_NAME)["Credentials"]
        return partial(
            make,
            aws_access_key_id=assumed["AccessKeyId"],
            aws_secret_access_key=assumed["SecretAccessKey"],
            aws_session_token=assumed["SessionToken"],
        )
