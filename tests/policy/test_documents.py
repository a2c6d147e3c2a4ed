"""Documents: whatever AWS accepts becomes one form, and the rest is refused with its place."""

import json
import time
from urllib.parse import quote

import pytest

from rolecall.policy import Policy, PolicyError, PolicySet, Request, decide, granted

STATEMENT = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}


def parse(statement=None, **document):
    return Policy.parse({"Version": "2012-10-17", "Statement": statement or STATEMENT, **document})


def read(**elements):
    [statement] = parse(STATEMENT | elements).statements
    return statement


def trust(principal):
    element = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    [statement] = parse(element).statements
    return statement.principals


def test_one_statement_is_the_same_as_a_list_of_one():
    assert parse(STATEMENT).statements == parse([STATEMENT]).statements


def test_a_text_is_the_same_as_a_list_of_one():
    listed = read(Action=["s3:*"], Resource=["*"])

    assert listed == read()
    assert listed.actions == ("s3:*",)
    assert listed.resources == ("*",)


def test_actions_are_in_lower_case():
    assert read(Action=["S3:GetObject", "IAM:*"]).actions == ("s3:getobject", "iam:*")


@pytest.mark.parametrize("write", [json.dumps, lambda document: quote(json.dumps(document))])
def test_a_document_may_be_text_even_url_encoded(write):
    text = write({"Version": "2012-10-17", "Statement": STATEMENT})

    assert Policy.parse(text).statements == parse().statements


def test_the_version_may_be_missing_and_then_has_no_variables():
    document = {"Statement": STATEMENT | {"Resource": "arn:aws:s3:::${aws:username}"}}

    [old] = Policy.parse(document).statements
    [new] = Policy.parse(document | {"Version": "2012-10-17"}).statements

    assert not old.has_variables
    assert new.has_variables


def test_a_policy_may_have_an_id_and_no_statements():
    assert parse(Id="example").statements
    assert Policy.parse({"Statement": []}).statements == ()


def test_a_statement_has_a_label():
    assert read().label == "statement 1"
    assert read(Sid="ReadAll").label == "ReadAll"


@pytest.mark.parametrize(
    ("principal", "kind", "value", "account_id"),
    [
        ("*", "*", "*", ""),
        ({"AWS": "*"}, "AWS", "*", ""),
        ({"AWS": "111122223333"}, "AWS", "111122223333", "111122223333"),
        ({"AWS": "arn:aws:iam::111122223333:root"}, "AWS", "111122223333", "111122223333"),
        ({"AWS": "arn:aws-cn:iam::111122223333:root"}, "AWS", "111122223333", "111122223333"),
        (
            {"AWS": "arn:aws-us-gov:iam::111122223333:role/a"},
            "AWS",
            "arn:aws-us-gov:iam::111122223333:role/a",
            "111122223333",
        ),
        ({"AWS": "AIDACKCEVSQ6C2EXAMPLE"}, "AWS", "AIDACKCEVSQ6C2EXAMPLE", ""),
        ({"Service": "ec2.amazonaws.com"}, "Service", "ec2.amazonaws.com", ""),
        ({"Federated": "accounts.google.com"}, "Federated", "accounts.google.com", ""),
        ({"CanonicalUser": "79a59df900b9"}, "CanonicalUser", "79a59df900b9", ""),
    ],
)
def test_principals_of_every_kind_are_read(principal, kind, value, account_id):
    [found] = trust(principal)

    assert (found.kind, found.value, found.account_id) == (kind, value, account_id)


def test_principals_tell_what_they_are():
    [anyone] = trust({"AWS": "*"})
    [account] = trust({"AWS": "111122223333"})
    [deleted] = trust({"AWS": "AIDACKCEVSQ6C2EXAMPLE"})
    [service] = trust({"Service": "ec2.amazonaws.com"})

    assert anyone.is_anyone
    assert account.is_account
    assert deleted.is_unique_id
    assert not any([service.is_anyone, service.is_account, service.is_unique_id])
    assert [str(trust("*")[0]), str(service)] == ["*", "Service:ec2.amazonaws.com"]


