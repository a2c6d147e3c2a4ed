"""The composition root: which adapter stands behind which port.

Functions build their use case once for each process and keep it while the process is warm.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import boto3
from botocore.config import Config

from rolecall.adapters.activity_in_memory import ActivityInMemory
from rolecall.adapters.cloudtrail_lookup import CloudTrailLookup
from rolecall.adapters.dynamodb_activity import DynamoDBActivity
from rolecall.adapters.dynamodb_coverage import DynamoDBCoverage
from rolecall.adapters.dynamodb_exceptions import DynamoDBExceptions
from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
from rolecall.adapters.iam_accounts import IAMAccounts
from rolecall.adapters.iam_parts import PER_USER_PARTS
from rolecall.adapters.organizations_directory import OrganizationsDirectory, OwnAccountDirectory
from rolecall.adapters.settings_file import read_function_people, read_function_settings
from rolecall.adapters.sns_messages import SNSMessages
from rolecall.catalog import CHECKS, DETECTIONS
from rolecall.change_parts import noting, record_principals
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.settings import RetentionSettings, Settings
from rolecall.services.audit import Audit
from rolecall.services.cover import Cover
from rolecall.services.detect import Detect
from rolecall.services.judge_event import EventJudge
from rolecall.services.list_accounts import ListAccounts
from rolecall.services.notify import Notify
from rolecall.services.ports import Directory, FindingSearch
from rolecall.services.principal_ports import PrincipalSearch
from rolecall.services.prove import Prove
from rolecall.services.raw_account import RawAccount
from rolecall.services.record_principals import RecordPrincipals
from rolecall.services.replay import Replay
from rolecall.services.suppress import Suppress
from rolecall.services.survey import Survey
from rolecall.services.weigh_changes import WeighChanges

_RETRIES = Config(retries={"mode": "standard", "max_attempts": 5})


def now() -> datetime:
    """Tell the time: the clock of everything that runs for real."""
    return datetime.now(UTC)


@cache
def detect() -> Detect:
    """Return the use case of the intake queue."""
    judge = EventJudge(DETECTIONS, _settings(), _activity())
    return Detect(_findings(), judge, now, _exceptions(), noting(_session(), now))


@cache
def audit() -> Audit:
    """Return the use case of the check functions."""
    accounts = replace(
        _accounts(),
        wanted=frozenset(Part) - (frozenset() if _asks_per_user() else PER_USER_PARTS),
        people=read_function_people(),
    )
    coverage = _coverage()
    return Audit(accounts, _findings(), coverage, CHECKS, _settings(), _exceptions(), _afterwards())


@cache
def weigh_changes() -> WeighChanges:
    """Return the use case of the queue of accounts in which permissions may have changed."""
    # Policies are all that it takes: a new credential report would keep everybody waiting.
    accounts = replace(_accounts(), wanted=frozenset(), reads_report=False)
    return WeighChanges(accounts, _record_principals())


def _accounts() -> IAMAccounts:
    return IAMAccounts(
        session=_session(),
        # The function that writes the coverage reads no account and is told of no role.
        role_name=os.environ.get("ROLECALL_READER_ROLE"),
        organization=_coverage().organization,
        clock=now,
    )


def _afterwards() -> Mapping[str, Callable[[Account], object]]:
    """Return what else is made of snapshots: records of principals, where there is a table."""
    if "ROLECALL_PRINCIPALS_TABLE" not in os.environ:
        return {}
    return {"over-privilege": _record_principals().run}


def _record_principals() -> RecordPrincipals:
    return record_principals(_session(), _findings(), _settings(), _exceptions())


def _asks_per_user() -> bool:
    """Tell whether the deployer lets IAM be asked about one user at a time."""
    return os.environ.get("ROLECALL_PER_USER_CALLS", "true") == "true"


@cache
def cover() -> Cover:
    """Return the use case that ends a run."""
    return Cover(audit(), now)


@cache
def list_accounts() -> ListAccounts:
    """Return the use case that begins a run."""
    return ListAccounts(_directory(), _coverage())


@cache
def notify() -> Notify:
    """Return the use case of the findings table's stream."""
    client = _session().client("sns", config=_RETRIES)
    messages = SNSMessages(client, os.environ["ROLECALL_TOPIC_ARN"])
    return Notify(messages, _settings().notifications)


