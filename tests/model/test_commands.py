"""Whatever somebody called something, pasting a command runs that command and no other."""

import shlex

import pytest

from rolecall.model.commands import aws, comment, rolecall, shorthand, undo
from rolecall.model.plain_text import harmless
from tests.hostile_names import HOSTILE

each_name = pytest.mark.parametrize("name", HOSTILE, ids=repr)


def test_options_are_written_as_the_command_line_of_aws_knows_them():
    assert aws("iam get-user", user_name="alice") == "aws iam get-user --user-name alice"
    assert aws("iam x", tags=("a", "b c")) == "aws iam x --tags a 'b c'"


def test_a_value_is_not_read_from_a_file():
    assert aws("iam get-user", user_name="file://x") == "aws iam get-user --user-name=file:/x"


@each_name
def test_a_value_is_one_word(name):
    assert shlex.split(aws("iam get-user", user_name=name))[3:] in (
        ["--user-name", harmless(name)],
        [f"--user-name={harmless(name)}"],
    )
    assert shlex.split(rolecall("keys prove", name))[-1] == harmless(name)


@each_name
def test_a_comment_stays_one(name):
    assert undo(aws("iam get-user", user_name=name)).isprintable()
    assert comment("or", aws("iam get-user", user_name=name)).startswith("# or: aws iam")


def test_shorthand_quotes_what_would_end_a_member():
    assert shorthand(Key="owner", Value="OWNER") == "Key=owner,Value=OWNER"
    assert shorthand(Key="a,b=c", Value='"\\') == 'Key="a,b=c",Value="\\"\\\\"'
