"""AWS in process, and the tables in moto and in Amazon's DynamoDB Local."""

import boto3
import pytest
from moto import mock_aws

from tests.adapters.iam_stubs import shared_session
from tests.adapters.tables import (
    create_coverage_table,
    create_findings_table,
    create_principals_table,
)


@pytest.fixture(autouse=True)
def _credentials_of_nobody(monkeypatch):
    """See to it that no test can reach an account, whatever the machine is configured for."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture
def aws():
    """Yield a session on moto's AWS."""
    with mock_aws():
        yield boto3.Session(region_name="us-east-1")


@pytest.fixture(params=["moto", pytest.param("local", marks=pytest.mark.dynamodb_local)])
def dynamodb(request):
    """Yield a DynamoDB client, once on moto and once on DynamoDB Local."""
    if request.param == "moto":
        with mock_aws():
            yield shared_session().client("dynamodb")
        return
    endpoint = request.getfixturevalue("dynamodb_endpoint")
    client = shared_session().client("dynamodb", endpoint_url=endpoint)
    yield client
    for table in client.list_tables()["TableNames"]:
        client.delete_table(TableName=table)


@pytest.fixture
def findings_table(dynamodb):
    return create_findings_table(dynamodb)


@pytest.fixture
def coverage_table(dynamodb):
    return create_coverage_table(dynamodb)


@pytest.fixture
def principals_table(dynamodb):
    return create_principals_table(dynamodb)
