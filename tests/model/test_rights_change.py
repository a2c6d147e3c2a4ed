from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.model.kept_rights import KeptRights
from rolecall.model.rights_change import compare_records
from rolecall.policy import action_index
from tests.builders import ACCOUNT, days_ago, group, held, role, trust_of, user
from tests.rights import DEPLOY, recorded, rights_change

READ_ONE = held("s3:GetObject", "arn:aws:s3:::one/*")
READ_TWO = held("s3:GetObject", "arn:aws:s3:::two/*")
READ_ALL = held("s3:GetObject")
READ_WITH_MFA = held("s3:GetObject", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})
PASS = held("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/admin")


def a_role(*policies, **fields):
    return role("ci-deploy", policies=policies, **fields)


def trusting(*principals, **fields):
    statements = [trust_of(each)["Statement"][0] for each in principals]
    document = {"Version": "2012-10-17", "Statement": statements}
    return role("ci-deploy", trust=document, **fields)


def names(rights):
    return [*action_index().names_of(rights.all_bits), *sorted(frozenset().union(*rights.names))]


def test_an_unchanged_principal_gained_and_lost_nothing():
    change = rights_change(DEPLOY, DEPLOY)

    assert not change.is_gain
    assert not change.is_loss


def test_tells_what_was_gained_and_what_was_lost():
    change = rights_change(
        a_role(held(["sqs:SendMessage", "s3:GetObject"])), a_role(READ_ALL, PASS)
    )

    assert names(change.gained) == ["iam:PassRole"]
    assert names(change.lost) == ["sqs:SendMessage"]
    assert (change.is_gain, change.is_loss) == (True, True)


def test_a_policy_that_another_takes_back_gives_nothing():
    denied = held("iam:PassRole", effect="Deny")

    change = rights_change(DEPLOY, replace(DEPLOY, policies=(*DEPLOY.policies, PASS, denied)))

    assert not change.is_gain


def test_a_boundary_that_is_lifted_gives_what_it_stopped():
    boundary = held("s3:*").policy
    bounded = a_role(held(["s3:GetObject", "sqs:SendMessage"]), boundary=boundary)

    change = rights_change(bounded, replace(bounded, boundary=None))

    assert names(change.gained) == ["sqs:SendMessage"]


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [(READ_ONE, READ_ALL), (READ_WITH_MFA, READ_ONE), (READ_WITH_MFA, READ_ALL)],
    ids=["resources", "conditions", "both"],
)
def test_the_same_action_more_broadly_is_a_gain_and_the_way_back_a_loss(narrow, wide):
    wider = rights_change(a_role(narrow), a_role(wide))
    back = rights_change(a_role(wide), a_role(narrow))

    assert (names(wider.widened), wider.is_loss, wider.gained) == (
        ["s3:GetObject"],
        False,
        KeptRights(),
    )
    assert (names(back.narrowed), back.is_gain, back.lost) == (
        ["s3:GetObject"],
        False,
        KeptRights(),
    )


def test_the_same_action_on_another_resource_is_a_gain_that_cannot_be_named():
    change = rights_change(a_role(READ_ONE), a_role(READ_TWO))

    assert change.is_respelled
    assert change.is_gain
    assert not change.is_loss


def test_the_same_rights_spelled_otherwise_are_no_change():
    change = rights_change(
        a_role(held(["sqs:SendMessage", "S3:getobject"])),
        a_role(READ_ALL, held("sqs:SendMessage", name="other")),
    )

    assert not change.is_gain
    assert not change.is_loss


def test_an_action_that_aws_never_had_counts_by_its_name():
    change = rights_change(a_role(READ_ALL), a_role(READ_ALL, held("nosuch:Thing")))

    assert names(change.gained) == ["nosuch:thing"]


def test_all_that_a_new_principal_has_is_gained():
    change = rights_change(None, DEPLOY)

    assert change.is_new
    assert names(change.gained) == ["lambda:CreateFunction", "lambda:InvokeFunction"]
    assert [term.who for term in change.let_in] == ["Service:lambda.amazonaws.com"]


