import pytest
from botocore.exceptions import ClientError, HTTPClientError, NoCredentialsError

from rolecall.adapters.aws_errors import error_code, error_text


def client_error(message, code="AccessDenied"):
    response = {
        "Error": {"Code": code, "Message": message},
        "ResponseMetadata": {
            "RequestId": "0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f",
            "RetryAttempts": 4,
        },
    }
    return ClientError(response, "GetCredentialReport")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "User: arn:aws:sts::111122223333:assumed-role/a/x is not authorized to perform: y",
            "User: arn:aws:sts::111122223333:assumed-role/b/z is not authorized to perform: y",
        ),
        (
            "Try later (RequestId: 0a1b2c3d-0000-4000-8000-0a1b2c3d4e5f)",
            "Try later (RequestId: ffffffff-0000-4000-8000-0a1b2c3d4e5f)",
        ),
        ("Try later, request id AB12CD", "Try later, request id EF34"),
        (
            "Encoded authorization failure message: abcDEF_-1",
            "Encoded authorization failure message: xyz",
        ),
        (
            "Signature not yet current: 20261123T120000Z",
            "Signature not yet current: 20261124T120000Z",
        ),
        ("connection object at 0x7f4d812bca90", "connection object at 0x7f0025312aa0"),
    ],
)
def test_the_same_error_reads_the_same_at_every_run(one, other):
    assert error_text(client_error(one)) == error_text(client_error(other))


def test_different_errors_stay_different():
    texts = {
        error_text(client_error("not authorized to perform: iam:A")),
        error_text(client_error("not authorized to perform: iam:B")),
        error_text(client_error("not authorized to perform: iam:B", code="Throttling")),
    }

    assert len(texts) == 3


def test_an_error_without_message_is_its_code():
    assert error_text(client_error("", code="ServiceFailure")) == "ServiceFailure"


def test_errors_of_botocore_are_named():
    assert error_text(NoCredentialsError()) == "NoCredentialsError: Unable to locate credentials"
    assert "0x" not in error_text(HTTPClientError(error="<pool at 0x7f4d812bca90>"))


def test_an_answer_without_error_has_no_code():
    assert error_code(NoCredentialsError()) == ""
    assert error_code(client_error("no")) == "AccessDenied"
