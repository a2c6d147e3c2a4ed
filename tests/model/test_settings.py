import pytest

from rolecall.catalog import RULES, find_rule
from rolecall.model.settings import Settings, SettingsError, parse_settings
from rolecall.model.severity import Severity


def parse(**sections):
    return parse_settings(sections, RULES)


def test_everything_has_a_default():
    assert parse() == Settings()


def test_reads_parameters_of_rules():
    settings = parse(
        rules={
            "access-key-rotation": {"max_age_days": 60},
            "foreign-account-trust": {"trusted_accounts": ["777788889999"]},
            "mfa-removed": {"enabled": False},
        }
    )

    assert settings.of(find_rule("access-key-rotation")).parameters == {"max_age_days": 60}
    assert settings.of(find_rule("foreign-account-trust")).parameters == {
        "trusted_accounts": ("777788889999",)
    }
    assert not settings.of(find_rule("mfa-removed")).enabled
    assert settings.of(find_rule("root-activity")).enabled


def test_reads_notifications_and_retention():
    settings = parse(
        notifications={"threshold": "medium", "max_messages_per_batch": 3, "rules_url": "u"},
        retention={"resolved_days": 7, "detections_days": 30},
    )

    assert settings.notifications.threshold is Severity.MEDIUM
    assert settings.notifications.max_messages_per_batch == 3
    assert settings.retention.resolved_days == 7


@pytest.mark.parametrize(
    ("sections", "sentence"),
    [
        ({"rule": {}}, "rule is no key that exists; known: rules, exceptions, notifications"),
        ({"rules": []}, "rules should be a table"),
        ({"rules": {"key-rotation": {}}}, "rules.key-rotation is no rule that exists; known: "),
        ({"rules": {"mfa-removed": 7}}, "rules.mfa-removed should be a table"),
        (
            {"rules": {"access-key-rotation": {"days": 1}}},
            "rules.access-key-rotation.days is no parameter that exists; known: enabled, max_age",
        ),
        (
            {"rules": {"access-key-rotation": {"max_age_days": "90"}}},
            "rules.access-key-rotation.max_age_days should be a whole number, it is '90'",
        ),
        (
            {"rules": {"access-key-rotation": {"max_age_days": True}}},
            "rules.access-key-rotation.max_age_days should be a whole number, it is True",
        ),
        (
            {"rules": {"access-key-rotation": {"enabled": 1}}},
            "rules.access-key-rotation.enabled should be true or false, it is 1",
        ),
        (
            {"rules": {"foreign-account-trust": {"trusted_accounts": "777788889999"}}},
            "rules.foreign-account-trust.trusted_accounts should be a list of texts",
        ),
        (
            {"rules": {"foreign-account-trust": {"trusted_accounts": [777788889999]}}},
            "rules.foreign-account-trust.trusted_accounts should be a list of texts",
        ),
        ({"notifications": {"threshold": "urgent"}}, "notifications.threshold: 'urgent' is no"),
        ({"notifications": {"emails": []}}, "notifications.emails is no key that exists"),
        (
            {"notifications": {"max_messages_per_batch": 0}},
            "notifications.max_messages_per_batch should be at least 1, it is 0",
        ),
        ({"retention": {"resolved_days": -1}}, "retention.resolved_days should be at least 1"),
        ({"retention": {"detections_days": "long"}}, "retention.detections_days should be a whole"),
    ],
)
def test_says_which_key_is_wrong_and_what_would_be_right(sections, sentence):
    with pytest.raises(SettingsError) as error:
        parse(**sections)

    assert str(error.value).startswith(sentence)
