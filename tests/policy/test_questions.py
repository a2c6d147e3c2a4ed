"""Questions and their answers in words."""

import json

import pytest

from rolecall.policy import (
    ActionIndex,
    ActionSet,
    Outcome,
    Policy,
    PolicySet,
    can,
    compare,
    shortest_patterns,
    shortest_policies,
    who_can,
    why,
    wildcard_drift,
)
from tools.action_index import Action, merge, read_index, write_index

ALICE = "arn:aws:iam::111122223333:user/alice"
BOB = "arn:aws:iam::111122223333:user/bob"
KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
MAIN = "Main of the identity-based policy example"
WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def policy(name="example", **elements):
    statement = {"Effect": "Allow", "Action": "*", "Resource": "*", "Sid": "Main"} | elements
    statement = {name: value for name, value in statement.items() if value is not None}
    return Policy.parse({"Version": "2012-10-17", "Statement": statement}, name=name)


def holding(*policies, **layers):
    return PolicySet(identity=policies, **layers)


def test_who_can_names_those_who_may_for_certain_or_under_conditions():
    principals = {
        ALICE: holding(policy(Action="s3:*")),
        BOB: holding(policy(Condition=WITH_MFA)),
        "arn:aws:iam::111122223333:role/other": holding(policy(Action="ec2:*")),
    }

    found = {arn: decision.outcome for arn, decision in who_can(principals, "s3:GetObject")}

    assert found == {ALICE: Outcome.ALLOWED, BOB: Outcome.CONDITIONAL}


def test_an_action_without_resource_types_is_asked_about_everything():
    policies = holding(policy(Action="s3:*"))

    decision = can(ALICE, policies, "s3:ListAllMyBuckets", "arn:aws:s3:::example")

    assert decision.is_allowed


def test_an_action_without_resource_types_is_not_allowed_on_one_resource():
    policies = holding(policy(Action="s3:*", Resource="arn:aws:s3:::example"))

    decision = can(ALICE, policies, "s3:ListAllMyBuckets", "arn:aws:s3:::example")

    assert decision.outcome is Outcome.IMPLICITLY_DENIED


def test_what_is_known_of_the_request_settles_conditions():
    policies = holding(policy(Condition=WITH_MFA))

    assert can(ALICE, policies, "s3:GetObject").outcome is Outcome.CONDITIONAL
    assert can(ALICE, policies, "s3:GetObject", context={"aws:MultiFactorAuthPresent": True})


@pytest.mark.parametrize(
    ("policies", "action", "resource", "sentence"),
    [
        (
            holding(policy()),
            "s3:GetObject",
            "*",
            f"Allowed by {MAIN}.",
        ),
        (
            holding(policy(), policy("guard", Effect="Deny", Sid="")),
            "s3:GetObject",
            "*",
            "Denied by statement 1 of the identity-based policy guard.",
        ),
        (
            holding(policy(), boundary=Policy("gone")),
            "s3:GetObject",
            "*",
            "Not allowed by any permissions boundary.",
        ),
        (
            holding(policy(Condition=WITH_MFA)),
            "s3:GetObject",
            "*",
            f"Allowed by {MAIN} if Bool aws:MultiFactorAuthPresent = true.",
        ),
        (
            holding(policy(Resource="arn:aws:s3:::x/${aws:PrincipalTag/team}")),
            "s3:GetObject",
            "arn:aws:s3:::x/red",
            f"Allowed by {MAIN} if the resource is arn:aws:s3:::x/${{aws:PrincipalTag/team}}.",
        ),
        (
            holding(policy()),
            "kms:Decrypt",
            KEY,
            "Depends on the policy of the resource, which is not known.",
        ),
        (holding(), "sts:GetCallerIdentity", "*", "Allowed by needs no permission."),
    ],
)
def test_why_says_what_decides(policies, action, resource, sentence):
    assert sentence in why(ALICE, policies, action, resource)