@cache
def _session() -> boto3.Session:
    return boto3.Session()


@cache
def _settings() -> Settings:
    return read_function_settings()


@cache
def _findings() -> DynamoDBFindings:
    client = _session().client("dynamodb", config=_RETRIES)
    table = os.environ["ROLECALL_FINDINGS_TABLE"]
    return DynamoDBFindings(client, table, _settings().retention, now)


@cache
def _coverage() -> DynamoDBCoverage:
    client = _session().client("dynamodb", config=_RETRIES)
    return DynamoDBCoverage(client, os.environ["ROLECALL_COVERAGE_TABLE"])


@cache
def _exceptions() -> DynamoDBExceptions:
    client = _session().client("dynamodb", config=_RETRIES)
    return DynamoDBExceptions(client, os.environ["ROLECALL_COVERAGE_TABLE"])


def _activity() -> DynamoDBActivity:
    client = _session().client("dynamodb", config=_RETRIES)
    return DynamoDBActivity(client, os.environ["ROLECALL_ACTIVITY_TABLE"])


def _directory() -> Directory:
    if os.environ.get("ROLECALL_ORGANIZATION_ID"):
        return OrganizationsDirectory(_session(), os.environ.get("ROLECALL_READER_ROLE"))
    return OwnAccountDirectory(_session())


# What the command line asks for: with a person's own credentials, and nothing of its own deployed.


def session(profile: str | None, region: str | None) -> boto3.Session:
    """Return a session with the credentials that a person has at hand."""
    return boto3.Session(profile_name=profile, region_name=region)


def own_account_id(session: boto3.Session) -> str:
    """Return the account of the session's credentials; raise what botocore raises."""
    sts = session.client("sts", region_name=session.region_name or "us-east-1", config=_RETRIES)
    return sts.get_caller_identity()["Account"]


def own_account(session: boto3.Session, account_id: str) -> RawAccount:
    """Return the parts of the session's own account, read without a role."""
    organization = OrganizationsDirectory(session).organization
    return IAMAccounts(session, organization, now).read(account_id)


def prove(session: boto3.Session) -> Prove:
    """Return the use case that asks what an access key was used for."""
    return Prove(CloudTrailLookup(session), now)


def finding_search(session: boto3.Session, table: str) -> FindingSearch:
    """Return the questions that people ask of a findings table."""
    client = session.client("dynamodb", config=_RETRIES)
    return DynamoDBFindings(client, table, RetentionSettings(), now)


def principal_search(session: boto3.Session, table: str) -> PrincipalSearch:
    """Return the questions that people ask of a principals table."""
    return DynamoDBPrincipals(session.client("dynamodb", config=_RETRIES), table)


def suppress(
    session: boto3.Session, findings: str, coverage: str, retention: RetentionSettings
) -> Suppress:
    """Return the use case of exceptions that cannot wait for a review."""
    client = session.client("dynamodb", config=_RETRIES)
    table = DynamoDBFindings(client, findings, retention, now)
    return Suppress(table, table, DynamoDBExceptions(client, coverage), now)


def caller_arn(session: boto3.Session) -> str:
    """Return whose credentials the session has; raise what botocore raises."""
    sts = session.client("sts", region_name=session.region_name or "us-east-1", config=_RETRIES)
    return sts.get_caller_identity()["Arn"]


def coverage_survey(session: boto3.Session, table: str) -> Survey:
    """Return what people ask of the coverage table."""
    return Survey(DynamoDBCoverage(session.client("dynamodb", config=_RETRIES), table), now)


def replay(settings: Settings) -> Replay:
    """Return the use case that judges recorded events."""
    return Replay(EventJudge(DETECTIONS, settings, ActivityInMemory()))
