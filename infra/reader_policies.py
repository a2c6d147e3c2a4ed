"""What the reading role may do in an account, each action on as little as AWS lets us name."""

from collections.abc import Iterable, Iterator, Mapping

import aws_cdk as cdk
from aws_cdk import aws_iam as iam

from infra.names import arn
from rolecall.model.reader_actions import ORGANIZATION_READER_ACTIONS, READER_ACTIONS

_HERE = cdk.Aws.ACCOUNT_ID
_UNITS = (
    arn("organizations", "root/*", account=_HERE),
    arn("organizations", "ou/*", account=_HERE),
)
_POLICIES = (
    arn("organizations", "policy/*", account=_HERE),
    # Those that AWS makes, such as FullAWSAccess.
    arn("organizations", "policy/*", account="aws"),
)
_USERS = (arn("iam", "user/*", account=_HERE),)
_PEOPLE = (
    arn("identitystore", "identitystore/*", account=_HERE),
    arn("identitystore", "user/*", account=""),
)

# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
_RESOURCES: Mapping[str, tuple[str, ...]] = {
    "iam:GetLoginProfile": _USERS,
    "iam:ListAccessKeys": _USERS,
    "iam:ListMFADevices": _USERS,
    "iam:ListSSHPublicKeys": _USERS,
    "account:GetAlternateContact": (arn("account", "account", account=_HERE),),
    "organizations:ListOrganizationalUnitsForParent": _UNITS,
    "organizations:ListAccountsForParent": _UNITS,
    "organizations:DescribePolicy": _POLICIES,
    "organizations:ListTargetsForPolicy": _POLICIES,
    "organizations:ListDelegatedServicesForAccount": (
        arn("organizations", "account/*", account=_HERE),
    ),
    "identitystore:ListUsers": _PEOPLE,
}
"""The actions that know resources; all others read the account, or the organization, as a whole.

So does ListServiceSpecificCredentials, which knows users, but is asked of all at once and of none.
"""


def reader_policies(*, is_management: bool) -> dict[str, iam.PolicyDocument]:
    """Return the inline policies of the reader by name."""
    actions: dict[str, tuple[str, ...]] = {"read-iam": READER_ACTIONS}
    if is_management:
        actions["read-organization"] = ORGANIZATION_READER_ACTIONS
    return {
        name: iam.PolicyDocument(statements=[*_statements(each)]) for name, each in actions.items()
    }


def _statements(actions: Iterable[str]) -> Iterator[iam.PolicyStatement]:
    by_resources: dict[tuple[str, ...], list[str]] = {}
    for action in sorted(actions):
        by_resources.setdefault(_RESOURCES.get(action, ("*",)), []).append(action)
    for resources, each in by_resources.items():
        yield iam.PolicyStatement(actions=each, resources=[*resources])