def test_several_principals_are_read_in_order():
    found = trust({"AWS": ["111122223333", "444455556666"], "Service": "ec2.amazonaws.com"})

    assert [each.value for each in found] == ["111122223333", "444455556666", "ec2.amazonaws.com"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"Effect": "allow"}, "Effect"),
        ({"Effect": None}, "Effect"),
        ({"Action": None}, "Action"),
        ({"Action": []}, "Action"),
        ({"Action": ""}, "Action"),
        ({"Action": ["s3:*", 7]}, "Action"),
        ({"Action": "GetObject"}, "Action"),
        ({"NotAction": "s3:*"}, "NotAction"),
        ({"Resource": {"a": "b"}}, "Resource"),
        ({"NotResource": "*"}, "NotResource"),
        ({"Sid": 7}, "Sid"),
        ({"Resources": "*"}, "Resources"),
        ({"Principal": "everybody"}, "Principal"),
        ({"Principal": {}}, "Principal"),
        ({"Principal": {"AWS": []}}, "Principal"),
        ({"Principal": {"AWS": 7}}, "Principal"),
        ({"Principal": {"AWS": [""]}}, "Principal"),
        ({"Principal": {"Aws": "*"}}, "Principal"),
        ({"Principal": {"*": "*"}}, "Principal"),
        ({"Principal": "*", "NotPrincipal": "*"}, "NotPrincipal"),
        ({"Condition": []}, "Condition"),
        ({"Condition": {"Bool": "true"}}, "Condition"),
        ({"Condition": {"Bool": {"a:b": None}}}, "Condition"),
        ({"Condition": {"Bool": {"a:b": {"c": "d"}}}}, "Condition"),
    ],
)
def test_a_broken_statement_is_refused_with_field_and_value(change, field):
    broken = STATEMENT | change

    with pytest.raises(PolicyError) as caught:
        Policy.parse({"Statement": [STATEMENT, broken]}, name="example")

    error = caught.value
    assert (error.policy, error.statement, error.field) == ("example", 1, field)
    assert f"policy 'example', statement 1, {field}" in str(error)


@pytest.mark.parametrize("element", ["Effect", "Action", "Resource"])
def test_a_missing_element_is_refused(element):
    partial = {name: value for name, value in STATEMENT.items() if name != element}

    with pytest.raises(PolicyError) as caught:
        parse(partial)

    assert caught.value.field == element


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ("[]", ""),
        ("nothing", ""),
        ('{"Statement": [}', ""),
        ("{}", "Statement"),
        ('{"Statement": "Allow"}', "Statement"),
        ('{"Statement": ["Allow"]}', ""),
        ('{"Version": "2020-01-01", "Statement": []}', "Version"),
        ('{"Version": ["2012-10-17"], "Statement": []}', "Version"),
        ('{"Statements": []}', "Statements"),
        ('{"Statement": [], "Statement": []}', "Statement"),
        ('{"Statement": {"Effect": "Deny", "Effect": "Allow"}}', "Effect"),
        (f'{{"Statement": {"[" * 100_000}', ""),
        (f'{{"Statement": {"9" * 10_000}}}', ""),
    ],
)
def test_a_broken_document_is_refused(document, field):
    with pytest.raises(PolicyError) as caught:
        Policy.parse(document)

    assert caught.value.field == field


def test_a_long_value_is_shown_in_part():
    with pytest.raises(PolicyError) as caught:
        parse(STATEMENT | {"Effect": "x" * 1_000_000})

    assert len(str(caught.value)) < 300


HOSTILE = [
    "*a" * 500_000,
    "?" * 1_000_000,
    "*" * 1_000_000 + "b",
    "a*" * 1_000 + "b",
    "*?" * 1_000 + "b",
    "${aws:username}" * 60_000,
    "${" * 400_000,
]


@pytest.mark.parametrize("pattern", HOSTILE, ids=lambda pattern: pattern[:4])
@pytest.mark.parametrize("element", ["Action", "Resource"])
def test_hostile_patterns_are_answered_in_time(element, pattern):
    service = "s3:" if element == "Action" else ""
    started = time.process_time()

    policies = PolicySet(identity=(parse(STATEMENT | {element: service + pattern}),))
    user = "arn:aws:iam::111122223333:user/alice"
    decide(Request(user, "s3:GetObject", "arn:aws:s3:::" + "a" * 1_000), policies)
    granted(policies)

    assert time.process_time() - started < 2


def test_ten_thousand_actions_are_answered_in_time():
    actions = [f"s3:Get{i:05}*" for i in range(10_000)]
    started = time.process_time()

    grants = granted(PolicySet(identity=(parse(STATEMENT | {"Action": [*actions, "iam:*"]}),)))

    assert "iam:PassRole" in grants.everywhere
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "operator",
    ["StringLike", "StringEquals", "ArnLike", "NumericEquals", "DateEquals", "IpAddress", "Bool"],
)
def test_hostile_conditions_are_answered_in_time(operator):
    values = [*HOSTILE, "1" * 100_000, "2026-" * 10_000]
    hostile = {"Condition": {operator: {"aws:UserAgent": values}}}
    context = {"aws:UserAgent": "a" * 1_000, "aws:username": "x"}
    started = time.process_time()

    policies = PolicySet(resource=parse(STATEMENT | hostile | {"Principal": "*"}))
    decide(Request("*", "s3:GetObject", context=context), policies)

    assert time.process_time() - started < 2
