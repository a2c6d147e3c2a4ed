"""Who can become whom, path by path."""

from dataclasses import replace

import pytest

from rolecall.model.access_graph import AccessGraph, Certainty, graph_of, told
from rolecall.model.organization import Guardrails
from rolecall.model.principals import PolicyKind, User
from rolecall.policy import Policy
from rolecall.policy.escalation import PATHS, Gain, Kind, Target
from rolecall.services.join import join
from tests.builders import ACCOUNT, HUB, account, document, group, held, role, trust_of, user

EVERYTHING = held("*")
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
ADMIN = role("admin", trust=trust_of(ROOT), policies=(EVERYTHING,))
BOSS = user("boss", policies=(EVERYTHING,))
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
OWN_POLICY = held(
    "s3:ListBucket",
    kind=PolicyKind.CUSTOMER_MANAGED,
    name="own",
    arn=f"arn:aws:iam::{ACCOUNT}:policy/own",
)


def chain_of(*policies, roles=(), others=(), groups=(), **fields):
    """Return how alice, who has the policies, becomes an administrator."""
    alice = user("alice", policies=policies, **fields)
    graph = graph_of(account(alice, *others, roles=roles, groups=groups))
    return graph.to_administrator(alice.arn)


def trusting(service, **fields):
    return role("worker", trust=trust_of({"Service": service}), policies=(EVERYTHING,), **fields)


def ids(chain):
    return [step.path.id for step in chain.steps] if chain else []


@pytest.mark.parametrize(
    "path",
    [path for path in PATHS if path.kind in (Kind.NEW_WORKLOAD, Kind.EXISTING_WORKLOAD)],
    ids=lambda path: path.id,
)
def test_finds_every_path_over_a_workload_and_not_without_any_of_its_rights(path):
    [service] = path.trusts
    strong = trusting(service)

    chain = chain_of(held(list(path.actions)), roles=[strong])

    assert chain is not None
    assert chain.goal == strong.arn
    assert chain.certainty is (Certainty.DEPENDENT if path.depends_on else Certainty.GRANTED)
    if path.passes_role:
        assert chain_of(held(list(path.actions[1:])), roles=[trusting("sns.amazonaws.com")]) is None
        assert chain_of(held("iam:PassRole"), roles=[strong]) is None


@pytest.mark.parametrize(
    "path",
    [path for path in PATHS if path.gains in (Gain.RAISES, Gain.BECOMES_RAISED, Gain.RULES)],
    ids=lambda path: path.id,
)
def test_finds_every_path_over_the_actor_or_its_like(path):
    is_of_role = any(need.on is Target.ROLE for need in path.needs)
    harmless = role("harmless", trust=trust_of(ROOT), policies=(OWN_POLICY,))
    right = held([*path.actions])
    actor = (
        role("actor", policies=(right, OWN_POLICY))
        if is_of_role and path.gains is Gain.RAISES
        else user("actor", policies=(right, OWN_POLICY), groups=("staff",))
    )
    is_user = isinstance(actor, User)
    snapshot = account(
        user("somebody"),
        *([actor] if is_user else []),
        roles=[harmless, *([] if is_user else [actor])],
        groups=[group("staff", members=("actor",))],
    )

    assert graph_of(snapshot).to_administrator(actor.arn) is not None


def test_tells_no_administrator_how_to_become_one():
    assert chain_of(EVERYTHING) is None


def test_sees_rights_that_are_split_over_policies_and_groups():
    one = held("iam:PassRole")
    other = held(["lambda:CreateFunction", "lambda:InvokeFunction"], group="staff")

    chain = chain_of(one, other, roles=[trusting("lambda.amazonaws.com")])

    assert ids(chain) == ["lambda-001"]


@pytest.mark.parametrize(
    "taken",
    [
        {"boundary": Policy.parse(document("s3:*"))},
        {"boundary": Policy.parse(document("lambda:*"))},
    ],
)
def test_is_stopped_by_a_boundary(taken):
    rights = held(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"])

    assert chain_of(rights, roles=[trusting("lambda.amazonaws.com")], **taken) is None


def test_is_stopped_by_a_deny_of_any_policy():
    rights = held(["iam:PassRole", "ec2:RunInstances"])
    deny = held("iam:PassRole", effect="Deny")

    assert chain_of(rights, deny, roles=[trusting("ec2.amazonaws.com")]) is None


def test_is_stopped_by_the_organization_and_says_by_what():
    alice = user("alice", policies=(held("iam:PutUserPolicy"),))
    levels = ((Policy.parse(document()), Policy.parse(document("iam:*", effect="Deny"))),)
    graph = graph_of(account(alice, guardrails=Guardrails(scps=levels)))

    chain, limits = graph.blocked_chain(alice.arn)

    assert graph.to_administrator(alice.arn) is None
    assert ids(chain) == ["iam-007"]
    assert limits == ("scp",)


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("*", ["ec2-001"]),
        (f"arn:aws:iam::{ACCOUNT}:role/worker", ["ec2-001"]),
        (f"arn:aws:iam::{ACCOUNT}:role/other", []),
        (f"arn:aws:iam::{ACCOUNT}:role/ops/*", []),
    ],
)
def test_passes_only_the_roles_that_it_may(resource, expected):
    rights = [held("ec2:RunInstances"), held("iam:PassRole", resource)]

    assert ids(chain_of(*rights, roles=[trusting("ec2.amazonaws.com")])) == expected


