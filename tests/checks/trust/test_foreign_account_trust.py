import pytest

from rolecall.checks.trust.foreign_account_trust import foreign_account_trust
from rolecall.model.organization import Guardrails, Organization
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import ACCOUNT, FOREIGN, HUB, ORGANIZATION, account, held, role, trust_of


def evidence_for(principal, condition=None, *, organization=ORGANIZATION, **parameters):
    trusting = role(
        "partner", trust=trust_of(principal, condition), policies=(held("s3:GetObject"),)
    )
    return foreign_account_trust.judge(
        account(roles=[trusting], organization=organization), parameters
    )


def test_flags_a_role_that_trusts_a_foreign_account():
    [evidence] = evidence_for({"AWS": f"arn:aws:iam::{FOREIGN}:root"})

    assert evidence.summary == (
        f"role partner can be assumed by account {FOREIGN} without any condition"
    )
    assert evidence.severity is Severity.HIGH


@pytest.mark.parametrize(
    "principal",
    [FOREIGN, f"arn:aws:iam::{FOREIGN}:user/eve", f"arn:aws:iam::{FOREIGN}:role/vendor"],
)
def test_knows_every_spelling_of_a_foreign_principal(principal):
    assert evidence_for({"AWS": principal})


def test_accepts_accounts_of_the_organization():
    assert not evidence_for({"AWS": [ACCOUNT, HUB]})


def test_accepts_listed_accounts():
    assert not evidence_for({"AWS": FOREIGN}, trusted_accounts=(FOREIGN,))


def test_treats_every_other_account_as_foreign_where_there_is_no_organization():
    alone = Organization("", frozenset({ACCOUNT}))

    assert evidence_for({"AWS": HUB}, organization=alone)


def test_grades_an_external_id_lower():
    [evidence] = evidence_for({"AWS": FOREIGN}, {"StringEquals": {"sts:ExternalId": "x7Kp"}})

    assert evidence.severity is Severity.MEDIUM


def test_does_not_count_an_external_id_that_any_value_matches():
    [evidence] = evidence_for({"AWS": FOREIGN}, {"StringLike": {"sts:ExternalId": "*"}})

    assert evidence.severity is Severity.HIGH


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}])
def test_leaves_roles_open_to_everybody_to_the_rule_about_the_public(principal):
    assert not evidence_for(principal)


def test_accepts_anyone_of_the_own_organization():
    own = {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION.id}}

    assert not evidence_for("*", own)


def test_flags_anyone_of_another_organization():
    other = {"StringEquals": {"aws:PrincipalOrgID": "o-otherorgid12"}}

    [evidence] = evidence_for("*", other)

    assert "any account of organization o-otherorgid12" in evidence.summary
    assert evidence.severity is Severity.HIGH


def test_accepts_another_organization_that_is_trusted():
    other = {"StringEquals": {"aws:PrincipalOrgID": "o-otherorgid12"}}

    assert not evidence_for("*", other, trusted_organizations=("o-otherorgid12",))


def test_reads_accounts_named_by_a_condition():
    limited = {"StringEquals": {"aws:PrincipalAccount": [ACCOUNT, FOREIGN]}}

    [evidence] = evidence_for("*", limited)

    assert evidence.data["account"] == FOREIGN


@pytest.mark.parametrize(
    "principal",
    [
        {"Service": "ec2.amazonaws.com"},
        {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/corp"},
        {"AWS": "AIDACKCEVSQ6C2EXAMPLE"},
    ],
)
def test_leaves_services_providers_and_deleted_principals_to_other_rules(principal):
    assert not evidence_for(principal)


def test_ignores_a_deny():
    denied = role(trust=trust_of({"AWS": FOREIGN}, effect="Deny"))

    assert not foreign_account_trust.judge(account(roles=[denied]), {})


def test_ignores_a_statement_that_only_tags_sessions():
    tagging = trust_of({"AWS": FOREIGN})
    tagging["Statement"][0]["Action"] = "sts:TagSession"

    assert not foreign_account_trust.judge(account(roles=[role(trust=tagging)]), {})


def test_reports_each_foreign_account_once():
    assert len(evidence_for({"AWS": [FOREIGN, f"arn:aws:iam::{FOREIGN}:role/a"]})) == 1


def test_names_the_owner_of_a_number_that_is_public():
    [evidence] = evidence_for({"AWS": "464622532012"})

    assert evidence.data["vendor"] == "Datadog"
    assert evidence.data["vendor_source"].startswith("https://docs.datadoghq.com/")


def test_is_conditional_where_a_condition_decides():
    [evidence] = evidence_for({"AWS": FOREIGN}, {"StringEquals": {"sts:ExternalId": "x7Kp"}})

    assert evidence.verdict == "conditional"


def test_grades_what_a_resource_control_policy_takes_away_as_information():
    perimeter = Policy.parse(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Deny",
                "Principal": "*",
                "Action": "sts:AssumeRole",
                "Resource": "*",
                "Condition": {
                    "StringNotEqualsIfExists": {"aws:PrincipalOrgID": ORGANIZATION.id},
                    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                },
            },
        },
        name="perimeter",
    )
    trusting = role("partner", trust=trust_of({"AWS": FOREIGN}))
    within = account(roles=[trusting], guardrails=Guardrails(rcps=((perimeter,),)))

    [evidence] = foreign_account_trust.judge(within, {})

    assert evidence.verdict == "blocked"
    assert evidence.severity is Severity.INFORMATIONAL
    assert "resource control policy perimeter" in evidence.summary


def test_weighs_what_the_role_may_do():
    powerful = role("partner", trust=trust_of({"AWS": FOREIGN}), policies=(held("*"),))

    [evidence] = foreign_account_trust.judge(account(roles=[powerful]), {})

    assert evidence.severity is Severity.CRITICAL


def test_tells_of_each_of_many_accounts_with_its_own_statement():
    accounts = [f"{number:012}" for number in range(200, 230)]
    statements = [
        {
            "Sid": f"For{number}",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{number}:root"},
            "Action": "sts:AssumeRole",
        }
        for number in accounts
    ]
    trust = {"Version": "2012-10-17", "Statement": statements}

    found = foreign_account_trust.judge(account(roles=[role("partner", trust=trust)]), {})

    assert [(e.data["account"], e.data["statement"]) for e in found] == [
        (number, f"For{number}") for number in accounts
    ]


def test_a_condition_with_hundreds_of_values_is_cut_short():
    organizations = [f"o-example{number:04}" for number in range(500)]
    condition = {"StringEquals": {"aws:PrincipalOrgID": organizations}}

    found = evidence_for("*", condition)

    assert len(found) == len(organizations)
    assert max(len(evidence.summary) for evidence in found) < 600
    assert all(len(text) < 500 for text in found[0].data["conditions"])
