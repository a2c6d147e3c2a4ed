"""The fixture `dynamodb_endpoint`: Amazon's DynamoDB Local for the tests that ask for it."""

import pytest

from tests.dynamodb_local import simulator


@pytest.fixture(scope="session")
def dynamodb_endpoint():
    """The URL of a running DynamoDB Local; its tests are skipped where it cannot run."""
    try:
        with simulator.running() as endpoint:
            yield endpoint
    except simulator.UnavailableError as reason:
        pytest.skip(f"DynamoDB Local: {reason}")
