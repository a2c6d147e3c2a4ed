"""What each policy gives by itself, put together, is what all of them give."""

import pytest

from rolecall.model.access_graph import graph_of
from rolecall.model.access_graph.means import divided
from rolecall.model.access_graph.moves import Actor
from rolecall.policy.escalation import PATHS, Target
from tests.builders import ACCOUNT, account, held, user

NO_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
OTHER_REGIONS = {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}
OWN_TAG = {"StringEquals": {"aws:PrincipalTag/team": "blue"}}
OTHERS = {"StringEquals": {"aws:PrincipalAccount": "444455556666"}}
COMPUTE = ["lambda:*", "ec2:*", "codebuild:*", "ssm:*", "glue:*", "cloudformation:*", "ecs:*"]
PROJECT = f"arn:aws:codebuild:eu-west-1:{ACCOUNT}:project/app"
POLICIES = {
    "everything of some services": [held(COMPUTE)],
    "one project": [held("codebuild:StartBuild", PROJECT)],
    "two halves": [held("lambda:Update*"), held("lambda:Invoke*")],
    "parts": [held("ec2:ModifyInstanceAttribute"), held(["ec2:Stop*", "ec2:Start*"])],
    "under a condition": [held(COMPUTE, Condition={"Bool": {"aws:SecureTransport": "true"}})],
    "but not without MFA": [held(COMPUTE), held("*", effect="Deny", Condition=NO_MFA)],
    "but not elsewhere": [
        held(COMPUTE),
        held(effect="Deny", Action=None, NotAction=["iam:*"], Condition=OTHER_REGIONS),
    ],
    "but no functions": [held(COMPUTE), held("lambda:*", effect="Deny")],
    "but not one project": [held(COMPUTE), held("codebuild:*", PROJECT, "Deny")],
    "but one project only": [
        held(COMPUTE),
        held("codebuild:*", effect="Deny", Resource=None, NotResource=PROJECT),
    ],
    "where denied to nobody here": [held(COMPUTE), held("*", effect="Deny", Condition=OTHERS)],
    "for a team": [held(COMPUTE, Condition=OWN_TAG)],
    "of one's own": [held("codebuild:*", PROJECT.replace("app", "${aws:username}"))],
    "new principals": [held(["iam:Create*", "iam:Attach*", "iam:Put*"])],
    "nothing": [],
}
BOUNDARIES = {
    "no boundary": None,
    "a boundary of everything": held("*").policy,
    "a boundary of functions": held("lambda:*").policy,
    "a boundary of one project": held("codebuild:*", PROJECT).policy,
    "a boundary with MFA": held(
        "*", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    ).policy,
}
CHOSEN = sorted(
    {needs for path in PATHS for needs in path.asks if needs[0].on is Target.ANYTHING}, key=repr
)


def actor(policies, boundary):
    alice = user("alice", policies=tuple(policies), boundary=boundary)
    realm = graph_of(read := account(alice)).realm_of(read)
    return Actor(realm.nodes[0], realm.nodes[0].policies, (realm,))


@pytest.mark.parametrize("boundary", BOUNDARIES.values(), ids=BOUNDARIES)
@pytest.mark.parametrize("policies", POLICIES.values(), ids=POLICIES)
def test_what_is_known_is_what_all_policies_together_give(policies, boundary):
    alice = actor(policies, boundary)

    for path in PATHS:
        bits, others = divided(path)
        chosen = [needs for needs in path.asks if needs not in others]
        found = [alice._meets(needs, "") for needs in chosen]
        if bits & ~alice.means.known:
            continue
        assert bool(bits & ~alice.means.certain) is not all(each.granted for each in found)
        assert bool(bits & ~alice.means.possible) is not all(each.possible for each in found)


@pytest.mark.parametrize("needs", CHOSEN, ids=lambda needs: "+".join(n.action for n in needs))
def test_plain_policies_leave_nothing_unknown_of_single_actions(needs):
    alice = actor([held(COMPUTE), held("*", effect="Deny", Condition=NO_MFA)], None)

    unknown = [
        path.id
        for path in PATHS
        if path.asks == (needs,) and divided(path)[0] & ~alice.means.known and len(needs) == 1
    ]
    assert unknown == []


def test_who_is_asked_for_is_not_known_by_the_policy_alone():
    alice = actor(POLICIES["for a team"], None)
    [build] = [path for path in PATHS if path.id == "codebuild-002"]

    assert divided(build)[0] & ~alice.means.known
