"""Which roles a principal can assume, under which conditions, and by what it is told."""

import pytest

from rolecall.model.access_graph import Certainty, graph_of, told
from rolecall.model.organization import Guardrails
from rolecall.policy import Policy
from tests.builders import (
    ACCOUNT,
    HUB,
    ORGANIZATION,
    account,
    document,
    group,
    held,
    role,
    trust_of,
    user,
)

ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
BY_NAME = {"AWS": ALICE}
ANYONE = {"AWS": "*"}
EVERYTHING = held("*")
ASSUMES = held("sts:AssumeRole")
NO_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
PASSES = held(["iam:PassRole", "lambda:*", "states:*", "ec2:*"])


def admin(trust):
    return role("admin", trust=trust, policies=(EVERYTHING,))


def chain_of(*policies, trust, guardrails=None, **fields):
    """Return how alice becomes the administrator whose trust policy is given."""
    alice = user("alice", policies=policies, **fields)
    more = {"guardrails": guardrails} if guardrails else {}
    return graph_of(account(alice, roles=[admin(trust)], **more)).to_administrator(alice.arn)


def both(*documents):
    """Join the statements of documents."""
    return {
        "Version": "2012-10-17",
        "Statement": [statement for each in documents for statement in each["Statement"]],
    }


def certainty(chain):
    return chain.certainty if chain else None


def session(**condition):
    return {operator: {"sts:RoleSessionName": value} for operator, value in condition.items()}


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        (session(StringEquals="ops"), "ops"),
        (session(StringLike="ops-*"), "ops-"),
        (session(StringLike="${aws:username}"), "alice"),
        (session(StringEquals=["a b", "ops"]), "ops"),
        (session(StringLike="ops-*", StringNotEquals="ops-"), "ops-x"),
    ],
)
def test_gives_the_session_the_name_that_the_trust_asks_for(condition, name):
    chain = chain_of(trust=trust_of(BY_NAME, condition))

    assert certainty(chain) is Certainty.GRANTED
    [step] = told(chain)
    assert step.startswith(f"1. user alice assumes the role with the session name {name} (sts:")


@pytest.mark.parametrize("condition", [session(StringNotEquals="root"), session(StringLike="*")])
def test_says_no_name_where_almost_any_will_do(condition):
    chain = chain_of(trust=trust_of(BY_NAME, condition))

    assert told(chain) == ["1. user alice assumes the role (sts:AssumeRole) and is role admin"]


@pytest.mark.parametrize(
    "condition",
    [session(StringEquals="has a space"), session(StringEquals="x"), session(StringLike="*/*")],
)
def test_gives_no_session_a_name_that_none_can_have(condition):
    assert chain_of(ASSUMES, trust=trust_of(ROOT, condition)) is None


def test_gives_the_session_the_name_that_its_own_policies_ask_for():
    own = held("sts:AssumeRole", Condition=session(StringEquals="ops"))

    chain = chain_of(own, trust=trust_of(ROOT))

    assert certainty(chain) is Certainty.GRANTED
    assert "with the session name ops" in told(chain)[0]


def test_other_conditions_stay_open_beside_the_name():
    condition = session(StringEquals="ops") | {"Bool": {"aws:MultiFactorAuthPresent": "true"}}

    chain = chain_of(ASSUMES, trust=trust_of(ROOT, condition))

    assert certainty(chain) is Certainty.CONDITIONAL
    assert chain.conditions == ("Bool aws:MultiFactorAuthPresent = true",)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"ArnEquals": {"aws:PrincipalArn": ALICE}}, Certainty.GRANTED),
        ({"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:*"}}, Certainty.GRANTED),
        ({"ArnEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:user/bob"}}, None),
        ({"StringEquals": {"aws:PrincipalAccount": HUB}}, None),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-another"}}, None),
    ],
)
def test_needs_no_policy_where_a_condition_names_it(condition, expected):
    assert certainty(chain_of(trust=trust_of(ANYONE, condition))) is expected


@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}},
        {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION.id}},
    ],
)
def test_leaves_a_role_that_trusts_everybody_to_the_findings_of_roles(condition):
    assert chain_of(trust=trust_of(ANYONE, condition)) is None
    assert chain_of(ASSUMES, trust=trust_of(ANYONE, condition)) is not None


