"""Condition operators, one value against another.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import pytest

from rolecall.policy.conditions import OPERATORS, read_conditions
from rolecall.policy.context import Context

ABSENT = object()


def holds(operator, expected, actual=ABSENT, *, complete=True):
    [condition] = read_conditions({operator: {"x:Key": expected}}, variables=True)
    values = {} if actual is ABSENT else {"x:key": actual}
    return condition.test(Context.of(values, is_complete=complete))


@pytest.mark.parametrize(
    ("operator", "expected", "actual"),
    [
        ("StringEquals", "a", "a"),
        ("stringequals", "a", "a"),
        ("StringEquals", ["a", "b"], "b"),
        ("StringEquals", "a*", "a*"),
        ("StringEqualsIgnoreCase", "Ab", "aB"),
        ("StringLike", "a*c?", "abbbcd"),
        ("StringLike", "", ""),
        ("NumericEquals", 5, "5.0"),
        ("NumericEquals", "9007199254740993", "9007199254740993"),
        ("NumericLessThan", "10", "9"),
        ("NumericLessThanEquals", "10", 10),
        ("NumericGreaterThan", "-1", "0"),
        ("NumericGreaterThanEquals", "1.5", "+1.50"),
        ("NumericEquals", ["word", "5"], "5"),
        ("DateEquals", "2026-01-01T00:00:00Z", "2026-01-01"),
        ("DateEquals", "2026-01-01T00:00:00Z", "2026"),
        ("DateEquals", "2026-01-01T00:00:00Z", "1767225600"),
        ("DateEquals", "2026-01-01T00:00:00Z", "1767225600000"),
        ("DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00"),
        ("DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59.999Z"),
        ("DateLessThanEquals", "2026-01-01", "2026-01-01"),
        ("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-02"),
        ("DateGreaterThanEquals", "2026-01-01", "2026-01-01"),
        ("Bool", "true", True),
        ("Bool", False, "False"),
        ("BinaryEquals", "QmluYXJ5", "QmluYXJ5"),
        ("IpAddress", "192.0.2.0/24", "192.0.2.7"),
        ("IpAddress", "192.0.2.7", "192.0.2.7"),
        ("IpAddress", "192.0.2.9/24", "192.0.2.7"),
        ("IpAddress", "2001:db8::/32", "2001:db8::1"),
        ("IpAddress", ["2001:db8::/32", "192.0.2.0/24"], "192.0.2.7"),
        (
            "ArnEquals",
            "arn:aws:sns:*:111122223333:t?pic",
            "arn:aws:sns:eu-west-1:111122223333:topic",
        ),
        ("ArnLike", "arn:aws:iam::*:role/a/*", "arn:aws:iam::111122223333:role/a/b"),
        ("ArnLike", "*", "arn:aws:iam::111122223333:role/a/b"),
    ],
)
def test_the_value_matches(operator, expected, actual):
    assert holds(operator, expected, actual) is True


@pytest.mark.parametrize(
    ("operator", "expected", "actual"),
    [
        ("StringEquals", "a", "A"),
        ("StringEquals", "a*", "ab"),
        ("StringEquals", [], "a"),
        ("StringEqualsIgnoreCase", "a", "b"),
        ("StringLike", "a*", "ba"),
        ("StringLike", "A*", "ab"),
        ("NumericEquals", "5", "6"),
        ("NumericEquals", "5", "five"),
        ("NumericEquals", "1e1", "10"),
        ("NumericLessThan", "10", "10"),
        ("NumericEquals", "9007199254740993", "9007199254740992"),
        ("DateEquals", "2026-01-01T00:00:00Z", "someday"),
        ("DateLessThan", "2026-01-01T00:00:00Z", "2026-01-01"),
        ("Bool", "true", "false"),
        ("Bool", "true", "yes"),
        ("BinaryEquals", "QmluYXJ5", "no base64!"),
        ("IpAddress", "192.0.2.0/24", "198.51.100.1"),
        ("IpAddress", "192.0.2.0/24", "2001:db8::1"),
        ("IpAddress", "192.0.2.0/24", "somewhere"),
        ("IpAddress", "everywhere", "192.0.2.7"),
        ("ArnLike", "arn:aws:sns:*:topic", "arn:aws:sns:eu-west-1:111122223333:topic"),
        ("ArnLike", "arn:aws:iam::*:role/a", "no ARN"),
        ("ArnEquals", "arn:aws:iam::111122223333:role/A", "arn:aws:iam::111122223333:role/a"),
    ],
)
def test_the_value_does_not_match(operator, expected, actual):
    assert holds(operator, expected, actual) is False


@pytest.mark.parametrize(
    ("operator", "expected", "matching", "other"),
    [
        ("StringNotEquals", "a", "a", "b"),
        ("StringNotEquals", ["a", "b"], "b", "c"),
        ("StringNotEqualsIgnoreCase", "a", "A", "b"),
        ("StringNotLike", "a*", "ab", "ba"),
        ("NumericNotEquals", "5", "5.0", "6"),
        ("DateNotEquals", "2026-01-01", "2026-01-01T00:00:00Z", "2026-01-02"),
        ("NotIpAddress", "192.0.2.0/24", "192.0.2.7", "198.51.100.1"),
        (
            "ArnNotEquals",
            "arn:aws:iam::*:user/a",
            "arn:aws:iam::111122223333:user/a",
            "arn:aws:s3:::a",
        ),
        ("ArnNotLike", "arn:aws:s3:::a*", "arn:aws:s3:::ab", "arn:aws:s3:::b"),
    ],
)
def test_a_negated_operator_holds_where_no_value_matches(operator, expected, matching, other):
    assert holds(operator, expected, matching) is False
    assert holds(operator, expected, other) is True


@pytest.mark.parametrize("operator", ["NumericNotEquals", "DateNotEquals", "NotIpAddress"])
def test_what_cannot_be_read_satisfies_no_operator_not_even_a_negated_one(operator):
    assert holds(operator, "garbage", "5") is False
    assert holds(operator, "5", "garbage") is False


@pytest.mark.parametrize("name", [operator.name for operator in OPERATORS.values()])
def test_without_the_key_only_negated_operators_and_those_with_if_exists_hold(name):
    assert holds(name, "x") is OPERATORS[name.lower()].is_negated
    assert holds(f"{name}IfExists", "x") is True
    assert holds(f"ForAllValues:{name}", "x") is True
    assert holds(f"ForAnyValue:{name}", "x") is False


@pytest.mark.parametrize("name", [operator.name for operator in OPERATORS.values()])
def test_without_the_key_an_incomplete_context_leaves_it_open(name):
    assert holds(name, "x", complete=False) is None
    assert holds(f"{name}IfExists", "x", complete=False) is None


@pytest.mark.parametrize("nothing", [[], None])
def test_a_key_without_values_is_absent(nothing):
    assert holds("ForAllValues:StringEquals", "a", nothing) is True
    assert holds("Null", "true", nothing) is True


@pytest.mark.parametrize(
    ("operator", "actual", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], True),
        ("ForAllValues:StringEquals", ["a", "c"], False),
        ("ForAnyValue:StringEquals", ["a", "c"], True),
        ("ForAnyValue:StringEquals", ["c", "d"], False),
        ("ForAllValues:StringNotEquals", ["c", "d"], True),
        ("ForAllValues:StringNotEquals", ["a", "d"], False),
        ("ForAnyValue:StringNotEquals", ["a", "d"], True),
        ("ForAnyValue:StringNotEquals", ["a", "b"], False),
        ("foranyvalue:stringequals", ["b"], True),
        ("StringEquals", ["b", "c"], True),
        ("StringNotEquals", ["b", "c"], False),
    ],
)
def test_quantifiers_ask_of_every_value_of_the_request(operator, actual, expected):
    assert holds(operator, ["a", "b"], actual) is expected


@pytest.mark.parametrize(
    ("expected", "present", "absent"),
    [("true", False, True), ("false", True, False), (["true", "false"], True, True)],
)
def test_null_asks_whether_the_key_is_absent(expected, present, absent):
    assert holds("Null", expected, "value") is present
    assert holds("Null", expected) is absent
    assert holds("Null", expected, complete=False) is None


@pytest.mark.parametrize("operator", ["StringSounds", "ForEveryone:StringEquals", "NullIfExists"])
def test_an_operator_that_aws_does_not_have_settles_nothing(operator):
    [condition] = read_conditions({operator: {"x:Key": "a"}}, variables=True)

    assert not condition.is_known
    assert condition.operator == operator
    assert holds(operator, "a", "a") is None


def test_a_condition_is_readable():
    written = {"ForAnyValue:StringLikeIfExists": {"aws:TagKeys": ["a*", "b"]}}
    [condition] = read_conditions(written, variables=True)

    assert condition.is_known
    assert (condition.quantifier, condition.operator) == ("ForAnyValue", "StringLike")
    assert condition.if_exists
    assert condition.folded_key == "aws:tagkeys"
    assert str(condition) == "ForAnyValue:StringLikeIfExists aws:TagKeys = a* | b"


def test_variables_stand_in_strings_and_not_in_numbers():
    context = Context.of({"x:key": "alice", "aws:username": "alice"}, is_complete=True)
    [strings] = read_conditions({"StringEquals": {"x:key": "${aws:username}"}}, variables=True)
    [numbers] = read_conditions({"NumericEquals": {"x:key": "${aws:username}"}}, variables=True)
    [former] = read_conditions({"StringEquals": {"x:key": "${aws:username}"}}, variables=False)

    assert strings.test(context) is True
    assert numbers.test(context) is False
    assert former.test(context) is False


def test_one_value_without_its_variable_does_not_spoil_the_others():
    values = ["${aws:PrincipalTag/team}", "alice"]
    [condition] = read_conditions({"StringEquals": {"x:key": values}}, variables=True)

    assert condition.test(Context.of({"x:key": "alice"})) is True
    assert condition.test(Context.of({"x:key": "alice"}, is_complete=True)) is True
    assert condition.test(Context.of({"x:key": "bob"})) is None
    assert condition.test(Context.of({"x:key": "bob"}, is_complete=True)) is False
