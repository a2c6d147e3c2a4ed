import pytest

from rolecall.model.record import type_name


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "missing"),
        ("", "empty text"),
        ("alice", "text"),
        (3, "a number"),
        (0.5, "a number"),
        (True, "true or false"),
        ([], "a list"),
        ({}, "an object"),
        (b"", "of type bytes"),
    ],
)
def test_says_in_words_what_a_value_is(value, words):
    assert type_name(value) == words
