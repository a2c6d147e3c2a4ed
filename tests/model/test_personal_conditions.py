"""What a guardrail says about who somebody is, is certain of everybody."""

import pytest

from rolecall.checks.privilege.sensitive_rights import sensitive_rights
from rolecall.model.holdings.administration import administration
from rolecall.model.organization import Guardrails, Organization
from rolecall.policy import Policy
from tests.builders import account, document, held, role, root, user

EVERYTHING = Policy.parse(document())
ROOT = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}
ALL_BUT_SECURITY = {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/security"}}


def denying(condition, **statement):
    statement = document(effect="Deny", Condition=condition, **statement)
    return Policy.parse(statement, name="guard")


def guarded(*users, condition, **fields):
    levels = ((EVERYTHING,), (EVERYTHING, denying(condition)))
    return account(*users, guardrails=Guardrails(scps=levels), **fields)


def verdict(principal, condition, **fields):
    return administration(guarded(condition=condition, **fields), principal).value


ALICE = user("alice", policies=(held("*"),), tags={"team": "red"})
SECURITY = role("security", policies=(held("*"),))


@pytest.mark.parametrize("principal", [ALICE, SECURITY])
def test_a_deny_for_the_root_user_says_nothing_to_others(principal):
    assert verdict(principal, ROOT) == "granted"


def test_a_deny_for_the_root_user_blocks_the_root_user():
    snapshot = guarded(condition=ROOT)

    assert administration(snapshot, root()).value == "blocked"


def test_a_deny_for_all_but_one_role_is_certain_of_both():
    assert verdict(ALICE, ALL_BUT_SECURITY) == "blocked"
    assert verdict(SECURITY, ALL_BUT_SECURITY) == "granted"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"aws:PrincipalAccount": "999988887777"}}, "granted"),
        ({"StringNotEquals": {"aws:PrincipalOrgID": "o-ours"}}, "granted"),
        ({"StringNotEquals": {"aws:PrincipalOrgID": "o-theirs"}}, "blocked"),
        ({"StringEquals": {"aws:PrincipalType": "User"}}, "blocked"),
        ({"StringEquals": {"aws:PrincipalType": "AssumedRole"}}, "granted"),
        ({"StringLike": {"aws:username": "al*"}}, "blocked"),
        ({"Bool": {"aws:PrincipalIsAWSService": "true"}}, "granted"),
    ],
)
def test_settles_whatever_is_known_of_a_principal(condition, expected):
    ours = Organization(id="o-ours", account_ids=frozenset())

    assert verdict(ALICE, condition, organization=ours) == expected


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": "o-ours"}},
        {"StringEquals": {"aws:PrincipalTag/team": "red"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
    ],
)
def test_leaves_open_what_is_not_known_or_can_change(condition):
    assert verdict(ALICE, condition, organization=None) == "conditional"


def test_keeps_the_other_conditions_of_a_statement():
    without_mfa = {"Bool": {"aws:MultiFactorAuthPresent": "false"}}

    assert verdict(ALICE, {**ALL_BUT_SECURITY, **without_mfa}) == "conditional"
    assert verdict(SECURITY, {**ALL_BUT_SECURITY, **without_mfa}) == "granted"


def test_everybody_of_the_same_answers_shares_one_object():
    bob = user("bob", policies=ALICE.policies)
    snapshot = guarded(condition=ROOT)

    assert snapshot.policy_set(bob).scps is snapshot.policy_set(ALICE).scps
    assert snapshot.policy_set(bob).scps[0][0] is EVERYTHING
    assert snapshot.policy_set(bob) == snapshot.policy_set(ALICE)


def test_a_right_for_somebody_else_is_no_right_of_the_holder():
    for_web = {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/web-*"}}
    bob = user("bob", policies=(held("s3:GetObject", Condition=for_web),))

    assert list(sensitive_rights.judge(account(bob), {})) == []
