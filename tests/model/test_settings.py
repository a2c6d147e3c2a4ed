from datetime import date

import pytest

from rolecall.catalog import RULES, RulesById, find_rule
from rolecall.model.scope import Scope
from rolecall.model.settings import Settings, SettingsError, parse_settings
from rolecall.model.severity import Severity


def parse(**sections):
    return parse_settings(sections, RulesById())


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


def test_reads_overrides_of_rules():
    given = {"overrides": [{"ou": "/Sandbox", "tag": "tier=dev", "max_age_days": 180}]}

    settings = parse(rules={"access-key-rotation": given})

    [override] = settings.of(find_rule("access-key-rotation")).overrides
    assert override.scope == Scope(ou="/Sandbox", tag="tier=dev")
    assert override.parameters == {"max_age_days": 180}
    assert override.origin == "rules.access-key-rotation.overrides[1]"


EXCEPTION = {
    "rule": "unused-credentials",
    "resource": "arn:aws:iam::*:user/legacy-*",
    "account": "111122223333",
    "owner": "storage@example.com",
    "reason": "the appliance takes no other credentials",
    "ticket": "OPS-1234",
    "ends_on": date(2027, 1, 31),
}


@pytest.mark.parametrize("day", [date(2027, 1, 31), "2027-01-31"])
def test_reads_exceptions_with_their_day_as_toml_and_as_json_write_it(day):
    [exception] = parse(exceptions=[EXCEPTION | {"ends_on": day}]).exceptions

    assert exception.ends_on == date(2027, 1, 31)
    assert exception.scope == Scope(account="111122223333")
    assert (exception.owner, exception.ticket) == ("storage@example.com", "OPS-1234")
    assert exception.origin == "exceptions[1]"


def test_an_exception_is_the_same_whatever_becomes_of_its_reason_and_its_end():
    later = EXCEPTION | {"reason": "it takes longer", "ends_on": "2027-06-30"}
    elsewhere = EXCEPTION | {"account": "444455556666"}

    first, second, third = parse(exceptions=[EXCEPTION, later, elsewhere]).exceptions

    assert first.id == second.id != third.id


def test_no_parameter_is_called_like_a_scope():
    names = {name for rule in RULES for name in rule.parameters}

    assert not names & {"enabled", "overrides", "account", "ou", "path", "tag"}


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
        (
            {"rules": {"access-key-rotation": {"overrides": {"max_age_days": 1}}}},
            "rules.access-key-rotation.overrides should be tables, each written [[rules.",
        ),
        (
            {"rules": {"access-key-rotation": {"overrides": [{"max_age_days": 1}]}}},
            "rules.access-key-rotation.overrides[1] should say where it holds",
        ),
        (
            {"rules": {"access-key-rotation": {"overrides": [{"ou": "/Sandbox"}]}}},
            "rules.access-key-rotation.overrides[1] should set a parameter: max_age_days",
        ),
        (
            {"rules": {"access-key-rotation": {"overrides": [{"ou": "Sandbox"}]}}},
            "rules.access-key-rotation.overrides[1].ou should look like /Workloads/Production",
        ),
        (
            {"rules": {"access-key-rotation": {"overrides": [{"account": "1", "enabled": True}]}}},
            "rules.access-key-rotation.overrides[1].account should be an account id, it is '1'",
        ),
        (
            {"rules": {"access-key-rotation": {"overrides": [{"path": "/", "enabled": False}]}}},
            "rules.access-key-rotation.overrides[1].enabled is no parameter that exists",
        ),
        ({"exceptions": {}}, "exceptions should be tables, each written [[exceptions]]"),
        ({"exceptions": [{}]}, "exceptions[1].ends_on is missing: an exception ends"),
        ({"exceptions": [EXCEPTION | {"owner": " "}]}, "exceptions[1].owner is missing"),
        ({"exceptions": [EXCEPTION | {"reason": ""}]}, "exceptions[1].reason is missing"),
        (
            {"exceptions": [EXCEPTION | {"ends_on": "soon"}]},
            "exceptions[1].ends_on should be a day",
        ),
        (
            {"exceptions": [EXCEPTION | {"ends_on": "2027-02-30"}]},
            "exceptions[1].ends_on is no day",
        ),
        ({"exceptions": [EXCEPTION | {"until": "x"}]}, "exceptions[1].until is no key that exists"),
        ({"exceptions": [EXCEPTION | {"id": "x"}]}, "exceptions[1].id is no key that exists"),
        ({"exceptions": [EXCEPTION | {"rule": "no"}]}, "exceptions[1].rule: there is no rule 'no'"),
        (
            {"exceptions": [EXCEPTION | {"rule": "break-glass-used"}]},
            "exceptions[1].rule: break-glass-used is always told; name one finding of it",
        ),
        (
            {"exceptions": [EXCEPTION | {"tag": "=x"}]},
            "exceptions[1].tag should be key=value or key",
        ),
        (
            {"exceptions": [EXCEPTION | {"reason": "x" * 3000}]},
            "exceptions[1].reason should have at",
        ),
        (
            {"exceptions": [{"owner": "o", "reason": "r", "ends_on": "2027-01-31"}]},
            "exceptions[1] should say what it is about",
        ),
        ({"notifications": {"threshold": "urgent"}}, "notifications.threshold: 'urgent' is no"),
        ({"notifications": {"emails": []}}, "notifications.emails is no key that exists"),
        (
            {"notifications": {"max_messages_per_batch": 0}},
            "notifications.max_messages_per_batch should be from 1 to 1,000, it is 0",
        ),
        ({"retention": {"resolved_days": -1}}, "retention.resolved_days should be from 1 to 3,650"),
        (
            {"retention": {"detections_days": 99999999}},
            "retention.detections_days should be from 1 to 3,650, it is 99999999",
        ),
        (
            {"rules": {"access-key-rotation": {"max_age_days": 0}}},
            "rules.access-key-rotation.max_age_days should be from 1 to 3,650, it is 0",
        ),
        (
            {"rules": {"monitor-tampered": {"name_prefix": ""}}},
            "rules.monitor-tampered.name_prefix should not be empty text",
        ),
        (
            {"rules": {"alternate-contacts": {"wanted_contacts": ["SECURITY", "BILING"]}}},
            "rules.alternate-contacts.wanted_contacts does not know 'BILING'; known: SECURITY, BIL",
        ),
        (
            {
                "rules": {
                    "weak-password-policy": {
                        "overrides": [{"account": "111122223333", "required_classes": ["letters"]}]
                    }
                }
            },
            "rules.weak-password-policy.overrides[1].required_classes does not know 'letters'",
        ),
        ({"retention": {"detections_days": "long"}}, "retention.detections_days should be a whole"),
    ],
)
def test_says_which_key_is_wrong_and_what_would_be_right(sections, sentence):
    with pytest.raises(SettingsError) as error:
        parse(**sections)

    assert str(error.value).startswith(sentence)
