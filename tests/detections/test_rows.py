"""What holds for every detection that is a row of a table."""

import pytest

from rolecall.catalog import find_rule
from rolecall.model.severity import Severity
from tests.builders import event, role_identity
from tests.detections.rows import PLACE, ROWS, places, put, request_for
from tests.sdk_names import has_parameter, operation

CALLS = [
    pytest.param(row, (source, name), id=f"{row.id}-{name}")
    for row in ROWS
    for source, calls in row.calls_by_source.items()
    for name in calls
]
CASES = [
    pytest.param(row, case, id=f"{row.id}-{number}")
    for row in ROWS
    for number, case in enumerate(row.cases)
]

each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
each_call = pytest.mark.parametrize(("row", "call"), CALLS)
each_case = pytest.mark.parametrize(("row", "case"), CASES)

A_SERVICE = role_identity(
    "AWSServiceRoleForSSO", "SSO", path="/aws-service-role/sso.amazonaws.com/"
)


def judged(row, call, **fields):
    rule = find_rule(row.id)
    source, name = call
    given = event(name, source=source, **{"request": request_for(row), **fields})
    return rule.judge(given, {}) if rule.wants(given) else []


@each_call
def test_a_call_is_told_in_words_that_name_who_and_what(row, call):
    [evidence] = judged(row, call)

    assert evidence.severity is None or evidence.severity in {case.severity for case in row.cases}
    assert evidence.summary.startswith("user mallory ")
    assert "(not told)" not in evidence.summary
    assert "{" not in evidence.summary


@each_call
def test_a_refused_call_is_told_as_an_attempt_once_a_day(row, call):
    refused = [judged(row, call, error="AccessDenied") for _ in range(2)]

    if row.refused is None:
        assert refused == [[], []]
        return
    [first], [second] = refused
    assert first.severity is row.refused
    assert first.summary == f"user mallory was refused {call[1]} (AccessDenied)"
    assert first.occasion == second.occasion


@each_call
def test_a_call_that_failed_for_another_reason_is_quiet(row, call):
    assert not judged(row, call, error="ValidationException")


@each_call
def test_what_aws_does_by_itself_is_quiet_unless_that_is_what_the_row_is_about(row, call):
    assert bool(judged(row, call, actor=A_SERVICE)) is row.is_by_aws


@each_call
def test_a_call_of_the_same_name_to_another_service_is_quiet(row, call):
    other = event(call[1], source="frauddetector.amazonaws.com", request=request_for(row))

    assert not find_rule(row.id).wants(other)


@each_call
def test_an_event_without_parameters_is_told_and_is_about_the_account(row, call):
    [evidence] = judged(row, call, request=None)

    if places(row):
        assert evidence.resource.type == "AwsAccount"


@each_row
def test_words_are_those_of_the_house(row):
    for calls in row.calls_by_source.values():
        assert all(words[0].islower() and words[-1] != "." for words in calls.values())
    # What succeeds may be routine where being refused is not.
    assert row.refused is None or row.refused <= Severity.LOW or row.refused < row.severity


@each_call
def test_every_parameter_that_the_words_name_exists_in_the_api(row, call):
    source, name = call
    api = operation(source, name)
    named = PLACE.findall(row.calls_by_source[source][name])

    assert api is None or [path for path in named if not has_parameter(api, path)] == []


@each_row
def test_the_resource_is_named_by_parameters_of_some_of_the_calls(row):
    for path in PLACE.findall(row.about.arn):
        assert is_parameter(row, path), path


@each_case
def test_a_case_has_a_severity_of_its_own(row, case):
    earlier = row.cases[: row.cases.index(case)]
    source, name = next(
        (source, name)
        for source, calls in row.calls_by_source.items()
        for name in calls
        if not case.calls or name in case.calls
        if not any(name in each.calls and not each.parameter for each in earlier)
    )
    request = request_for(row)
    if "userName" in request:
        request["userName"] = "bob" if case.of_another else "mallory"
    if case.parameter:
        put(request, case.parameter, case.values[0].replace("*", "something"))

    [evidence] = judged(row, (source, name), request=request)

    assert evidence.severity is case.severity
    assert case.severity is not row.severity


@each_case
def test_a_case_is_about_calls_and_parameters_that_exist(row, case):
    names = {name for calls in row.calls_by_source.values() for name in calls}

    assert set(case.calls) <= names
    assert not case.parameter or is_parameter(row, case.parameter)
    assert not case.of_another or "userName" in places(row)


def is_parameter(row, path):
    """Tell whether any of the row's calls takes the parameter."""
    apis = [
        operation(source, name) for source, calls in row.calls_by_source.items() for name in calls
    ]
    return any(api is None or has_parameter(api, path) for api in apis)
