"""The list of accounts, from AWS Organizations."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from rolecall.adapters.aws_errors import AWS_ERRORS, error_code, error_text
from rolecall.adapters.organizations_tree import Clients, OrganizationsTree
from rolecall.model.organization import MemberAccount, Organization

if TYPE_CHECKING:
    import boto3
    from mypy_boto3_organizations import OrganizationsClient


class DirectoryError(RuntimeError):
    """The accounts of the organization could not be listed; the message names call and error."""


@dataclass(frozen=True, slots=True)
class OrganizationsDirectory:
    """The port Directory: the session's organization, or its account alone where there is none."""

    session: "boto3.Session"
    reader_role: str | None = None
    """Name of the role in the management account that may read more than who is there."""

    def organization(self) -> Organization:
        """Return all accounts; raise DirectoryError when a page of the list cannot be read.

        What else is told of the organization is read as far as may be, and says so in its parts.
        """
        client = self.session.client("organizations", region_name=_region(self.session))
        described = self._described(client)
        if not described:
            return Organization("", frozenset({_own_account_id(self.session)}))
        accounts = {each.id: each for each in _accounts(client)}
        organization = Organization(
            described["Id"],
            frozenset(each.id for each in accounts.values() if each.is_active),
            management_account_id=described.get("MasterAccountId", ""),
            accounts=accounts,
        )
        return OrganizationsTree(self._clients(organization)).complete(organization)

    def _described(self, client: "OrganizationsClient") -> Mapping[str, Any]:
        """Describe the organization; return nothing when the account belongs to none."""
        try:
            return client.describe_organization()["Organization"]
        except AWS_ERRORS as error:
            if error_code(error) == "AWSOrganizationsNotInUseException":
                return {}
            raise _error("DescribeOrganization", error) from error

    def _clients(self, organization: Organization) -> Clients:
        """Return what makes clients of the management account, the session's own without a role."""
        own = partial(self.session.client, region_name=_region(self.session))
        if self.reader_role is None or not organization.management_account_id:
            return own
        partition = self.session.get_partition_for_region(_region(self.session))
        arn = f"arn:{partition}:iam::{organization.management_account_id}:role/{self.reader_role}"

        @cache
        def credentials() -> Mapping[str, str]:
            assumed = own("sts").assume_role(RoleArn=arn, RoleSessionName="rolecall")["Credentials"]
            return {
                "aws_access_key_id": assumed["AccessKeyId"],
                "aws_secret_access_key": assumed["SecretAccessKey"],
                "aws_session_token": assumed["SessionToken"],
            }

        return lambda service: own(service, **credentials())


def _accounts(client: "OrganizationsClient") -> list[MemberAccount]:
    """Read every page; pages may be empty and still not be the last."""
    try:
        return [
            MemberAccount(
                id=account["Id"],
                name=account.get("Name", ""),
                # State took over from Status, which is retired since 2026-09-09.
                status=account.get("State", account.get("Status", "")),
                joined_at=account.get("JoinedTimestamp"),
            )
            for page in client.get_paginator("list_accounts").paginate()
            for account in page["Accounts"]
        ]
    except AWS_ERRORS as error:
        raise _error("ListAccounts", error) from error


def _error(call: str, error: Exception) -> DirectoryError:
    return DirectoryError(f"organizations:{call}: {error_text(error)}")


def _region(session: "boto3.Session") -> str:
    return session.region_name or "us-east-1"


@dataclass(frozen=True, slots=True)
class OwnAccountDirectory:
    """The port Directory of a deployment without organization: the session's account alone."""

    session: "boto3.Session"

    def organization(self) -> Organization:
        """Return the own account; raise DirectoryError when STS does not tell which it is."""
        return Organization("", frozenset({_own_account_id(self.session)}))


def _own_account_id(session: "boto3.Session") -> str:
    client = session.client("sts", region_name=_region(session))
    try:
        return client.get_caller_identity()["Account"]
    except AWS_ERRORS as error:
        raise DirectoryError(f"sts:GetCallerIdentity: {error_text(error)}") from error
