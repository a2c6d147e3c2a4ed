"""The list of accounts, from AWS Organizations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.adapters.aws_errors import AWS_ERRORS, error_code, error_text
from rolecall.model.organization import Organization

if TYPE_CHECKING:
    import boto3
    from mypy_boto3_organizations import OrganizationsClient


class DirectoryError(RuntimeError):
    """The accounts of the organization could not be listed; the message names call and error."""


@dataclass(frozen=True, slots=True)
class OrganizationsDirectory:
    """The port Directory: the session's organization, or its account alone where there is none."""

    session: "boto3.Session"

    def organization(self) -> Organization:
        """Return all active accounts; raise DirectoryError when a page cannot be read."""
        client = self.session.client("organizations", region_name=_region(self.session))
        organization_id = self._organization_id(client)
        if not organization_id:
            return Organization("", frozenset({_own_account_id(self.session)}))
        return Organization(organization_id, _active_accounts(client))

    def _organization_id(self, client: "OrganizationsClient") -> str:
        """Return the organization's id; empty when the account belongs to none."""
        try:
            return client.describe_organization()["Organization"]["Id"]
        except AWS_ERRORS as error:
            if error_code(error) == "AWSOrganizationsNotInUseException":
                return ""
            raise _error("DescribeOrganization", error) from error


def _active_accounts(client: "OrganizationsClient") -> frozenset[str]:
    """Read every page; pages may be empty and still not be the last."""
    try:
        return frozenset(
            account["Id"]
            for page in client.get_paginator("list_accounts").paginate()
            for account in page["Accounts"]
            # State took over from Status, which is retired since 2026-09-09.
            if account.get("State", account.get("Status")) == "ACTIVE"
        )
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
