import pytest

from rolecall.checks.trust.foreign_account_trust import foreign_account_trust
from rolecall.model.organization import Organization
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, HUB, ORGANIZATION, account, role, trust_of


def evidence_for(principal, condition=None, *, organization=ORGANIZATION, **parameters):
    trusting = role("partner", trust=trust_of(principal, condition))
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
def test_finds_a_role_open_to_everybody_critical(principal):
    [evidence] = evidence_for(principal)

    assert evidence.severity is Severity.CRITICAL
    assert "anyone in any AWS account" in evidence.summary


def test_accepts_anyone_of_the_own_organization():
    own = {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION.id}}

    assert not evidence_for("*", own)


def test_flags_anyone_of_another_organization():
    other = {"StringEquals": {"aws:PrincipalOrgID": "o-otherorgid12"}}

    [evidence] = evidence_for("*", other)

    assert evidence.severity is Severity.HIGH


def test_does_not_mistake_an_optional_condition_for_a_limit():
    optional = {"StringEqualsIfExists": {"aws:PrincipalOrgID": ORGANIZATION.id}}

    assert evidence_for("*", optional)


def test_reads_accounts_named_by_a_condition():
    limited = {"StringEquals": {"aws:PrincipalAccount": [ACCOUNT, FOREIGN]}}

    [evidence] = evidence_for("*", limited)

    assert evidence.data["account"] == FOREIGN


def test_flags_everybody_but_the_named():
    everybody_else = trust_of({"AWS": ACCOUNT})
    everybody_else["Statement"][0]["NotPrincipal"] = everybody_else["Statement"][0].pop("Principal")

    assert foreign_account_trust.judge(account(roles=[role(trust=everybody_else)]), {})


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
