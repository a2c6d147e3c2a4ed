"""The index of actions, and sets over it."""

import json

import pytest

from rolecall.policy import ActionIndex, ActionSet, action_index
from rolecall.policy.wildcards import matches
from tools.action_index import Action, merge, read_index, write_index


def index_of(*actions, version="0.1.2"):
    return ActionIndex(write_index(merge(actions, (), version), version))


def action(name, *, level="R", arns=()):
    return Action(name, level, frozenset(arns))


def names(bits, index=None):
    return list((index or action_index()).names_of(bits))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("iam:AttachRolePolicy", ["iam:AttachRolePolicy"]),
        ("IAM:attachrolepolicy", ["iam:AttachRolePolicy"]),
        ("iam:Attach*", ["iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy"]),
        ("iam:*rolepolicy", ["iam:AttachRolePolicy", "iam:DeleteRolePolicy"]),
        ("iam:?utRolePolicy", ["iam:PutRolePolicy"]),
        ("iam:Nothing", []),
        ("iam:Nothing*", []),
        ("nothing:*", []),
    ],
)
def test_a_pattern_expands_to_the_actions_that_it_matches(pattern, expected):
    found = names(action_index().expand(pattern))

    assert found[:2] == expected[:2]
    assert all(name in found for name in expected)


def test_a_star_expands_to_everything():
    index = action_index()

    assert index.expand("*") == index.expand("*:*") == index.everything


def test_not_action_selects_the_rest():
    index = index_of(action("a:X"), action("a:Y"), action("b:Z"))

    assert names(index.select(["a:*"]), index) == ["a:X", "a:Y"]
    assert names(index.select([], ["a:*"]), index) == ["b:Z"]


def test_actions_that_the_rules_rely_on_are_known():
    index = action_index()

    for name in ("iam:PassRole", "sts:AssumeRole", "organizations:LeaveOrganization"):
        assert index.expand(name), name


def test_retired_actions_are_kept_and_marked():
    index = action_index()

    assert index.expand("codestar:CreateProject") & index.retired
    assert not index.expand("iam:PassRole") & index.retired


@pytest.mark.parametrize(
    ("pattern", "unknown"),
    [
        ("iam:PassRole", False),
        ("iam:Nothing", True),
        ("iam:Nothing*", False),
        ("nothing:*", True),
        ("*", False),
    ],
)
def test_a_wildcard_without_match_in_a_known_service_is_not_unknown(pattern, unknown):
    assert action_index().is_unknown(pattern) is unknown


def test_access_levels_part_the_actions():
    index = action_index()
    levels = index.by_level

    assert index.expand("iam:AttachRolePolicy") & levels["Permissions management"]
    assert index.expand("s3:GetObject") & levels["Read"]
    assert sum(level.bit_count() for level in levels.values()) == len(index.names)


def test_the_index_is_written_and_read_without_loss():
    former = [action("a:Gone", arns=["arn:aws:a:::x"]), action("a:Kept")]
    present = [action("a:Kept", level="W", arns=["arn:aws:a:::y"]), action("a:New")]
    before = write_index(merge(former, (), "0.1.1"), "0.1.1")

    content = write_index(merge(present, read_index(before), "0.1.2"), "0.1.2")

    gone, kept, new = read_index(json.loads(json.dumps(content)))
    assert (gone.name, gone.is_retired, gone.arns) == ("a:Gone", True, {"arn:aws:a:::x"})
    assert (kept.level, kept.is_retired, kept.added) == ("W", False, "")
    assert (new.name, new.added) == ("a:New", "0.1.2")


def test_an_action_that_comes_back_is_not_retired():
    first = write_index(merge([action("a:X"), action("a:Y")], (), "0.1.1"), "0.1.1")
    second = write_index(merge([action("a:X")], read_index(first), "0.1.2"), "0.1.2")

    third = merge([action("a:X"), action("a:Y")], read_index(second), "0.1.3")

    assert [(found.name, found.is_retired, found.added) for found in third] == [
        ("a:X", False, ""),
        ("a:Y", False, ""),
    ]


def test_sets_join_meet_and_differ():
    reads, gets = ActionSet.of(["iam:Get*", "new:Thing"]), ActionSet.of(["iam:GetR*"])

    assert "iam:GetUser" in reads - gets
    assert "iam:GetRole" not in reads - gets
    assert (reads & gets) == gets
    assert (reads | gets) == reads
    assert gets <= reads
    assert not reads <= gets
    assert len(reads) == len(list(reads))
    assert not gets - reads


def test_a_set_tells_services_levels_and_matches():
    actions = ActionSet.of(["s3:GetObject", "s3:PutObject", "iam:PassRole", "new:Thing"])

    assert actions.services == ("iam", "new", "s3")
    assert list(actions.at_level("Read")) == ["s3:GetObject"]
    assert list(actions.matching("s3:Put*")) == ["s3:PutObject"]
    assert list(actions.matching("New:*")) == ["new:thing"]


def test_unknown_names_are_kept_as_they_were_written():
    actions = ActionSet.of(["new:Thing", "other:*"])

    assert "New:THING" in actions
    assert "other:*" in actions
    assert "other:whatever" not in actions
    assert "new:Else" not in actions
    assert list(actions) == ["new:thing", "other:*"]


def test_sets_over_two_indexes_cannot_be_mixed():
    one, other = index_of(action("a:X")), index_of(action("a:X"))

    with pytest.raises(ValueError, match="different action indexes"):
        ActionSet.of(["a:X"], one) | ActionSet.of(["a:X"], other)


def test_a_pattern_with_a_piece_that_no_action_has_matches_nothing():
    assert action_index().expand("*:*no-action-is-called-so*b") == 0


def test_a_pattern_of_pieces_that_actions_have_still_matches():
    index = action_index()

    assert index.expand("iam:*ser*olicy") & index.expand("iam:PutUserPolicy")


@pytest.mark.parametrize(
    "pattern",
    [
        "*",
        "?*?",
        "*:tag*",
        "*tag*",
        "s3:*object*",
        "s3:?et*",
        "*:*policy",
        "zz*",
        "*zz",
        "iam:*a*e*",
        "*a*",
    ],
)
def test_a_pattern_expands_to_what_comparing_every_name_gives(pattern):
    index = action_index()

    expected = {name for name in index.names if matches(pattern, name.lower())}

    assert set(index.names_of(index.expand(pattern))) == expected