@pytest.mark.parametrize(
    ("service", "expected"), [("ec2.amazonaws.com", ["ec2-001"]), ("glue.amazonaws.com", [])]
)
def test_passes_roles_only_to_the_services_that_it_may(service, expected):
    passing = held("iam:PassRole", Condition={"StringEquals": {"iam:PassedToService": service}})

    chain = chain_of(held("ec2:RunInstances"), passing, roles=[trusting("ec2.amazonaws.com")])

    assert ids(chain) == expected


def test_passes_roles_by_their_tags():
    passing = held("iam:PassRole", Condition={"StringEquals": {"aws:ResourceTag/use": "ci"}})
    rights = [held("ec2:RunInstances"), passing]

    assert chain_of(*rights, roles=[trusting("ec2.amazonaws.com", tags={"use": "ci"})])
    assert chain_of(*rights, roles=[trusting("ec2.amazonaws.com", tags={"use": "x"})]) is None
    assert chain_of(*rights, roles=[trusting("ec2.amazonaws.com")]) is None


def test_says_which_condition_decides():
    chain = chain_of(held("iam:PutUserPolicy", Condition=MFA))

    assert chain.certainty is Certainty.CONDITIONAL
    assert chain.conditions == ("Bool aws:MultiFactorAuthPresent = true",)


def test_says_what_a_conditional_deny_stands_in_the_way_of():
    without_mfa = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
    deny = held("*", effect="Deny", Condition=without_mfa)

    chain = chain_of(held("iam:PutUserPolicy"), deny)

    assert told(chain)[1:] == [
        "It is denied where BoolIfExists aws:MultiFactorAuthPresent = false.",
    ]


def test_takes_keys_of_users_that_are_stronger_only():
    keys = held("iam:CreateAccessKey", f"arn:aws:iam::{ACCOUNT}:user/boss")

    assert ids(chain_of(keys, others=[BOSS])) == ["iam-002"]
    assert chain_of(keys, others=[user("boss")]) is None


def test_attaches_nothing_but_what_the_condition_names():
    limited = {"ArnEquals": {"iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess"}}

    assert chain_of(held("iam:AttachUserPolicy", Condition=limited)) is None


def test_makes_no_administrator_of_whom_a_boundary_holds():
    boundary = Policy.parse(document(["iam:PutUserPolicy", "s3:*"]))

    assert chain_of(held("iam:PutUserPolicy"), boundary=boundary) is None


def test_takes_off_the_boundary_that_holds_an_administrator():
    boundary = Policy.parse(document("iam:DeleteUserPermissionsBoundary"))

    assert ids(chain_of(EVERYTHING, boundary=boundary)) == ["iam-022"]


def test_joins_a_group_of_administrators():
    admins = group("admins", policies=(EVERYTHING,))

    assert ids(chain_of(held("iam:AddUserToGroup"), groups=[admins])) == ["iam-013"]
    assert chain_of(held("iam:AddUserToGroup"), groups=[group("readers")]) is None


def test_follows_chains_of_any_length():
    links = [
        role(
            f"link-{i}",
            trust=trust_of(ROOT),
            policies=(held("sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/link-{i + 1}"),),
        )
        for i in range(30)
    ]
    end = role("link-30", trust=trust_of(ROOT), policies=(EVERYTHING,))
    start = held("sts:AssumeRole", f"arn:aws:iam::{ACCOUNT}:role/link-0")

    chain = chain_of(start, roles=[*links, end])

    assert len(chain.steps) == 31
    assert chain.goal == end.arn


def test_takes_the_shortest_of_the_surest_chains():
    detour = role("detour", trust=trust_of(ROOT), policies=(held("sts:AssumeRole", ADMIN.arn),))
    direct = held("sts:AssumeRole", ADMIN.arn, Condition=MFA)
    around = held("sts:AssumeRole", detour.arn)

    chain = chain_of(direct, around, roles=[detour, ADMIN])

    assert chain.certainty is Certainty.GRANTED
    assert len(chain.steps) == 2


