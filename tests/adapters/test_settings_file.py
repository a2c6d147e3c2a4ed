import json
from pathlib import Path

import pytest

import rolecall
from rolecall.adapters.settings_file import (
    FUNCTION_PEOPLE,
    FUNCTION_SETTINGS,
    read_function_people,
    read_function_settings,
    read_settings,
)
from rolecall.catalog import find_rule
from rolecall.model.settings import SettingsError
from rolecall.model.severity import Severity

SHIPPED = Path(__file__).parents[2] / "rolecall.toml"


@pytest.fixture
def write(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_functions_find_their_settings_beside_the_package():
    assert Path(rolecall.__file__).parent.parent / "settings.json" == FUNCTION_SETTINGS


def test_a_function_reads_rules_messages_and_retention(write):
    content = {
        "rules": {
            "access-key-rotation": {"max_age_days": 30},
            "long-lived-user": {"enabled": False},
        },
        "notifications": {"threshold": "MEDIUM"},
        "retention": {"resolved_days": 7},
    }

    settings = read_function_settings(write("settings.json", json.dumps(content)))

    assert settings.of(find_rule("access-key-rotation")).parameters == {"max_age_days": 30}
    assert not settings.of(find_rule("long-lived-user")).enabled
    assert settings.notifications.threshold is Severity.MEDIUM
    assert settings.retention.resolved_days == 7


def test_a_function_without_settings_does_not_run_with_others(tmp_path):
    with pytest.raises(SettingsError, match=r"settings\.json: No such file"):
        read_function_settings(tmp_path / "settings.json")


def test_functions_find_the_list_of_people_beside_their_settings():
    assert FUNCTION_PEOPLE.parent == FUNCTION_SETTINGS.parent
    assert FUNCTION_PEOPLE.name == "people.json"


def test_a_function_reads_who_works_here(write):
    content = {"source": "people.csv", "people": [{"user_name": "alice", "is_active": False}]}

    people = read_function_people(write("people.json", json.dumps(content)))

    assert people.source == "people.csv"
    assert not people.find("alice").is_active


def test_a_function_runs_without_a_list_of_people(tmp_path):
    assert read_function_people(tmp_path / "people.json") is None


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"people": [1]}'])
def test_a_broken_list_of_people_is_not_no_list(write, text):
    with pytest.raises(SettingsError, match=r"people\.json"):
        read_function_people(write("people.json", text))


def test_the_file_that_is_shipped_can_be_read():
    assert read_settings(SHIPPED).retention.detections_days == 400


def test_the_command_line_reads_past_what_concerns_the_deployment(write):
    text = """
        [hub]
        account = "111122223333"
        [notifications]
        emails = ["security@example.com"]
        threshold = "LOW"
        [retention]
        log_days = 30
    """

    settings = read_settings(write("rolecall.toml", text))

    assert settings.notifications.threshold is Severity.LOW


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[rules.acces-key-rotation]\nenabled = false", "rules.acces-key-rotation"),
        ("[rules.access-key-rotation]\nmax_age = 3", "rules.access-key-rotation.max_age"),
        (
            "[rules.access-key-rotation]\nmax_age_days = '3'",
            "rules.access-key-rotation.max_age_days",
        ),
        ("[notifications]\nthreshold = 'LOUD'", "notifications.threshold"),
        ("[retention]\nresolved_days = 0", "retention.resolved_days"),
        ("retention = 3", "retention should be a table"),
        ("[rules\n", "at line 1"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_key(write, text, problem):
    path = write("rolecall.toml", text)

    with pytest.raises(SettingsError) as raised:
        read_settings(path)

    assert str(raised.value).startswith(f"{path}: ")
    assert problem in str(raised.value)


@pytest.mark.parametrize("text", ["[]", "{", ""])
def test_what_is_no_settings_file_is_an_error(write, text):
    with pytest.raises(SettingsError):
        read_function_settings(write("settings.json", text))


def test_bytes_that_are_no_text_are_an_error(tmp_path):
    path = tmp_path / "rolecall.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(SettingsError, match=r"rolecall\.toml"):
        read_settings(path)
