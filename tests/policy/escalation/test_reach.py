import pytest

from rolecall.policy import Policy, PolicySet
from rolecall.policy.escalation.reach import (
    Asker,
    Domain,
    Reach,
    open_conditions,
    reach,
)

ACCOUNT = "111122223333"
ALICE = Asker(f"arn:aws:iam::{ACCOUNT}:user/alice", ACCOUNT)
ROLES = tuple(f"arn:aws:iam::{ACCOUNT}:role/{name}" for name in ("app", "db", "ops/admin"))
DOMAIN = Domain(ROLES, ({"aws:resourcetag/team": "a"}, {"aws:resourcetag/team": "b"}, {}))
APP, DB, ADMIN = 0b001, 0b010, 0b100
ALL = APP | DB | ADMIN


def policy(resource="*", action="iam:PassRole", effect="Allow", **more):
    element = {"Effect": effect, "Action": action, "Resource": resource, **more}
    return Policy.parse({"Version": "2012-10-17", "Statement": element})


def reached(*policies, asker=ALICE, domain=DOMAIN, action="iam:PassRole", **limits):
    return reach(asker, PolicySet(identity=policies, **limits), action, domain)


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("*", ALL),
        (ROLES[0], APP),
        ("arn:aws:iam::*:role/ops/*", ADMIN),
        ("arn:aws:iam::*:user/*", 0),
        ([ROLES[0], ROLES[1]], APP | DB),
    ],
)
def test_reaches_what_the_resources_name(resource, expected):
    assert reached(policy(resource)) == Reach(expected, expected)


def test_reaches_all_but_what_notresource_names():
    statement = {"Effect": "Allow", "Action": "iam:*", "NotResource": ROLES[2]}

    found = reached(Policy.parse({"Version": "2012-10-17", "Statement": statement}))

    assert found == Reach(APP | DB, APP | DB)


def test_joins_what_several_policies_allow():
    assert reached(policy(ROLES[0]), policy(ROLES[1])).granted == APP | DB


def test_loses_what_any_policy_denies():
    assert reached(policy(), policy(ROLES[2], effect="Deny")).possible == APP | DB


def test_keeps_within_the_boundary():
    assert reached(policy(), boundary=policy(ROLES[0])) == Reach(APP, APP)


def test_keeps_within_every_level_of_the_organization():
    levels = ((policy(),), (policy([ROLES[0], ROLES[1]]),))

    assert reached(policy(), scps=levels) == Reach(APP | DB, APP | DB)


def test_is_possible_only_where_a_condition_is_open():
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}

    assert reached(policy(Condition=mfa)) == Reach(0, ALL)


def test_is_uncertain_where_a_denial_has_an_open_condition():
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "false"}}

    assert reached(policy(), policy(effect="Deny", Condition=mfa)) == Reach(0, ALL)


@pytest.mark.parametrize(
    ("service", "expected"), [("lambda.amazonaws.com", ALL), ("ec2.amazonaws.com", 0)]
)
def test_settles_conditions_by_what_is_known_of_the_request(service, expected):
    asker = Asker(ALICE.arn, ACCOUNT, (("iam:passedtoservice", service),))
    condition = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}

    assert reached(policy(Condition=condition), asker=asker) == Reach(expected, expected)


def test_settles_conditions_by_the_tags_of_each_resource():
    condition = {"StringEquals": {"aws:ResourceTag/team": "a"}}

    found = reached(policy(Condition=condition))

    assert found == Reach(APP, APP | ADMIN)


def test_settles_conditions_by_the_tags_of_who_asks():
    condition = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    asker = Asker(ALICE.arn, ACCOUNT, own={"aws:principaltag/team": "b"})

    assert reached(policy(Condition=condition), asker=asker).granted == DB


def test_does_not_mix_up_who_asks():
    own = policy("arn:aws:iam::*:role/${aws:username}")
    app = Asker(f"arn:aws:iam::{ACCOUNT}:user/app", ACCOUNT)
    db = Asker(f"arn:aws:iam::{ACCOUNT}:user/db", ACCOUNT)

    assert reached(own, asker=app).granted == APP
    assert reached(own, asker=db).granted == DB


def test_needs_no_allow_of_its_own_where_a_trust_policy_gives_it():
    denied = PolicySet(identity=(policy(ROLES[0], "sts:*", "Deny"),))

    found = reach(ALICE, denied, "sts:AssumeRole", DOMAIN, by_trust=True)

    assert found.granted == DB | ADMIN


def test_names_the_conditions_that_are_open():
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    policies = PolicySet(identity=(policy(Condition=mfa),))

    assert open_conditions(ALICE, policies, "iam:PassRole") == [
        "Bool aws:MultiFactorAuthPresent = true"
    ]


NO_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
OUTSIDE = {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
NO_MFA_TOLD = "denied where BoolIfExists aws:MultiFactorAuthPresent = false"


@pytest.mark.parametrize(
    "policies",
    [
        PolicySet(identity=(policy(), policy(effect="Deny", Condition=NO_MFA))),
        PolicySet(identity=(policy(),), boundary=policy(effect="Deny", Condition=NO_MFA)),
        PolicySet(
            identity=(policy(),), scps=((policy(), policy(effect="Deny", Condition=NO_MFA)),)
        ),
    ],
    ids=["identity", "boundary", "service control policy"],
)
def test_tells_the_conditions_of_a_deny_as_what_stands_in_the_way(policies):
    assert open_conditions(ALICE, policies, "iam:PassRole") == [NO_MFA_TOLD]


def test_tells_that_a_deny_needs_all_its_conditions():
    policies = PolicySet(identity=(policy(), policy(effect="Deny", Condition=NO_MFA | OUTSIDE)))

    assert open_conditions(ALICE, policies, "iam:PassRole") == [
        f"{NO_MFA_TOLD} and NotIpAddress aws:SourceIp = 203.0.113.0/24"
    ]


def test_tells_that_one_of_several_allows_is_enough():
    inside = {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    policies = PolicySet(identity=(policy(Condition=inside), policy(Condition=mfa)))

    assert open_conditions(ALICE, policies, "iam:PassRole") == [
        "IpAddress aws:SourceIp = 203.0.113.0/24 or Bool aws:MultiFactorAuthPresent = true"
    ]


def test_tells_no_condition_of_a_statement_that_surely_has_no_effect():
    of_another = {"StringEquals": {"aws:PrincipalAccount": "444455556666"}}
    policies = PolicySet(identity=(policy(), policy(effect="Deny", Condition=NO_MFA | of_another)))

    assert open_conditions(ALICE, policies, "iam:PassRole") == []
