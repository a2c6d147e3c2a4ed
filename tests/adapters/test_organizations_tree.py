import json
from types import SimpleNamespace

import pytest

from rolecall.adapters.organizations_directory import OrganizationsDirectory
from rolecall.model.completeness import Part, State
from rolecall.services.guardrails import guardrails_of
from tests.adapters.moto_truth import answer_what_moto_lacks
from tests.builders import document


@pytest.fixture
def organization(aws):
    """Return the organization of moto, with an account in a unit of a unit and an SCP on it."""
    answer_what_moto_lacks(aws)
    client = aws.client("organizations")
    client.create_organization(FeatureSet="ALL")
    [root] = client.list_roots()["Roots"]
    unit = unit_of(client, root["Id"], "Workloads")
    inner = unit_of(client, unit, "Production")
    created = client.create_account(AccountName="shop", Email="shop@example.com")
    account_id = created["CreateAccountStatus"]["AccountId"]
    client.move_account(AccountId=account_id, SourceParentId=root["Id"], DestinationParentId=inner)
    client.enable_policy_type(RootId=root["Id"], PolicyType="SERVICE_CONTROL_POLICY")
    policy = client.create_policy(
        Content=json.dumps(document("s3:*", effect="Deny")),
        Description="",
        Name="no-s3",
        Type="SERVICE_CONTROL_POLICY",
    )
    policy_id = policy["Policy"]["PolicySummary"]["Id"]
    client.attach_policy(PolicyId=policy_id, TargetId=inner)
    client.register_delegated_administrator(
        AccountId=account_id, ServicePrincipal="guardduty.amazonaws.com"
    )
    return OrganizationsDirectory(aws).organization(), account_id


def unit_of(client, parent, name):
    created = client.create_organizational_unit(ParentId=parent, Name=name)
    return created["OrganizationalUnit"]["Id"]


def test_every_account_has_its_place_in_the_tree(organization):
    found, account_id = organization

    shop = found.accounts[account_id]
    assert (shop.name, shop.ou_path, len(shop.parents)) == ("shop", "/Workloads/Production", 3)
    assert found.accounts[found.management_account_id].ou_path == "/"


def test_the_policies_in_force_are_known_for_every_account(organization):
    found, account_id = organization

    levels = guardrails_of(found, account_id).scps

    assert [[policy.name for policy in level] for level in levels] == [
        ["FullAWSAccess"],
        ["FullAWSAccess"],
        ["FullAWSAccess", "no-s3"],
        ["FullAWSAccess"],
    ]


def test_features_and_delegated_administrators_are_known(organization):
    found, account_id = organization

    assert found.centralizes_root_access
    [administrator] = found.delegated_administrators
    assert (administrator.account_id, administrator.services) == (
        account_id,
        ("guardduty.amazonaws.com",),
    )


@pytest.mark.usefixtures("organization")
def test_without_trusted_access_for_iam_no_feature_is_on(aws):
    refused = {"Error": {"Code": "ServiceAccessNotEnabledException", "Message": "not enabled"}}
    aws.events.register_first(
        "before-call.iam.ListOrganizationsFeatures",
        lambda **_: (SimpleNamespace(status_code=400, headers={}), refused),
    )

    found = OrganizationsDirectory(aws).organization()

    assert not found.centralizes_root_access
    assert found.parts[Part.ORGANIZATION_FEATURES].state is State.PRESENT


def test_every_part_says_what_became_of_it(organization):
    found, _ = organization

    assert {part: each.state for part, each in found.parts.items() if part != Part.PEOPLE} == {
        Part.ORGANIZATION_ACCOUNTS: State.PRESENT,
        Part.ORGANIZATION_POLICIES: State.PRESENT,
        Part.ORGANIZATION_FEATURES: State.PRESENT,
        Part.DELEGATED_ADMINISTRATORS: State.PRESENT,
    }