@pytest.mark.parametrize(
    ("principal", "condition", "expected"),
    [
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:user/alice"}, None, Certainty.GRANTED),
        (ROOT, MFA, Certainty.CONDITIONAL),
        (ROOT, {"StringEquals": {"sts:ExternalId": "x"}}, Certainty.CONDITIONAL),
        (ROOT, {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}, Certainty.GRANTED),
        (ROOT, {"StringEquals": {"aws:PrincipalOrgID": "o-another"}}, None),
        (ROOT, {"StringEquals": {"aws:PrincipalTag/team": "ops"}}, None),
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:user/bob"}, None, None),
        ({"Service": "ec2.amazonaws.com"}, None, None),
    ],
)
def test_assumes_roles_only_where_their_trust_lets_it(principal, condition, expected):
    target = role("admin", trust=trust_of(principal, condition), policies=(EVERYTHING,))

    chain = chain_of(held("sts:AssumeRole"), roles=[target])

    assert (chain.certainty if chain else None) is expected


def test_assumes_roles_of_other_accounts_where_both_sides_allow_it():
    there = role(
        "admin",
        arn=f"arn:aws:iam::{HUB}:role/admin",
        trust=trust_of(ROOT),
        policies=(EVERYTHING,),
    )
    alice = user("alice", policies=(held("sts:AssumeRole", there.arn),))
    bob = user("bob")
    graph = AccessGraph.of([account(alice, bob), account(id=HUB, roles=[there])])

    assert graph.to_administrator(alice.arn).goal == there.arn
    assert graph.to_administrator(bob.arn) is None


def test_asks_for_all_that_was_read_together_and_names_the_other_account():
    there = role(
        "admin",
        arn=f"arn:aws:iam::{HUB}:role/admin",
        trust=trust_of(ROOT),
        policies=(EVERYTHING,),
    )
    alice = user("alice", policies=(held("sts:AssumeRole", there.arn),))

    near, far = join([account(alice), account(id=HUB, roles=[there])])

    assert graph_of(near) is graph_of(far)
    assert told(graph_of(near).to_administrator(alice.arn)) == [
        f"1. user alice assumes the role (sts:AssumeRole) and is role admin of account {HUB}",
    ]


def test_edits_trust_unless_assuming_is_denied():
    edit = held("iam:UpdateAssumeRolePolicy")
    closed = role("admin", policies=(EVERYTHING,))

    assert ids(chain_of(edit, roles=[closed])) == ["iam-012"]
    assert chain_of(edit, held("sts:*", effect="Deny"), roles=[closed]) is None


def test_leaves_the_roles_of_services_alone():
    linked = role(
        "admin",
        arn=f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/x.amazonaws.com/admin",
        policies=(EVERYTHING,),
    )

    assert chain_of(held("iam:UpdateAssumeRolePolicy"), roles=[linked]) is None


def test_puts_two_paths_together():
    weak = role("weak", trust=trust_of({"Service": "glue.amazonaws.com"}))
    rights = held(
        ["iam:AttachRolePolicy", "iam:PassRole", "glue:CreateSession", "glue:RunStatement"]
    )

    chain = chain_of(rights, roles=[weak])

    assert chain.steps[0].becomes.id == "glue-007"
    assert chain.steps[0].target == weak.arn


def test_finds_ways_to_crown_jewels():
    jewel = role("payroll", trust=trust_of(ROOT))
    alice = user("alice", policies=(held("sts:AssumeRole"),))
    graph = AccessGraph.of([account(alice, roles=[jewel])])

    assert graph.matching([f"arn:aws:iam::{ACCOUNT}:role/pay*"]) == [jewel.arn]
    assert graph.chain(alice.arn, jewel.arn).goal == jewel.arn
    assert [chain.start for chain in graph.paths_to(jewel.arn)] == [alice.arn]


def test_knows_circles():
    one = role("one", trust=trust_of(ROOT), policies=(held("sts:AssumeRole", "*two"),))
    two = role("two", trust=trust_of(ROOT), policies=(held("sts:AssumeRole", "*one"),))
    end = role("end", trust=trust_of(ROOT))

    assert list(graph_of(account(roles=[one, two, end])).circles()) == [(one.arn, two.arn)]


def test_tells_chains_as_steps():
    chain = chain_of(held("sts:AssumeRole"), roles=[ADMIN])

    assert told(chain) == [
        "1. user alice assumes the role (sts:AssumeRole) and is role admin",
    ]


def test_is_built_once_for_each_snapshot():
    snapshot = account(user("alice"))

    assert graph_of(snapshot) is graph_of(snapshot)
    assert graph_of(snapshot) is not graph_of(replace(snapshot))


def test_the_same_policy_serves_only_those_whose_tag_it_asks_for():
    by_team = held(
        "iam:AttachUserPolicy", Condition={"StringEquals": {"aws:PrincipalTag/team": "blue"}}
    )
    red = user("red", policies=(by_team,), tags={"team": "red"})
    blue = user("blue", policies=(by_team,), tags={"team": "blue"})
    also_red = user("crimson", policies=(by_team,), tags={"team": "red"})

    graph = graph_of(account(red, blue, also_red))

    found = [bool(graph.to_administrator(each.arn)) for each in (red, blue, also_red)]
    assert found == [False, True, False]
