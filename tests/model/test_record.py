import pytest

from rolecall.model.record import Fields, MalformedEventError, type_name


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


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("null", {}),
        ("", {}),
        (None, {}),
        ('{"userName": "alice"}', {"userName": "alice"}),
        ({"userName": "alice"}, {"userName": "alice"}),
    ],
)
def test_an_object_may_be_written_as_text(written, expected):
    assert Fields({"requestParameters": written}).mapping("requestParameters").values == expected


@pytest.mark.parametrize("text", ["all of it", "[1]", "{", "[" * 100_000])
def test_text_that_is_no_object_is_refused(text):
    with pytest.raises(MalformedEventError, match="requestParameters should be an object"):
        Fields({"requestParameters": text}).mapping("requestParameters")
