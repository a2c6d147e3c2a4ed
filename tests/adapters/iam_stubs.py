"""A boto3 session whose clients answer what a test says, where moto is untrue."""

from functools import cache

import boto3
from botocore.stub import Stubber

from tests.builders import ACCOUNT, NOW


@cache
def shared_session(region_name="us-east-1"):
    """Return one session for many tests: reading AWS's service models takes most of their time."""
    return boto3.Session(region_name=region_name)


class StubbedSession:
    """One client for each service, all of them stubbed; answers come in the order given."""

    def __init__(self, *services, region_name="eu-west-1"):
        self.region_name = region_name
        session = shared_session(region_name)
        self.get_partition_for_region = session.get_partition_for_region
        self._clients = {name: session.client(name) for name in services}
        self._stubs = {name: Stubber(client) for name, client in self._clients.items()}
        for stub in self._stubs.values():
            stub.activate()

    def client(self, name, **_):
        return self._clients[name]

    def answer(self, service, operation, response, expected=None):
        self._stubs[service].add_response(operation, response, expected)

    def refuse(self, service, operation, code, message="no", **fields):
        self._stubs[service].add_client_error(operation, code, message, **fields)

    def assert_all_asked(self):
        for stub in self._stubs.values():
            stub.assert_no_pending_responses()


def own_account(session, account_id=ACCOUNT):
    """Let the session's credentials be those of the account itself."""
    arn = f"arn:aws:iam::{account_id}:user/auditor"
    identity = {"Account": account_id, "UserId": "AIDACKCEVSQ6C2EXAMPLE", "Arn": arn}
    session.answer("sts", "get_caller_identity", identity)


def details(session, page=None, *, marker=None, then=None):
    """Answer one page of GetAccountAuthorizationDetails: asked from `marker`, `then` the next."""
    expected = {"MaxItems": 1000, **({"Marker": marker} if marker else {})}
    more = {"IsTruncated": True, "Marker": then} if then else {"IsTruncated": False}
    response = {**(page or {}), **more}
    session.answer("iam", "get_account_authorization_details", response, expected)


def credential_report(session, text, generated_at=NOW):
    response = {"Content": text.encode(), "ReportFormat": "text/csv", "GeneratedTime": generated_at}
    session.answer("iam", "get_credential_report", response)
