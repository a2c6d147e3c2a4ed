"""What several functions are made of: built once for each process, kept while it is warm."""

import os
from datetime import UTC, datetime
from functools import cache

import boto3
from botocore.config import Config

from rolecall.adapters.dynamodb_coverage import DynamoDBCoverage
from rolecall.adapters.dynamodb_exceptions import DynamoDBExceptions
from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.adapters.settings_file import read_function_settings
from rolecall.model.settings import Settings

RETRIES = Config(retries={"mode": "standard", "max_attempts": 5})


def now() -> datetime:
    """Tell the time: the clock of everything that runs for real."""
    return datetime.now(UTC)


@cache
def session() -> boto3.Session:
    """Return the session of the process."""
    return boto3.Session()


@cache
def settings() -> Settings:
    """Return the settings that travel with the function."""
    return read_function_settings()


@cache
def findings() -> DynamoDBFindings:
    """Return the table of findings."""
    client = session().client("dynamodb", config=RETRIES)
    table = os.environ["ROLECALL_FINDINGS_TABLE"]
    return DynamoDBFindings(client, table, settings().retention, now)


@cache
def coverage() -> DynamoDBCoverage:
    """Return the table of coverage."""
    client = session().client("dynamodb", config=RETRIES)
    return DynamoDBCoverage(client, os.environ["ROLECALL_COVERAGE_TABLE"])


@cache
def exceptions() -> DynamoDBExceptions:
    """Return the exceptions that people stored."""
    client = session().client("dynamodb", config=RETRIES)
    return DynamoDBExceptions(client, os.environ["ROLECALL_COVERAGE_TABLE"])
