import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from rolecall.adapters.organizations_directory import (
    DirectoryError,
    OrganizationsDirectory,
    OwnAccountDirectory,
)
from rolecall.model.organization import Organization
from tests.adapters.iam_stubs import StubbedSession, own_account
from tests.adapters.moto_truth import answer_what_moto_lacks
from tests.builders import ACCOUNT, HUB


@pytest.fixture
def session():
    """Return a session that may list the accounts of the organization, and read no more of it."""
    session = StubbedSession("organizations", "sts", "iam", "sso-admin", "identitystore")
    for service, operation in (
        ("organizations", "ListRoots"),
        ("organizations", "ListDelegatedAdministrators"),
        ("iam", "ListOrganizationsFeatures"),
        ("sso-admin", "ListInstances"),
    ):
        deny(session, service, operation)
    return session


def deny(session, service, operation):
    """Refuse a call however often it is made."""
    error = {"Error": {"Code": "AccessDeniedException", "Message": "no"}}

    def refuse(model, **_):
        if model.name == operation:
            raise ClientError(error, operation)

    session.client(service).meta.events.register_first("provide-client-params", refuse)


def organization(session, organization_id="o-exampleorgid"):
    session.answer(
        "organizations", "describe_organization", {"Organization": {"Id": organization_id}}
    )


def listed(session, *accounts, then=None, token=None):
    """Answer a page of ListAccounts: asked with `token`, `then` the next."""
    response = {"Accounts": list(accounts), **({"NextToken": then} if then else {})}
    session.answer(
        "organizations", "list_accounts", response, {"NextToken": token} if token else {}
    )


def test_a_whole_organization_is_listed_on_moto(aws):
    client = aws.client("organizations")
    created = client.create_organization(FeatureSet="ALL")["Organization"]
    for number in range(25):
        client.create_account(AccountName=f"member {number}", Email=f"aws{number}@example.com")

    answer_what_moto_lacks(aws)

    found = OrganizationsDirectory(aws).organization()

    assert found.id == created["Id"]
    assert len(found.account_ids) == 26
    assert created["MasterAccountId"] in found.account_ids


def test_every_page_is_read_even_after_an_empty_one(session):
    organization(session)
    listed(session, {"Id": ACCOUNT, "State": "ACTIVE"}, then="1")
    listed(session, then="2", token="1")
    listed(session, {"Id": HUB, "State": "ACTIVE"}, token="2")

    found = OrganizationsDirectory(session).organization()

    assert (found.id, found.account_ids) == ("o-exampleorgid", {ACCOUNT, HUB})
    session.assert_all_asked()


def test_only_active_accounts_count_whichever_member_says_so(session):
    organization(session)
    listed(
        session,
        {"Id": ACCOUNT, "State": "ACTIVE", "Status": "ACTIVE"},
        {"Id": HUB, "Status": "ACTIVE"},
        {"Id": "000000000001", "State": "CLOSED"},
        {"Id": "000000000002", "State": "SUSPENDED", "Status": "ACTIVE"},
        {"Id": "000000000003", "Status": "PENDING_CLOSURE"},
    )

    found = OrganizationsDirectory(session).organization()

    assert found.account_ids == {ACCOUNT, HUB}


def test_an_account_without_organization_stands_alone(session):
    session.refuse("organizations", "describe_organization", "AWSOrganizationsNotInUseException")
    own_account(session)

    found = OrganizationsDirectory(session).organization()

    assert found == Organization("", frozenset({ACCOUNT}))


def test_an_account_that_may_not_list_the_others_is_told_so(session):
    organization(session)
    denied = f"User: arn:aws:iam::{ACCOUNT}:user/auditor is not authorized to perform that"
    session.refuse("organizations", "list_accounts", "AccessDeniedException", denied)

    with pytest.raises(DirectoryError) as raised:
        OrganizationsDirectory(session).organization()

    assert str(raised.value) == (
        "organizations:ListAccounts: AccessDeniedException: not authorized to perform that"
    )


def test_a_page_that_cannot_be_read_makes_no_list_of_the_others(session):
    organization(session)
    listed(session, {"Id": ACCOUNT, "State": "ACTIVE"}, then="1")
    session.refuse("organizations", "list_accounts", "TooManyRequestsException")

    with pytest.raises(DirectoryError, match="TooManyRequestsException"):
        OrganizationsDirectory(session).organization()


def test_a_page_that_names_itself_as_the_next_is_an_error(session):
    organization(session)
    listed(session, {"Id": ACCOUNT, "State": "ACTIVE"}, then="1")
    listed(session, {"Id": HUB, "State": "ACTIVE"}, then="1", token="1")

    with pytest.raises(DirectoryError, match="ListAccounts"):
        OrganizationsDirectory(session).organization()


def test_an_organization_that_may_not_be_described_is_an_error(session):
    session.refuse("organizations", "describe_organization", "AccessDeniedException")

    with pytest.raises(DirectoryError, match="organizations:DescribeOrganization"):
        OrganizationsDirectory(session).organization()


def test_the_own_account_is_what_sts_says(session):
    own_account(session, HUB)

    assert OwnAccountDirectory(session).organization() == Organization("", frozenset({HUB}))


def test_an_sts_that_does_not_answer_is_an_error(session):
    def fail(**_):
        raise EndpointConnectionError(endpoint_url="https://sts.eu-west-1.amazonaws.com/")

    session.client("sts").meta.events.register_first("provide-client-params.sts", fail)

    with pytest.raises(DirectoryError, match="sts:GetCallerIdentity: EndpointConnectionError"):
        OwnAccountDirectory(session).organization()
