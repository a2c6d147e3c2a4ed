import json

import pytest
from moto.iam.aws_managed_policies import aws_managed_policies_data

from rolecall.detections.permissions.managed_policy_attached import (
    ESCALATING,
    STRONG,
    managed_policy_attached,
)
from rolecall.model.granted_rights import weigh
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import ACCOUNT, event, role_identity

OF_AWS = "arn:aws:iam::aws:policy"
DOCUMENTS = {name: each["Document"] for name, each in json.loads(aws_managed_policies_data).items()}


def attached(arn, **fields):
    request = {"roleName": "deploy", "policyArn": arn}
    given = event("AttachRolePolicy", **{"request": request, **fields})
    return managed_policy_attached.judge(given, {})


def test_tells_a_harmless_policy_for_the_record():
    [evidence] = attached(f"{OF_AWS}/ReadOnlyAccess")

    assert evidence.severity is Severity.INFORMATIONAL
    assert evidence.summary == "user mallory attached policy ReadOnlyAccess to role deploy"
    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:role/deploy"
    assert evidence.commands == (
        f"aws iam detach-role-policy --role-name deploy --policy-arn {OF_AWS}/ReadOnlyAccess",
    )


@pytest.mark.parametrize("name", sorted(ESCALATING))
def test_finds_policies_of_aws_that_lead_to_administrators_high(name):
    [evidence] = attached(f"{OF_AWS}/{name}")

    assert evidence.severity is Severity.HIGH
    assert evidence.summary.endswith("lets its holder become an administrator")


@pytest.mark.parametrize("name", sorted(STRONG))
def test_finds_policies_that_intruders_like_medium(name):
    [evidence] = attached(f"{OF_AWS}/{name}")

    assert evidence.severity is Severity.MEDIUM


def test_knows_every_policy_of_aws_that_leads_to_administrators():
    grants = {name: weigh(Policy.parse(each), ACCOUNT) for name, each in DOCUMENTS.items()}
    leading = {
        name
        for name, grant in grants.items()
        if grant.data.get("gives") == "escalation" and grant.severity is Severity.HIGH
    }

    assert leading == ESCALATING
    assert DOCUMENTS.keys() >= STRONG


def test_is_not_fooled_by_a_customer_policy_of_the_same_name():
    [evidence] = attached(f"arn:aws:iam::{ACCOUNT}:policy/PowerUserAccess")

    assert evidence.severity is Severity.INFORMATIONAL


@pytest.mark.parametrize("name", ["AdministratorAccess", "AWSCompromisedKeyQuarantineV3"])
def test_leaves_administrators_and_the_quarantine_to_their_rules(name):
    assert not attached(f"{OF_AWS}/{name}")


def test_ignores_what_failed_what_aws_does_and_what_names_nobody():
    by_sso = role_identity("AWSServiceRoleForSSO", path="/aws-service-role/sso.amazonaws.com/")

    assert not attached(f"{OF_AWS}/PowerUserAccess", error="AccessDenied")
    assert not attached(f"{OF_AWS}/PowerUserAccess", actor=by_sso)
    assert not attached(f"{OF_AWS}/PowerUserAccess", request={"roleName": "deploy"})
