"""What holds for every rule, present and future."""

import json
from pathlib import Path

import pytest

from rolecall.catalog import CHECKS, DETECTIONS, RULES, find_rule
from rolecall.model.gravity import RIGHTS
from tests.detections.rows import ROWS
from tests.sdk_names import operation

TESTS = Path(__file__).parent

COUNTED = ("attempts", "failures", "kinds", "networks", "users")
UNITS = (*COUNTED, "_characters", "_days", "_hours", "_passwords")

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
OF_TABLES = {row.id for row in ROWS}
each_file = pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.id not in OF_TABLES], ids=lambda rule: rule.id
)
each_detection = pytest.mark.parametrize("rule", DETECTIONS, ids=lambda rule: rule.id)


def test_there_are_rules_of_both_kinds():
    assert len(CHECKS) > 5
    assert len(DETECTIONS) > 5


def test_ids_are_unique():
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_a_rule_is_found_by_its_id():
    assert all(find_rule(rule.id) is rule for rule in RULES)


@each_file
def test_is_named_after_its_file_and_its_function(rule):
    name = rule.evaluate.__name__

    assert rule.id == name.replace("_", "-")
    assert rule.evaluate.__module__.rpartition(".")[2] == name


@each_rule
def test_says_why_it_matters_and_what_to_do(rule):
    assert len(rule.why) > 40
    assert len(rule.remediation) > 40
    assert rule.title[0].isupper()
    assert not rule.title.endswith(".")


@each_rule
def test_gives_references_that_are_addresses(rule):
    assert rule.references
    assert all(reference.startswith("https://") for reference in rule.references)


@each_file
def test_has_tests_of_its_own_name(rule):
    assert list(TESTS.glob(f"*/*/test_{rule.evaluate.__name__}.py"))


@each_rule
def test_has_parameters_with_defaults_that_the_configuration_can_express(rule):
    for name, default in rule.parameters.items():
        assert isinstance(default, int | bool | str | tuple), name
        is_number = isinstance(default, int) and not isinstance(default, bool)
        assert not is_number or any(unit in name for unit in UNITS), name


@each_rule
def test_offers_choices_for_its_own_parameters_and_by_default_takes_some_of_them(rule):
    for name, choices in rule.choices.items():
        default = rule.parameters[name]
        assert set(default if isinstance(default, tuple) else (default,)) <= set(choices)


@each_rule
def test_names_the_version_of_every_standard(rule):
    for control in rule.compliance:
        assert control.standard
        assert control.version
        assert control.number


@each_file
def test_keeps_to_sixty_lines_of_code(rule):
    source = Path(rule.evaluate.__code__.co_filename).read_text()
    logic = source[source.index("\ndef ") :]

    assert logic.count("\n") <= 75


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_belongs_to_an_audit(check):
    assert check.audits


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_that_grades_says_that_it_weighs_rights(check):
    grades = "graded" in check.evaluate.__globals__

    assert check.weighs >= RIGHTS if grades else not check.weighs


@each_detection
def test_patterns_are_small_enough_for_eventbridge(rule):
    for pattern in rule.patterns:
        assert len(json.dumps(pattern.detail())) < 2048


@each_detection
def test_wants_something_in_particular(rule):
    assert all(pattern.detail() for pattern in rule.patterns)


def test_every_event_that_a_detection_names_exists_in_the_api_of_its_service():
    unknown = [
        f"{detection.id}: {source} {name}"
        for detection in DETECTIONS
        for pattern in detection.patterns
        for source in pattern.sources
        for name in pattern.names
        if not exists(source, name)
    ]

    assert not unknown


def exists(source, name):
    try:
        operation(source, name)
    except KeyError:
        return False
    return True
