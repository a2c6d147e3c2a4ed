"""Wildcards, against a definition so plain that it cannot be wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.policy.wildcards import any_of, is_everything, longest_literal, matches

PATTERNS = st.text(alphabet="ab*?", max_size=8)
TEXTS = st.text(alphabet="ab*?\n", max_size=8)


def plainly_matches(pattern, text):
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(plainly_matches(pattern[1:], text[i:]) for i in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and plainly_matches(pattern[1:], text[1:])


@given(PATTERNS, TEXTS)
def test_a_pattern_matches_as_defined(pattern, text):
    assert matches(pattern, text) is plainly_matches(pattern, text)


@given(st.lists(PATTERNS, max_size=4), TEXTS)
def test_a_list_of_patterns_matches_where_one_of_them_does(patterns, text):
    expected = any(plainly_matches(pattern, text) for pattern in patterns)

    assert any_of(tuple(patterns))(text) is expected


@given(PATTERNS)
def test_the_longest_literal_is_in_every_match(pattern):
    match = pattern.replace("*", "").replace("?", "a")

    assert matches(pattern, match)
    assert "*" not in longest_literal(pattern)
    assert longest_literal(pattern) in match


@pytest.mark.parametrize("pattern", ["*", "***"])
def test_stars_alone_match_everything(pattern):
    assert is_everything(pattern)
    assert not is_everything(f"{pattern}a")
    assert not is_everything("")
