from dataclasses import replace

from rolecall.checks.account.delegated_administrator_missing import delegated_administrator_missing
from rolecall.model.organization import DelegatedAdministrator
from tests.builders import ACCOUNT, HUB, ORGANIZATION, account

ALL = ("access-analyzer", "config", "guardduty", "securityhub")


def evidence_for(*services, management=ACCOUNT, parameters=None):
    principals = tuple(f"{service}.amazonaws.com" for service in services)
    organization = replace(
        ORGANIZATION,
        management_account_id=management,
        delegated_administrators=(DelegatedAdministrator(HUB, principals),),
    )
    snapshot = account(organization=organization)
    return delegated_administrator_missing.judge(snapshot, parameters or {})


def test_flags_the_services_that_nobody_administers_in_one_finding():
    [evidence] = evidence_for(*ALL[:2])

    assert evidence.summary == (
        "organization o-exampleorgid has no delegated administrator for"
        " guardduty.amazonaws.com, securityhub.amazonaws.com"
    )
    assert len(evidence.commands) == 2


def test_accepts_an_administrator_for_each():
    assert not evidence_for(*ALL)


def test_judges_in_the_management_account_alone():
    assert not evidence_for(management=HUB)


def test_follows_the_configured_services():
    assert not evidence_for(parameters={"wanted_services": ()})
