"""Which actions a resource pattern reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.policy import action_index
from rolecall.policy.arn_templates import ArnTemplates
from rolecall.policy.wildcards import matches

ROLE = "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"
USER = "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}"
BUCKET = "arn:${Partition}:s3:::${BucketName}"
OBJECT = "arn:${Partition}:s3:::${BucketName}/${ObjectName}"
GROUP = "arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}"
TEMPLATES = [ROLE, USER, BUCKET, OBJECT, GROUP]


def touched(pattern):
    return [TEMPLATES[i] for i in ArnTemplates(TEMPLATES).touched_by(pattern)]


def covered(pattern):
    return [TEMPLATES[i] for i in ArnTemplates(TEMPLATES).covered_by(pattern)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("arn:aws:iam::111122223333:role/a", [ROLE]),
        ("arn:aws:iam::*:role/*", [ROLE]),
        ("arn:aws:iam::*:*", [ROLE, USER]),
        ("arn:aws:iam::*", [ROLE, USER]),
        ("arn:aws:iam::?:r*e/a", [ROLE]),
        ("arn:aws:iam::111122223333:group/a", []),
        ("arn:aws:s3:::example", [BUCKET]),
        ("arn:aws:s3:::example/*", [OBJECT]),
        ("arn:aws:s3:::example*", [BUCKET, OBJECT]),
        ("arn:aws:s3:::example/a:b", [OBJECT]),
        ("arn:*", TEMPLATES),
        ("arn:aws:*:*:*:role/a", [ROLE, OBJECT, GROUP]),
        ("arn:aws:logs:*:*:log-group:/aws/lambda/*:*", [GROUP]),
        ("arn:aws:logs:eu-*:111122223333:log-group:x", [GROUP]),
        ("no ARN", []),
        ("", []),
        ("arn:aws:iam::111122223333:role/é", [ROLE]),
        ("arn:aws:iam::111122223333:rôle/a", []),
    ],
)
def test_a_pattern_touches_the_types_that_it_can_match(pattern, expected):
    assert touched(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("arn:aws:iam::*:role/*", [ROLE]),
        ("arn:aws-cn:iam::*:role/*", [ROLE]),
        ("arn:*:iam::*:role/*", [ROLE]),
        ("arn:aws:iam::*:role/a*", []),
        ("arn:aws:iam::111122223333:role/*", []),
        ("arn:aws:s3:::*", [BUCKET, OBJECT]),
        ("arn:aws:s3:::*/*", [OBJECT]),
        ("arn:aws:logs:eu-west-1:*:*", []),
        ("arn:*", TEMPLATES),
    ],
)
def test_a_pattern_covers_the_types_all_of_which_it_matches(pattern, expected):
    assert covered(pattern) == expected


NAMES = st.text(alphabet="ab/", min_size=1, max_size=3)
PIECES = st.sampled_from(["arn:aws:iam::", "*", "?", "role/", "user/", "a", "b", "/", "1", ":"])


@given(st.lists(PIECES, max_size=7).map("".join), NAMES)
def test_an_arn_that_matches_belongs_to_a_type_that_is_touched(pattern, name):
    arn = f"arn:aws:iam::1:role/{name}"

    assert not matches(pattern, arn) or ROLE in touched(pattern)
    assert ROLE not in covered(pattern) or matches(pattern, arn)


def test_an_action_of_two_types_is_covered_only_with_both():
    index = action_index()
    tag, types = index.expand("iam:GetUser"), index.resource_types

    both = types.covered_by(("arn:aws:iam::*:user/*", "arn:aws:iam::*:role/*"))

    assert both & tag
    assert both & index.expand("iam:GetRole")
    assert not types.covered_by(("arn:aws:s3:::*",)) & index.expand("s3:GetObject")
    assert types.covered_by(("arn:aws:s3*",)) & index.expand("s3:GetObject")


def test_literal_patterns_cover_nothing():
    assert not action_index().resource_types.covered_by(("arn:aws:s3:::example",))
