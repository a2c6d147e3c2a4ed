import json

import pytest

from rolecall.model.organization import (
    MemberAccount,
    Organization,
    OrganizationPolicy,
    PolicyType,
)
from rolecall.policy import PolicyError
from rolecall.services.guardrails import guardrails_of, read_guardrails
from tests.builders import ACCOUNT, HUB, document

FULL, NO_S3 = document(), document("s3:*", effect="Deny")


def policy(name, content, *targets, kind=PolicyType.SCP):
    text = content if isinstance(content, str) else json.dumps(content)
    return OrganizationPolicy(id=name, name=name, type=kind, content=text, targets=targets)


def organization(*policies, types=(PolicyType.SCP,), parents=("r-1", "ou-1")):
    members = [
        MemberAccount(id=ACCOUNT, parents=parents),
        MemberAccount(id=HUB, parents=("r-1",)),
    ]
    return Organization(
        "o-exampleorgid",
        frozenset({ACCOUNT, HUB}),
        management_account_id=HUB,
        accounts={member.id: member for member in members},
        policies=policies,
        policy_types=frozenset(types),
    )


def names(levels):
    return [[policy.name for policy in level] for level in levels]


def test_levels_go_from_the_root_to_the_account():
    found = guardrails_of(
        organization(
            policy("FullAWSAccess", FULL, "r-1", "ou-1", ACCOUNT),
            policy("no-s3", NO_S3, "ou-1"),
            policy("elsewhere", NO_S3, "ou-2"),
        ),
        ACCOUNT,
    )

    assert names(found.scps) == [["FullAWSAccess"], ["FullAWSAccess", "no-s3"], ["FullAWSAccess"]]
    assert found.rcps is None


def test_policies_of_a_type_that_is_switched_off_do_not_apply():
    rcp = policy("rcp", FULL, "r-1", kind=PolicyType.RCP)

    found = guardrails_of(organization(rcp, types=(PolicyType.SCP,)), ACCOUNT)

    assert found.rcps is None


def test_none_apply_in_the_management_account():
    found = guardrails_of(organization(policy("no-s3", NO_S3, "r-1")), HUB)

    assert (found.scps, found.rcps) == (None, None)


def test_an_account_whose_place_is_not_known_is_not_taken_for_less_limited():
    with pytest.raises(ValueError, match="not known where account 111122223333 stands"):
        guardrails_of(organization(policy("no-s3", NO_S3, "ou-1"), parents=()), ACCOUNT)


def test_a_policy_that_cannot_be_read_is_not_left_out():
    with pytest.raises(PolicyError):
        guardrails_of(organization(policy("broken", "{", "r-1")), ACCOUNT)


def test_levels_may_be_given_as_they_are():
    found = read_guardrails({"scp": [[FULL], [FULL, NO_S3]], "rcp": None})

    assert [len(level) for level in found.scps] == [1, 2]
    assert found.rcps is None
