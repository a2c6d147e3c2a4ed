"""How the resources of two statements lie to each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.policy import Statement
from rolecall.policy.overlap import is_apart, is_within
from rolecall.policy.wildcards import matches

PATTERNS = st.text(alphabet="ab:*?", min_size=1, max_size=7)
TEXTS = st.text(alphabet="ab:", max_size=7)


def on(*resources):
    return Statement(0, "Allow", resources=resources)


def on_all_but(*resources):
    return Statement(0, "Allow", not_resources=resources)


def has(statement, text):
    patterns = statement.resources or statement.not_resources
    return any(matches(pattern, text) for pattern in patterns) is bool(statement.resources)


STATEMENTS = st.builds(
    lambda patterns, build: build(*patterns),
    st.lists(PATTERNS, min_size=1, max_size=2),
    st.sampled_from([on, on_all_but]),
)


@given(STATEMENTS, STATEMENTS, TEXTS)
def test_what_is_apart_shares_nothing_and_what_is_within_leaves_nothing_out(one, other, text):
    if is_apart(one, other):
        assert not (has(one, text) and has(other, text))
    if is_within(one, other):
        assert has(other, text) or not has(one, text)


@given(PATTERNS, TEXTS, TEXTS)
def test_patterns_with_a_common_match_are_not_apart(pattern, text, more):
    wider = pattern.replace("?", "*")

    assert not is_apart(on(pattern), on(wider))
    assert not is_apart(on(f"{text}*"), on(f"*{more}"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (on("arn:aws:iam::*:role/a*"), on("arn:aws:iam::*:role/b*")),
        (on("arn:aws:s3:::a/*"), on("arn:aws:s3:::b/*")),
        (on("a*"), on_all_but("a*")),
        (on_all_but("*"), on("b")),
    ],
)
def test_statements_are_apart(one, other):
    assert is_apart(one, other)
    assert is_apart(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (on("arn:aws:*:role/*"), on("arn:aws:iam::*:role/a*")),
        (on("é*"), on("*é")),
        (on_all_but("a"), on_all_but("b")),
    ],
)
def test_statements_are_not_apart(one, other):
    assert not is_apart(one, other)
    assert not is_apart(other, one)