def test_needs_no_policy_but_is_stopped_by_a_deny():
    by_name = {"ArnEquals": {"aws:PrincipalArn": ALICE}}
    deny = Policy.parse(both(document(), document("sts:*", effect="Deny")))
    narrow = Policy.parse(document("s3:*"))

    assert chain_of(held("sts:*", effect="Deny"), trust=trust_of(ANYONE, by_name)) is None
    assert chain_of(trust=trust_of(ANYONE, by_name), boundary=deny) is None
    assert chain_of(trust=trust_of(ANYONE, by_name), boundary=narrow) is not None


def test_a_group_is_nobody_to_let_in():
    of_account = trust_of(ANYONE, {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}})
    staff = group("staff")
    graph = graph_of(account(roles=[admin(of_account)], groups=[staff]))

    assert graph.to_administrator(staff.arn) is None


def test_tells_the_conditions_of_a_deny_in_the_trust_policy_as_such():
    trust = both(trust_of(ROOT), trust_of(ANYONE, NO_MFA, effect="Deny"))

    chain = chain_of(ASSUMES, trust=trust)

    assert told(chain)[1:] == [
        "It is denied where BoolIfExists aws:MultiFactorAuthPresent = false.",
    ]


def test_tells_no_condition_that_is_about_somebody_else():
    mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    of_bob = {"AWS": f"arn:aws:iam::{ACCOUNT}:user/bob"}
    trust = both(
        trust_of(of_bob, {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), trust_of(ROOT, mfa)
    )

    chain = chain_of(ASSUMES, trust=trust)

    assert chain.conditions == ("Bool aws:MultiFactorAuthPresent = true",)


def test_tells_of_a_passed_role_only_the_conditions_of_the_service():
    mine = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    source = {"ArnLike": {"aws:SourceArn": "arn:aws:lambda:*:*:function:app-*"}}
    external = {"StringEquals": {"sts:ExternalId": "x"}}
    trust = both(
        trust_of({"Service": "lambda.amazonaws.com"}, mine | source),
        trust_of({"AWS": HUB}, external),
    )

    chain = chain_of(PASSES, trust=trust)

    assert chain.conditions == ("ArnLike aws:SourceArn = arn:aws:lambda:*:*:function:app-*",)


@pytest.mark.parametrize(
    "service",
    [
        "states.amazonaws.com",
        "states.us-east-1.amazonaws.com",
        "states.us-gov-west-1.amazonaws.com",
        "ec2.amazonaws.com.cn",
        "states.cn-north-1.amazonaws.com.cn",
    ],
)
def test_knows_services_by_their_names_in_regions_and_partitions(service):
    assert certainty(chain_of(PASSES, trust=trust_of({"Service": service}))) is Certainty.GRANTED


@pytest.mark.parametrize("service", ["apidestinations.events.amazonaws.com", "ec2.example.com"])
def test_takes_no_other_service_for_one_of_them(service):
    assert chain_of(PASSES, trust=trust_of({"Service": service})) is None


DENIES = Policy.parse(both(document(), document("sts:AssumeRole", effect="Deny")))
ALLOWS = Policy.parse(document())
RCP_DENIES = Policy.parse(both(trust_of("*"), trust_of("*", effect="Deny")))


@pytest.mark.parametrize(
    ("boundary", "scp", "rcp", "expected"),
    [
        (None, None, RCP_DENIES, ("rcp",)),
        (ALLOWS, ALLOWS, RCP_DENIES, ("rcp",)),
        (DENIES, ALLOWS, None, ("boundary",)),
        (ALLOWS, DENIES, None, ("scp",)),
        (DENIES, DENIES, RCP_DENIES, ("boundary", "scp", "rcp")),
    ],
)
def test_names_the_limits_that_stand_in_the_way(boundary, scp, rcp, expected):
    guardrails = Guardrails(
        scps=((scp,),) if scp else None,
        rcps=((rcp,),) if rcp else None,
    )
    alice = user("alice", policies=(ASSUMES,), boundary=boundary)
    graph = graph_of(account(alice, roles=[admin(trust_of(ROOT))], guardrails=guardrails))

    chain, limits = graph.blocked_chain(alice.arn)

    assert graph.to_administrator(alice.arn) is None
    assert chain.goal.endswith(":role/admin")
    assert limits == expected
