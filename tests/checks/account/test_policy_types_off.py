from dataclasses import replace

from rolecall.checks.account.policy_types_off import policy_types_off
from rolecall.model.organization import PolicyType
from tests.builders import ACCOUNT, HUB, ORGANIZATION, account


def evidence_for(*types, management=ACCOUNT):
    organization = replace(
        ORGANIZATION, management_account_id=management, policy_types=frozenset(types)
    )
    return policy_types_off.judge(account(organization=organization), {})


def test_flags_what_is_off_in_one_finding():
    [evidence] = evidence_for()

    assert evidence.data["off"] == ["RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY"]


def test_names_the_one_that_is_off():
    [evidence] = evidence_for(PolicyType.SCP)

    assert evidence.summary == (
        "organization o-exampleorgid has not switched on RESOURCE_CONTROL_POLICY"
    )


def test_accepts_both():
    assert not evidence_for(*PolicyType)


def test_judges_in_the_management_account_alone():
    assert not evidence_for(management=HUB)
