"""What holds for every detection that is a row of a table."""

import pytest

from rolecall.catalog import find_rule
from rolecall.model.severity import Severity
from tests.builders import event, role_identity
from tests.detections.rows import PLACE, ROWS, places, request_for
from tests.sdk_names import has_parameter, operation

CALLS = [pytest.param(row, name, id=f"{row.id}-{name}") for row in ROWS for name in row.calls]

each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
each_call = pytest.mark.parametrize(("row", "name"), CALLS)

A_SERVICE = role_identity(
    "AWSServiceRoleForSSO", "SSO", path="/aws-service-role/sso.amazonaws.com/"
)


def judged(row, name, **fields):
    rule = find_rule(row.id)
    given = event(name, source=row.source, **{"request": request_for(row), **fields})
    return rule.judge(given, {}) if rule.wants(given) else []


@each_call
def test_a_call_is_told_in_words_that_name_who_and_what(row, name):
    [evidence] = judged(row, name)

    assert evidence.severity is None
    assert evidence.summary.startswith("user mallory ")
    assert "(not told)" not in evidence.summary
    assert "{" not in evidence.summary


@each_call
def test_a_refused_call_is_told_as_an_attempt_once_a_day(row, name):
    refused = [judged(row, name, error="AccessDenied") for _ in range(2)]

    if row.refused is None:
        assert refused == [[], []]
        return
    [first], [second] = refused
    assert first.severity is row.refused
    assert first.summary == f"user mallory was refused {name} (AccessDenied)"
    assert first.occasion == second.occasion


@each_call
def test_a_call_that_failed_for_another_reason_is_quiet(row, name):
    assert not judged(row, name, error="ValidationException")


@each_call
def test_what_aws_does_by_itself_is_quiet_unless_that_is_what_the_row_is_about(row, name):
    assert bool(judged(row, name, actor=A_SERVICE)) is row.is_by_aws


@each_call
def test_a_call_of_the_same_name_to_another_service_is_quiet(row, name):
    other = event(name, source="frauddetector.amazonaws.com", request=request_for(row))

    assert not find_rule(row.id).wants(other)


@each_call
def test_an_event_without_parameters_is_told_and_is_about_the_account(row, name):
    [evidence] = judged(row, name, request=None)

    if places(row):
        assert evidence.resource.type == "AwsAccount"


@each_row
def test_words_are_those_of_the_house(row):
    assert all(words[0].islower() and words[-1] != "." for words in row.calls.values())
    assert row.refused is None or row.refused < row.severity or row.severity is Severity.LOW


@each_call
def test_every_parameter_that_the_words_name_exists_in_the_api(row, name):
    call = operation(row.source, name)
    named = PLACE.findall(row.calls[name])

    assert call is None or [path for path in named if not has_parameter(call, path)] == []


@each_row
def test_the_resource_is_named_by_parameters_of_some_of_the_calls(row):
    calls = [operation(row.source, name) for name in row.calls]

    for path in PLACE.findall(row.about.arn):
        assert any(call is None or has_parameter(call, path) for call in calls), path
