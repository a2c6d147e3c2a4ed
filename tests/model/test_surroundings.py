import pytest

from rolecall.model.surroundings import client_of, network_of, surroundings
from tests.builders import event


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("AWS Internal", ""),
        ("iam.amazonaws.com", ""),
        ("203.0.113.7, 10.0.0.1", ""),
        ("", ""),
    ],
)
def test_tells_the_network_of_an_address(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("user_agent", "client"),
    [
        ("aws-cli/2.31.0 md/awscrt#0.27.6", "aws-cli"),
        ("Boto3/1.40.1 Python/3.13", "Boto3"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "a browser"),
        ("[S3Console/0.4]", "S3Console"),
        ("console.amazonaws.com", "console.amazonaws.com"),
        ("", ""),
        ("/1.0", ""),
    ],
)
def test_tells_the_client_without_its_version(user_agent, client):
    assert client_of(user_agent) == client


def test_leaves_out_what_an_event_does_not_show():
    call = event(sourceIPAddress="AWS Internal", userAgent="")

    assert dict(surroundings(call)) == {"region": "us-east-1"}
