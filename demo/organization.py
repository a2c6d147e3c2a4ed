"""The organization of the demo: a management account, the hub and three members in two units."""

import json
from dataclasses import dataclass
from typing import Any

from demo.embedded_aws import Credentials, EmbeddedAWS

MANAGEMENT = "111122223333"
HUB = "444455556666"
PRODUCTION = "777788889999"
DEVELOPMENT = "123456789012"
SANDBOX = "210987654321"
ACCOUNT_IDS = (HUB, PRODUCTION, DEVELOPMENT, SANDBOX)
"""In the order in which the accounts are created."""
_MEMBERS = {"hub": "", "production": "workloads", "development": "trials", "sandbox": "trials"}
_STACK_SETS = "member.org.stacksets.cloudformation.amazonaws.com"
_ADMINISTRATOR_ROLE = "Administrator"
_ACCESS_ROLE = "OrganizationAccountAccessRole"
_ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"


@dataclass(frozen=True, slots=True)
class Account:
    """An account, and the session of an administrator in it."""

    id: str
    name: str
    administrator: Credentials
    administrator_role: str
    """The ARN of the role behind the session."""


@dataclass(frozen=True, slots=True)
class Organization:
    """What the deployment has to know of the organization."""

    id: str
    root_id: str
    management: Account
    hub: Account
    members: tuple[Account, ...]

    @property
    def accounts(self) -> tuple[Account, ...]:
        """All accounts, the management account first."""
        return (self.management, self.hub, *self.members)


def create(aws: EmbeddedAWS) -> Organization:
    """Create it by the calls that AWS wants; the hub becomes delegated administrator of StackSets.

    Nobody works as root from here on: every account is administered through a role.
    """
    management = _administer_management(aws)
    organizations = aws.client("organizations", credentials=management.administrator)
    created = organizations.create_organization(FeatureSet="ALL")["Organization"]
    [root] = organizations.list_roots()["Roots"]
    ids = _create_accounts(organizations, root["Id"])
    hub, *members = [_administer(aws, management, ids[name], name) for name in _MEMBERS]
    organizations.enable_aws_service_access(ServicePrincipal=_STACK_SETS)
    organizations.register_delegated_administrator(AccountId=hub.id, ServicePrincipal=_STACK_SETS)
    return Organization(created["Id"], root["Id"], management, hub, tuple(members))


def _create_accounts(organizations: Any, root_id: str) -> dict[str, str]:  # noqa: ANN401 - a boto3 client
    """Create the accounts, each in its unit; return their ids by name."""
    units = {
        name: organizations.create_organizational_unit(ParentId=root_id, Name=name)
        for name in sorted(set(_MEMBERS.values()) - {""})
    }
    ids = {name: _create_account(organizations, name) for name in _MEMBERS}
    for name, unit in _MEMBERS.items():
        if unit:
            organizations.move_account(
                AccountId=ids[name],
                SourceParentId=root_id,
                DestinationParentId=units[unit]["OrganizationalUnit"]["Id"],
            )
    return ids


def _create_account(organizations: Any, name: str) -> str:  # noqa: ANN401 - a boto3 client
    created = organizations.create_account(Email=f"{name}@example.com", AccountName=name)
    return str(created["CreateAccountStatus"]["AccountId"])


def _administer_management(aws: EmbeddedAWS) -> Account:
    iam = aws.client("iam")
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{MANAGEMENT}:root"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    role = iam.create_role(
        RoleName=_ADMINISTRATOR_ROLE, AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]
    iam.attach_role_policy(RoleName=_ADMINISTRATOR_ROLE, PolicyArn=_ADMINISTRATOR_ACCESS)
    # On AWS root cannot assume a role; a person would come from Identity Center.
    session = _assume(aws.client("sts"), role["Arn"])
    return Account(MANAGEMENT, "management", session, role["Arn"])


def _administer(aws: EmbeddedAWS, management: Account, account_id: str, name: str) -> Account:
    role = f"arn:aws:iam::{account_id}:role/{_ACCESS_ROLE}"
    session = _assume(aws.client("sts", credentials=management.administrator), role)
    return Account(account_id, name, session, role)


def _assume(sts: Any, role: str) -> Credentials:  # noqa: ANN401 - a boto3 client
    given = sts.assume_role(RoleArn=role, RoleSessionName="platform-team")["Credentials"]
    return Credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
