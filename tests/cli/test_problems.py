import pytest
from botocore import exceptions as aws

from rolecall.cli.problems import CommandError, aws_problems_told


def told(error):
    with pytest.raises(CommandError) as raised, aws_problems_told():
        raise error
    return str(raised.value)


def refusal(code, message="the message"):
    return aws.ClientError({"Error": {"Code": code, "Message": message}}, "Query")


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId"])
def test_credentials_that_are_no_longer_valid(code):
    assert told(refusal(code)) == (
        f"AWS does not accept the credentials any more ({code}): sign in again (`aws sso login`,"
        " `aws login`) or name another profile with --profile"
    )


def test_credentials_that_do_not_suffice():
    assert told(refusal("AccessDeniedException", "not authorized")) == (
        "the credentials do not permit Query (AccessDeniedException: not authorized): use others"
        " with --profile"
    )


def test_whatever_else_aws_refuses():
    assert told(refusal("ValidationException")) == (
        "AWS refused Query: ValidationException: the message"
    )


def test_no_region():
    assert told(aws.NoRegionError()) == (
        "no AWS region is set: name one with --region, or set AWS_REGION"
    )


def test_no_way_to_aws():
    error = aws.EndpointConnectionError(endpoint_url="https://sts.nowhere.amazonaws.com")

    assert told(error) == (
        'AWS could not be reached (Could not connect to the endpoint URL: "https://sts.nowhere.'
        'amazonaws.com"): look at the network, the proxy and --region'
    )


def test_a_session_that_has_to_be_renewed():
    error = aws.UnauthorizedSSOTokenError()

    assert told(error).startswith("the credentials could not be renewed (The SSO session")
    assert "): sign in again (`aws sso login`, `aws login`)" in told(error)


def test_whatever_else_goes_wrong_before_aws_is_asked():
    assert told(aws.UnknownServiceError(service_name="x", known_service_names="y")) == (
        "AWS could not be asked: Unknown service: 'x'. Valid service names are: y"
    )
