"""What the command line asks for, with a person's own credentials and nothing deployed."""

import boto3

from rolecall.adapters.activity_in_memory import ActivityInMemory, SessionsInMemory
from rolecall.adapters.cloudtrail_lookup import CloudTrailLookup
from rolecall.adapters.dynamodb_coverage import DynamoDBCoverage
from rolecall.adapters.dynamodb_exceptions import DynamoDBExceptions
from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
from rolecall.adapters.iam_accounts import IAMAccounts
from rolecall.adapters.organizations_directory import OrganizationsDirectory
from rolecall.catalog import DETECTIONS
from rolecall.model.settings import RetentionSettings, Settings
from rolecall.services.follow_sessions import FollowSessions
from rolecall.services.judge_event import EventJudge
from rolecall.services.ports import FindingSearch
from rolecall.services.principal_ports import PrincipalSearch
from rolecall.services.prove import Prove
from rolecall.services.raw_account import RawAccount
from rolecall.services.replay import Replay
from rolecall.services.suppress import Suppress
from rolecall.services.survey import Survey
from rolecall.shared_parts import RETRIES, now


def session(profile: str | None, region: str | None) -> boto3.Session:
    """Return a session with the credentials that a person has at hand."""
    return boto3.Session(profile_name=profile, region_name=region)


def own_account_id(session: boto3.Session) -> str:
    """Return the account of the session's credentials; raise what botocore raises."""
    sts = session.client("sts", region_name=session.region_name or "us-east-1", config=RETRIES)
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
    client = session.client("dynamodb", config=RETRIES)
    return DynamoDBFindings(client, table, RetentionSettings(), now)


def principal_search(session: boto3.Session, table: str) -> PrincipalSearch:
    """Return the questions that people ask of a principals table."""
    return DynamoDBPrincipals(session.client("dynamodb", config=RETRIES), table)


def suppress(
    session: boto3.Session, findings: str, coverage: str, retention: RetentionSettings
) -> Suppress:
    """Return the use case of exceptions that cannot wait for a review."""
    client = session.client("dynamodb", config=RETRIES)
    table = DynamoDBFindings(client, findings, retention, now)
    return Suppress(table, table, DynamoDBExceptions(client, coverage), now)


def caller_arn(session: boto3.Session) -> str:
    """Return whose credentials the session has; raise what botocore raises."""
    sts = session.client("sts", region_name=session.region_name or "us-east-1", config=RETRIES)
    return sts.get_caller_identity()["Arn"]


def coverage_survey(session: boto3.Session, table: str) -> Survey:
    """Return what people ask of the coverage table."""
    return Survey(DynamoDBCoverage(session.client("dynamodb", config=RETRIES), table), now)


def replay(settings: Settings) -> Replay:
    """Return the use case that judges recorded events."""
    judge = EventJudge(DETECTIONS, settings, ActivityInMemory())
    return Replay(judge, FollowSessions(SessionsInMemory()).run)