def test_why_names_an_open_deny():
    policies = holding(policy(), policy("guard", Effect="Deny", Condition=WITH_MFA))

    [allowed, denied] = why(ALICE, policies, "s3:GetObject")

    assert allowed.startswith("Allowed by Main")
    assert denied.startswith("Denied by Main of the identity-based policy guard if Bool")


def test_compare_tells_what_was_gained_and_lost():
    before = holding(policy(Action=["s3:GetObject", "iam:GetRole"]))
    after = holding(policy(Action=["s3:GetObject", "iam:PassRole", "new:Thing"]))

    comparison = compare(before, after)

    assert comparison
    assert list(comparison.gained) == ["iam:PassRole", "new:thing"]
    assert list(comparison.lost) == ["iam:GetRole"]
    assert not comparison.widened
    assert not comparison.narrowed


@pytest.mark.parametrize(
    "narrow",
    [{"Condition": WITH_MFA}, {"Resource": "arn:aws:iam::111122223333:role/app"}],
)
def test_compare_tells_what_was_widened_and_narrowed(narrow):
    limited = holding(policy(Action="iam:PassRole", **narrow))
    unlimited = holding(policy(Action="iam:PassRole"))

    assert list(compare(limited, unlimited).widened) == ["iam:PassRole"]
    assert list(compare(unlimited, limited).narrowed) == ["iam:PassRole"]


APP = {"Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/app"}
ADMIN = {"Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/admin"}
BOTH = ADMIN | {"Resource": [APP["Resource"], ADMIN["Resource"]]}
WITHOUT_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "false"}}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (holding(policy(**APP)), holding(policy(**ADMIN)), "changed"),
        (holding(policy(**APP)), holding(policy(**BOTH)), "widened"),
        (holding(policy(**APP)), holding(policy(**APP), policy(**ADMIN)), "widened"),
        (
            holding(policy(**ADMIN), policy(**APP, Condition=WITH_MFA)),
            holding(policy(**ADMIN), policy(**APP)),
            "widened",
        ),
        (holding(policy(**BOTH)), holding(policy(**APP)), "narrowed"),
        (holding(policy(**BOTH)), holding(policy(**BOTH), boundary=policy(**APP)), "narrowed"),
        (holding(policy(**BOTH)), holding(policy(**BOTH), scps=((policy(**APP),),)), "narrowed"),
        (
            holding(policy(**BOTH)),
            holding(policy(**BOTH), policy(Effect="Deny", **APP)),
            "narrowed",
        ),
        (
            holding(policy(Action="iam:PassRole", Condition=WITH_MFA)),
            holding(policy(Action="iam:PassRole", Condition=WITHOUT_MFA)),
            "changed",
        ),
        (
            holding(policy(Action="iam:PassRole", NotResource=APP["Resource"], Resource=None)),
            holding(policy(Action="iam:PassRole", NotResource=ADMIN["Resource"], Resource=None)),
            "changed",
        ),
    ],
)
def test_compare_sees_other_resources_and_conditions(before, after, kind):
    comparison = compare(before, after)

    kinds = ("gained", "lost", "widened", "narrowed", "changed")
    found = {each: list(getattr(comparison, each)) for each in kinds}
    assert found == {each: ["iam:PassRole"] if each == kind else [] for each in kinds}


def test_compare_sees_other_resources_of_unknown_actions():
    before = holding(policy(Action="new:Thing", Resource="arn:aws:new:::a"))
    after = holding(policy(Action="new:*", Resource="arn:aws:new:::b"))

    assert list(compare(before, after).changed) == ["new:thing"]


def test_the_same_resources_spelled_in_two_statements_change_nothing():
    assert not compare(holding(policy(**BOTH)), holding(policy(**ADMIN), policy(**APP)))


def test_naming_what_was_allowed_before_gains_nothing():
    everything = holding(policy())
    named = holding(policy(), policy(Action="new:Thing"))

    assert not compare(everything, named)


def drifting_index():
    first = write_index(merge(map(action, ["a:GetX", "b:GetX"]), (), "0.1.1"), "0.1.1")
    now = map(action, ["a:GetX", "a:GetY", "b:GetX", "b:PutX"])
    return ActionIndex(write_index(merge(now, read_index(first), "0.1.2"), "0.1.2"))


