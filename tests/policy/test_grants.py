from __future__ import annotations

import pytest

from rolecall.policy import Policy, PolicySet, granted

ACCOUNT = "111122223333"
ATTACH = "iam:AttachRolePolicy"


def policy(*statements, name="example"):
    return Policy.parse({"Version": "2012-10-17", "Statement": list(statements)}, name=name)


def allow(*actions, on="*", when=None):
    return statement("Allow", actions, on, when)


def deny(*actions, on="*", when=None):
    return statement("Deny", actions, on, when)


def statement(effect, actions, on, when):
    result = {"Effect": effect, "Action": list(actions), "Resource": on}
    return result | ({"Condition": when} if when else {})


WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
WITHOUT_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}


def place(action, **layers):
    """Name the one set of the grants that holds the action."""
    grants = granted(PolicySet(**{"account_id": ACCOUNT} | layers))
    places = ("everywhere", "on_some_resources", "under_conditions")
    found = [each for each in places if action in getattr(grants, each)]
    assert len(found) <= 1
    return found[0] if found else None


def test_a_star_on_a_star_grants_every_action_everywhere():
    grants = granted(PolicySet(identity=(policy(allow("*")),)))

    assert grants.everywhere.bits == grants.everywhere.index.everything
    assert not grants.on_some_resources
    assert not grants.under_conditions


def test_nothing_grants_nothing():
    assert not granted(PolicySet()).possible


@pytest.mark.parametrize(
    ("resource", "where"),
    [
        ("*", "everywhere"),
        ("arn:aws:iam::*:role/*", "everywhere"),
        ("arn:aws:iam::*:*", "everywhere"),
        (f"arn:aws:iam::{ACCOUNT}:role/*", "everywhere"),
        ("arn:aws-us-gov:iam::*:role/*", "everywhere"),
        ("arn:*", "everywhere"),
        ("arn:aws:iam::444455556666:role/*", "on_some_resources"),
        ("arn:aws:iam::*:role/deploy-*", "on_some_resources"),
        ("arn:aws:iam::*:role/${aws:username}", "on_some_resources"),
        ("arn:aws:iam::*:user/*", None),
        ("arn:aws:s3:::bucket/*", None),
    ],
)
def test_a_resource_pattern_grants_what_can_be_done_to_such_resources(resource, where):
    assert place(ATTACH, identity=(policy(allow("iam:*", on=resource)),)) == where


SNAPSHOT = "ec2:DeleteSnapshot"


@pytest.mark.parametrize(
    ("action", "pattern", "where"),
    [
        (ATTACH, f"arn:aws:*:*:{ACCOUNT}:*", "everywhere"),
        ("s3:GetObject", f"arn:aws:*:*:{ACCOUNT}:*", "on_some_resources"),
        ("account:CloseAccount", f"arn:aws:account::{ACCOUNT}:account", "everywhere"),
        (SNAPSHOT, f"arn:aws:ec2:*:{ACCOUNT}:*", None),
        (SNAPSHOT, "arn:aws:ec2:*:*:*", "everywhere"),
    ],
)
def test_a_resource_without_an_account_is_none_of_the_account(action, pattern, where):
    assert place(action, identity=(policy(allow(action, on=pattern)),)) == where


def test_a_deny_for_the_account_spares_resources_without_an_account():
    guard = policy(deny(SNAPSHOT, on=f"arn:aws:ec2:*:{ACCOUNT}:*"))

    assert place(SNAPSHOT, identity=(policy(allow("*")), guard)) == "everywhere"


def test_a_bucket_is_not_an_object_in_it():
    objects = (policy(allow("s3:*", on="arn:aws:s3:::example/*")),)

    assert place("s3:GetObject", identity=objects) == "on_some_resources"
    assert place("s3:ListBucket", identity=objects) is None


def test_an_action_without_resource_types_needs_a_star():
    named = (policy(allow("s3:ListAllMyBuckets", on="arn:aws:s3:::*")),)

    assert place("s3:ListAllMyBuckets", identity=named) is None


@pytest.mark.parametrize(
    ("denied", "where"),
    [
        (deny("iam:Attach*"), None),
        (deny("*", when=WITHOUT_MFA), "under_conditions"),
        (deny(ATTACH, on="arn:aws:iam::*:role/admin"), "on_some_resources"),
        (deny(ATTACH, on="arn:aws:iam::*:role/*"), None),
        (deny(ATTACH, on="arn:aws:s3:::*"), "everywhere"),
    ],
)
def test_a_deny_takes_away_what_it_reaches(denied, where):
    assert place(ATTACH, identity=(policy(allow("*")), policy(denied))) == where


@pytest.mark.parametrize(
    ("limit", "where"),
    [
        (allow("*"), "everywhere"),
        (allow("s3:*"), None),
        (allow("iam:*", when=WITH_MFA), "under_conditions"),
        (allow("iam:*", on="arn:aws:iam::*:role/app-*"), "on_some_resources"),
    ],
)
@pytest.mark.parametrize("layer", ["boundary", "session", "scps"])
def test_a_limit_keeps_what_it_allows_too(layer, limit, where):
    limits = {
        "boundary": policy(limit),
        "session": (policy(limit),),
        "scps": ((policy(allow("*")),), (policy(limit),)),
    }

    assert place(ATTACH, identity=(policy(allow("*")),), **{layer: limits[layer]}) == where


def test_a_boundary_that_cannot_be_found_allows_nothing():
    missing = Policy("deleted")

    assert place(ATTACH, identity=(policy(allow("*")),), boundary=missing) is None


def test_a_not_action_grants_all_but_those():
    document = {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}

    assert place("iam:GetRole", identity=(policy(document),)) is None
    assert place("s3:GetObject", identity=(policy(document),)) == "everywhere"


