"""What AWS Organizations knows beside the list of accounts: the tree, policies, features, people.

The calls grow with units and policies, not with accounts, apart from a page for twenty of these.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from botocore.exceptions import ClientError

from rolecall.adapters.aws_errors import AWS_ERRORS, error_code, error_text
from rolecall.model.completeness import PRESENT, Completeness, Part
from rolecall.model.organization import (
    DelegatedAdministrator,
    Organization,
    OrganizationPolicy,
    People,
    Person,
    PolicyType,
)

Clients = Callable[[str], Any]
"""Makes a client of the account that may read the organization."""


@dataclass(frozen=True, slots=True)
class OrganizationsTree:
    """Reads the parts of an organization; what does not come is told in its `parts`."""

    clients: Clients

    def complete(self, organization: Organization) -> Organization:
        """Return the organization with everything else that can be read of it."""
        for part, call, read in (
            (Part.ORGANIZATION_ACCOUNTS, "organizations:ListAccountsForParent", self._places),
            (Part.ORGANIZATION_POLICIES, "organizations:ListPolicies", self._policies),
            (Part.ORGANIZATION_FEATURES, "iam:ListOrganizationsFeatures", self._features),
            (
                Part.DELEGATED_ADMINISTRATORS,
                "organizations:ListDelegatedAdministrators",
                self._administrators,
            ),
            (Part.PEOPLE, "identitystore:ListUsers", self._people),
        ):
            organization = _with_part(organization, part, call, partial(read, organization))
        return organization

    def _places(self, organization: Organization) -> Organization:
        """Find out where each account stands, walking from the root down."""
        client = self.clients("organizations")
        accounts = dict(organization.accounts)
        [root] = _listed(client, "list_roots", "Roots")
        todo: list[tuple[tuple[str, ...], str]] = [((root["Id"],), "")]
        while todo:
            parents, path = todo.pop()
            here = {"ParentId": parents[-1]}
            for account in _listed(client, "list_accounts_for_parent", "Accounts", **here):
                if known := accounts.get(account["Id"]):
                    placed = replace(known, ou_path=path or "/", parents=parents)
                    accounts[account["Id"]] = placed
            todo += [
                ((*parents, unit["Id"]), f"{path}/{unit['Name']}")
                for unit in _listed(
                    client,
                    "list_organizational_units_for_parent",
                    "OrganizationalUnits",
                    **here,
                )
            ]
        return replace(organization, accounts=accounts)

    def _policies(self, organization: Organization) -> Organization:
        client = self.clients("organizations")
        [root] = _listed(client, "list_roots", "Roots")
        enabled = {each["Type"] for each in root["PolicyTypes"] if each["Status"] == "ENABLED"}
        types = frozenset(kind for kind in PolicyType if kind.value in enabled)
        policies = tuple(
            _policy(client, each, kind)
            for kind in sorted(types)
            for each in _listed(client, "list_policies", "Policies", Filter=kind.value)
        )
        return replace(organization, policies=policies, policy_types=types)

    def _features(self, organization: Organization) -> Organization:
        try:
            answer = self.clients("iam").list_organizations_features()
        except ClientError as error:
            if not error_code(error).startswith("ServiceAccessNotEnabled"):
                raise
            answer = {}  # without trusted access for IAM no feature can be on
        return replace(organization, features=frozenset(answer.get("EnabledFeatures", ())))

    def _administrators(self, organization: Organization) -> Organization:
        client = self.clients("organizations")
        found = tuple(
            DelegatedAdministrator(each["Id"], tuple(sorted(_services(client, each["Id"]))))
            for each in _listed(client, "list_delegated_administrators", "DelegatedAdministrators")
        )
        return replace(organization, delegated_administrators=found)

    def _people(self, organization: Organization) -> Organization:
        """Read the users of Identity Center, where there is one in this region."""
        stores = [
            each["IdentityStoreId"]
            for each in _listed(self.clients("sso-admin"), "list_instances", "Instances")
        ]
        if not stores:
            return organization
        client = self.clients("identitystore")
        people = tuple(
            _person(user)
            for store in stores
            for user in _listed(client, "list_users", "Users", IdentityStoreId=store)
        )
        return replace(organization, people=People(people, "Identity Center"))


def _with_part(
    organization: Organization, part: Part, call: str, read: Callable[[], Organization]
) -> Organization:
    try:
        found, state = read(), PRESENT
    except AWS_ERRORS as error:
        operation = getattr(error, "operation_name", "")
        named = f"{call.partition(':')[0]}:{operation}" if operation else call
        found, state = organization, Completeness.failed(error_text(error), named)
    if part is Part.PEOPLE and state is PRESENT and found.people is None:
        return found  # no Identity Center here: that is not knowing who works here
    return replace(found, parts={**found.parts, part: state})


def _policy(client: Any, summary: Mapping[str, Any], kind: PolicyType) -> OrganizationPolicy:  # noqa: ANN401 - a client of any kind
    policy_id = summary["Id"]
    targets = _listed(client, "list_targets_for_policy", "Targets", PolicyId=policy_id)
    return OrganizationPolicy(
        id=policy_id,
        name=summary["Name"],
        type=kind,
        content=client.describe_policy(PolicyId=policy_id)["Policy"]["Content"],
        targets=tuple(sorted(each["TargetId"] for each in targets)),
    )


def _services(client: Any, account_id: str) -> Iterator[str]:  # noqa: ANN401 - a client of any kind
    for each in _listed(
        client, "list_delegated_services_for_account", "DelegatedServices", AccountId=account_id
    ):
        yield each["ServicePrincipal"]


def _person(user: Mapping[str, Any]) -> Person:
    return Person(
        user_name=user.get("UserName", ""),
        emails=tuple(each["Value"] for each in user.get("Emails", ()) if each.get("Value")),
        is_active=user.get("UserStatus", "ENABLED") == "ENABLED",
    )


def _listed(
    client: Any,  # noqa: ANN401 - a client of any kind
    operation: str,
    member: str,
    **arguments: str,
) -> Iterator[Mapping[str, Any]]:
    """Yield what all pages list; pages may be empty and still not be the last."""
    for page in client.get_paginator(operation).paginate(**arguments):
        yield from page.get(member, ())