def index_of(*names):
    actions = [action(f"a:{name}") for name in names]
    return ActionIndex(write_index(merge(actions, (), "0.1.1"), "0.1.1"))


def action(name):
    return Action(name, "R", frozenset())


@pytest.mark.parametrize(
    ("elements", "gained"),
    [
        ({"Action": "a:Get*"}, ["a:GetY"]),
        ({"Action": "*"}, ["a:GetY", "b:PutX"]),
        ({"Action": ["a:GetX", "a:GetY"]}, []),
        ({"Action": "b:Get*"}, []),
        ({"Action": "a:*", "Effect": "Deny"}, []),
    ],
)
def test_wildcards_drift_when_the_table_grows(elements, gained):
    index = drifting_index()

    drifts = list(wildcard_drift([policy(**elements)], "0.1.1", index))

    assert [name for drift in drifts for name in drift.gained] == gained
    assert not list(wildcard_drift([policy(**elements)], "0.1.2", index))


def test_a_not_action_drifts_too():
    statement = {"Effect": "Allow", "NotAction": "a:*", "Resource": "*"}
    inverse = Policy.parse({"Statement": statement}, name="inverse")

    [drift] = wildcard_drift([inverse], "0.1.1", drifting_index())

    assert (drift.policy, list(drift.gained)) == ("inverse", ["b:PutX"])


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["*"], ["*"]),
        (["iam:*"], ["iam:*"]),
        (["iam:PassRole"], ["iam:PassRole"]),
        (["iam:Attach*", "iam:Detach*"], ["iam:Attach*", "iam:Detach*"]),
        (["new:Thing", "iam:PassRole"], ["iam:PassRole", "new:thing"]),
        ([], []),
    ],
)
def test_the_shortest_patterns_match_exactly_the_set(patterns, expected):
    actions = ActionSet.of(patterns)

    assert shortest_patterns(actions) == expected


@pytest.mark.parametrize(
    ("chosen", "others", "expected"),
    [
        (["SendMail", "SendMailNow"], ["SeeMail"], ["Send*"]),
        (["SendMail"], ["SeeMail"], ["SendMail"]),
        (["GetTags", "ListTags"], ["GetUsers"], ["*Tags"]),
        (["GetATags", "GetBTags"], ["GetUsers", "PutTags"], ["Get*Tags"]),
        (["GetTags", "GetRoles", "GetUsers"], ["Getaway"], ["GetRoles", "GetTags", "GetUsers"]),
    ],
)
def test_wildcards_end_at_the_borders_of_words(chosen, others, expected):
    index = index_of(*chosen, *others)
    actions = ActionSet.of([f"a:{name}" for name in chosen], index)

    assert shortest_patterns(actions) == [f"a:{pattern}" for pattern in expected]


def test_policies_are_split_at_the_size_that_aws_allows():
    reads = ActionSet.of(["*"]).at_level("Read")

    documents = shortest_policies(reads)

    sizes = [len(json.dumps(document, separators=(",", ":"))) for document in documents]
    assert max(sizes) <= 6144
    assert min(sizes[:-1]) > 6000
    patterns = [p for d in documents for p in d["Statement"][0]["Action"]]
    assert ActionSet.of(patterns) == reads


def test_an_action_that_fits_into_no_policy_is_an_error():
    with pytest.raises(ValueError, match="does not fit"):
        shortest_policies(ActionSet.of(["iam:PassRole"]), max_characters=80)


def test_policies_are_measured_as_the_json_that_they_become():
    actions = ActionSet.of([f"new:é{i}" for i in range(20)])

    documents = shortest_policies(actions, max_characters=200)

    assert max(len(json.dumps(each, separators=(",", ":"))) for each in documents) <= 200


def test_a_set_of_all_actions_is_shown_by_its_first():
    assert repr(ActionSet.of(["*"])).startswith("<ActionSet of ")
    assert repr(ActionSet.of(["iam:PassRole"])) == "<ActionSet of 1: iam:PassRole>"