def test_a_not_resource_leaves_the_rest():
    document = {"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:iam::*:role/*"}

    assert place(ATTACH, identity=(policy(document),)) is None
    assert place("iam:AttachUserPolicy", identity=(policy(document),)) == "everywhere"


def test_unknown_actions_are_kept_as_themselves():
    document = policy(allow("brandnew:DoThis", "brandnew:List*"), allow("iam:GetRole"))

    grants = granted(PolicySet(identity=(document,)))

    assert "brandnew:dothis" in grants.everywhere
    assert set(grants.everywhere) == {"iam:GetRole", "brandnew:dothis", "brandnew:list*"}


def test_a_deny_with_a_wildcard_takes_unknown_actions_too():
    policies = (policy(allow("brandnew:DoThis")), policy(deny("brandnew:*")))

    assert place("brandnew:DoThis", identity=policies) is None


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ({"Action": "brandnew:DoThis", "Resource": "*"}, None),
        ({"Action": "brandnew:DoThis", "NotResource": "*"}, "everywhere"),
        ({"Action": "brandnew:DoThis", "NotResource": "arn:aws:s3:::a"}, "on_some_resources"),
        ({"Action": "brandnew:DoThis", "Resource": "arn:aws:s3:::a"}, "on_some_resources"),
        ({"NotAction": "brandnew:DoThis", "Resource": "*"}, "everywhere"),
        ({"Action": "brandnew:D*", "Resource": "*", "Condition": WITH_MFA}, "under_conditions"),
    ],
)
def test_a_deny_reaches_an_unknown_action_like_any_other(statement, where):
    policies = (policy(allow("brandnew:*", "brandnew:DoThis"), {"Effect": "Deny"} | statement),)

    assert place("brandnew:DoThis", identity=policies) == where


def test_grants_tell_the_version_of_the_action_table():
    assert granted(PolicySet()).version.startswith("0.1.")


APP, ADMIN = "arn:aws:iam::*:role/app-*", "arn:aws:iam::*:role/admin"


@pytest.mark.parametrize(
    ("allowed", "denied", "where"),
    [
        (APP, APP, None),
        (APP, "arn:aws:iam::*:role/a*", None),
        (APP, "arn:aws:iam::*:role/app-1", "on_some_resources"),
        (APP, ADMIN, "on_some_resources"),
        ([APP, ADMIN], APP, "on_some_resources"),
        ("arn:aws:iam::*:role/${aws:username}", "arn:aws:iam::*:role/*", None),
        (APP, "arn:aws:iam::*:role/${aws:username}", "on_some_resources"),
    ],
)
def test_an_allow_for_some_is_gone_when_all_of_them_are_denied(allowed, denied, where):
    policies = (policy(allow(ATTACH, on=allowed), deny(ATTACH, on=denied)),)

    assert place(ATTACH, identity=policies) == where


def test_a_conditional_deny_for_some_leaves_the_rest_unconditional():
    guard = deny(ATTACH, on=ADMIN, when=WITHOUT_MFA)

    assert place(ATTACH, identity=(policy(allow("*"), guard),)) == "on_some_resources"
    assert place(ATTACH, identity=(policy(allow(ATTACH, on=ADMIN), guard),)) == "under_conditions"
    assert place(ATTACH, identity=(policy(allow(ATTACH, on=APP), guard),)) == "on_some_resources"


def test_a_deny_for_all_but_some_leaves_those():
    guard = {"Effect": "Deny", "Action": "*", "NotResource": APP}

    assert place(ATTACH, identity=(policy(allow("*"), guard),)) == "on_some_resources"
    assert place(ATTACH, identity=(policy(allow(ATTACH, on=ADMIN), guard),)) is None


@pytest.mark.parametrize(
    ("one", "other", "where"),
    [
        (APP, "arn:aws:iam::*:role/*-web", "on_some_resources"),
        (APP, "arn:aws:iam::*:role/app-?", "on_some_resources"),
        (APP, ADMIN, None),
        (ADMIN, ADMIN, "on_some_resources"),
        (ADMIN, APP, None),
    ],
)
def test_two_layers_allow_what_both_can_mean(one, other, where):
    boundary = policy(allow(ATTACH, on=other))

    assert place(ATTACH, identity=(policy(allow(ATTACH, on=one)),), boundary=boundary) == where


def test_a_boundary_for_all_but_some_leaves_nothing_of_those():
    boundary = policy({"Effect": "Allow", "Action": "*", "NotResource": APP})

    assert place(ATTACH, identity=(policy(allow(ATTACH, on=APP)),), boundary=boundary) is None
    assert place(ATTACH, identity=(boundary,), boundary=policy(allow(ATTACH, on=APP))) is None
    assert place(ATTACH, identity=(boundary,), boundary=boundary) == "on_some_resources"


def test_what_is_unconditional_on_different_resources_is_conditional_together():
    both_ways = (
        policy(allow(ATTACH, on=APP), allow(ATTACH, on=ADMIN, when=WITH_MFA)),
        policy(allow(ATTACH, on=ADMIN), allow(ATTACH, on=APP, when=WITH_MFA)),
    )

    assert place(ATTACH, identity=both_ways[:1], boundary=both_ways[1]) == "under_conditions"


def test_too_many_pairs_of_resources_leave_an_action_possible():
    apps = policy(*[allow(ATTACH, on=f"arn:aws:iam::*:role/a{i}*") for i in range(400)])
    others = policy(*[allow(ATTACH, on=f"arn:aws:iam::*:role/b{i}*") for i in range(400)])

    assert place(ATTACH, identity=(apps,), boundary=others) == "on_some_resources"