def test_one_of_the_same_name_made_later_is_new():
    assert rights_change(DEPLOY, replace(DEPLOY, created_at=days_ago(0))).is_new


@pytest.mark.parametrize(
    "other",
    [{"actions": ""}, {"action_table": "0.0.1"}, {"guardrails_known": False}],
    ids=lambda each: next(iter(each)),
)
def test_what_cannot_be_compared_is_not(other):
    known = recorded(DEPLOY)

    assert compare_records(replace(known, **other), known) is None


def test_tells_when_a_principal_became_an_administrator_and_when_it_stopped():
    admin = replace(DEPLOY, policies=(held("*"),))

    assert rights_change(DEPLOY, admin).is_administrator_now
    assert not rights_change(admin, admin).is_administrator_now
    assert rights_change(admin, DEPLOY).is_ranked_lower


def test_tells_when_a_way_to_an_administrator_opened_and_when_it_closed():
    escalating = replace(DEPLOY, policies=(*DEPLOY.policies, PASS))

    opened = rights_change(DEPLOY, escalating).opened

    assert "iam:PassRole" in opened.steps[0]
    assert rights_change(escalating, escalating).opened is None
    assert rights_change(escalating, DEPLOY).is_ranked_lower
    assert rights_change(escalating, DEPLOY).opened is None


def test_tells_a_way_that_became_sure():
    when = {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}
    unsure = replace(DEPLOY, policies=(*DEPLOY.policies, held("iam:PassRole", **when)))
    sure = replace(DEPLOY, policies=(*DEPLOY.policies, held("iam:PassRole")))

    assert rights_change(unsure, sure).opened.verdict == "granted"
    assert rights_change(sure, unsure).opened is None


def test_tells_who_is_let_in_and_who_is_kept_out():
    change = rights_change(
        trusting({"AWS": "444455556666"}),
        trusting({"AWS": "777788889999"}, {"AWS": "444455556666"}),
    )

    assert [term.who for term in change.let_in] == ["AWS:777788889999"]
    assert change.kept_out == ()


def test_fewer_conditions_let_in_and_more_keep_out():
    strict = role("ci-deploy", trust=trust_of({"AWS": "444455556666"}, {"Bool": {"a:b": "true"}}))
    free = role("ci-deploy", trust=trust_of({"AWS": "444455556666"}))

    assert [str(term) for term in rights_change(strict, free).let_in] == ["AWS:444455556666"]
    assert rights_change(strict, free).kept_out == ()
    assert rights_change(free, strict).let_in == ()
    assert len(rights_change(free, strict).kept_out) == 1


def test_a_denial_of_trust_that_goes_lets_in():
    statements = [
        *trust_of("*")["Statement"],
        *trust_of({"AWS": "444455556666"}, effect="Deny")["Statement"],
    ]
    denying = role("ci-deploy", trust={"Version": "2012-10-17", "Statement": statements})
    open_ = role("ci-deploy", trust=trust_of("*"))

    assert [term.who for term in rights_change(denying, open_).let_in] == ["AWS:444455556666"]
    assert [term.who for term in rights_change(open_, denying).kept_out] == ["AWS:444455556666"]


def test_membership_alone_that_gives_nothing_is_no_change():
    alice = user()

    change = rights_change(alice, replace(alice, groups=(group("empty").name,)))

    assert not change.is_gain
    assert not change.is_loss


BITS = st.integers(min_value=0, max_value=action_index().everything)
NAMES = st.frozensets(st.sampled_from(["new:a", "new:b"]))


@given(st.tuples(BITS, BITS, BITS), st.tuples(NAMES, NAMES, NAMES))
def test_packed_rights_come_back_as_they_were(bits, unknown):
    rights = KeptRights(bits, unknown)

    assert KeptRights.unpacked(rights.packed()) == rights
