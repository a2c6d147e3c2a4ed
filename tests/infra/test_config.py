import itertools
import json
import re
import tomllib
from datetime import date

import pytest

from infra.config import load, parse
from infra.function_settings import break_glass_principals
from rolecall.model.settings import SettingsError
from tests.infra.synthesis import REPOSITORY, example_configuration, single_account_configuration


def test_accepts_the_file_in_the_repository():
    settings = load(REPOSITORY / "rolecall.toml")

    assert settings.hub.account == "111122223333"
    assert settings.organization.management_account == "444455556666"
    assert settings.emails == ("security@example.com",)
    assert settings.functions.rules["access-key-rotation"].parameters == {"max_age_days": 90}


def test_documents_every_key_of_the_file_in_the_repository():
    lines = (REPOSITORY / "rolecall.toml").read_text().splitlines()

    for before, line in itertools.pairwise(lines):
        if re.match(r"\w+ = ", line):
            assert before.startswith("#"), f"{line} has no comment"


def test_mentions_every_key_there_is():
    from infra.config import SECTIONS

    configuration = example_configuration()

    for section, keys in SECTIONS.items():
        if keys:
            assert set(keys) <= set(configuration[section]), section


def test_takes_what_the_file_in_the_repository_shows_in_comments():
    text = (REPOSITORY / "rolecall.toml").read_text()
    shown = text[text.index("# Other values for some") :]
    example = re.sub(r"(?m)^# (?=\[|\w+ = )", "", shown)

    settings = parse(example_configuration() | _merged(tomllib.loads(example)))

    [exception] = settings.functions.exceptions
    assert exception.ends_on == date(2027, 1, 31)
    [override] = settings.functions.rules["access-key-rotation"].overrides
    assert override.scope.ou == "/Sandbox"
    assert break_glass_principals(settings.functions) == ("arn:aws:iam::*:role/break-glass",)
    assert json.loads(json.dumps(settings.functions_data))["exceptions"][0]["ends_on"]


def _merged(data):
    return {"rules": data["rules"], "exceptions": data["exceptions"]}


@pytest.mark.parametrize("arn", ["break-glass", "arn:aws:iam::*:role/b?", "arn:aws:iam::*:role/**"])
def test_takes_as_break_glass_what_eventbridge_can_match(arn):
    configuration = example_configuration()
    configuration["rules"] = {"break-glass-used": {"principals": [arn]}}

    with pytest.raises(
        SettingsError, match=r"rules\.break-glass-used\.principals should list ARNs"
    ):
        parse(configuration)


def test_takes_as_a_crown_jewel_only_what_can_name_a_user_or_role():
    configuration = example_configuration()
    configuration["rules"] = {"crown-jewel-in-reach": {"principals": ["payroll"]}}

    with pytest.raises(
        SettingsError, match=r"rules\.crown-jewel-in-reach\.principals should list ARNs"
    ):
        parse(configuration)


def test_watches_a_single_account_when_there_is_no_organization():
    settings = parse(single_account_configuration())

    assert settings.organization is None


def test_gives_the_functions_what_concerns_them_and_nothing_else():
    settings = parse(example_configuration())

    assert set(settings.functions_data) == {"rules", "notifications", "pipelines", "retention"}
    assert "emails" not in settings.functions_data["notifications"]
    assert "log_days" not in settings.functions_data["retention"]


def test_has_defaults_for_all_but_the_hub_and_the_schedules():
    settings = parse(
        {
            "hub": {"account": "111122223333", "region": "eu-central-1"},
            "audits": {
                "key_rotation": "rate(1 day)",
                "user_age": "rate(24 hours)",
                "over_privilege": "cron(30 */6 ? * * *)",
            },
        }
    )

    assert settings.hub.protect_data
    assert settings.sign_in_regions == ()
    assert settings.emails == ()
    assert settings.log_days == 90
    assert settings.audits.max_concurrency == 20


@pytest.mark.parametrize(
    ("hub_region", "sign_in_regions", "regions"),
    [
        ("us-east-1", [], ("us-east-1",)),
        ("eu-central-1", ["us-east-1"], ("us-east-1", "eu-central-1")),
        ("us-gov-east-1", [], ("us-gov-west-1", "us-gov-east-1")),
        ("cn-northwest-1", [], ("cn-north-1", "cn-northwest-1")),
    ],
)
def test_forwards_from_identity_hub_and_sign_in_regions(hub_region, sign_in_regions, regions):
    configuration = example_configuration()
    configuration["hub"]["region"] = hub_region
    configuration["events"]["sign_in_regions"] = sign_in_regions

    assert parse(configuration).member_regions == regions


WRONG = [
    # section, key, value, what the sentence must say
    ("hub", "account", 111122223333, "hub.account should be a text in quotes"),
    ("hub", "account", "1111-2222-3333", "hub.account should be an account id: twelve digits"),
    ("hub", "account", None, "hub.account is missing"),
    ("hub", "region", "eu-central-9", "hub.region: 'eu-central-9' is no region"),
    ("hub", "protect_data", "yes", "hub.protect_data should be true or false"),
    ("hub", "acount", "1", "hub.acount is no key that exists; known: account, region"),
    ("organization", "id", "o-short", "organization.id should be the organization's id"),
    ("organization", "management_account", "12", "organization.management_account should be an"),
    ("organization", "targets", ["ou-1"], "organization.targets should list the root (r-ab12)"),
    ("organization", "targets", [], "organization.targets is empty or missing"),
    ("organization", "targets", "r-ab12", "organization.targets should be a list of texts"),
    ("organization", "targets", ["r-ab12", "r-ab12"], "organization.targets says something twice"),
    ("events", "sign_in_regions", ["moon-1"], "events.sign_in_regions: 'moon-1' is no region"),
    ("notifications", "emails", ["nobody"], "notifications.emails should list e-mail addresses"),
    ("notifications", "emails", ["a@b.", "c"], "notifications.emails should list e-mail addresses"),
    ("notifications", "emails", ["a@example.com", "A@example.com"], "emails says something twice"),
    (
        "events",
        "sign_in_regions",
        ["cn-north-1"],
        "cn-north-1 is not in the partition of us-east-1",
    ),
    ("hub", "account", "444455556666", "hub.account is organization.management_account"),
    ("notifications", "threshold", "BAD", "notifications.threshold: 'BAD' is no severity"),
    ("notifications", "max_messages_per_batch", 0, "notifications.max_messages_per_batch should"),
    ("notifications", "mails", [], "notifications.mails is no key that exists; known: emails"),
    ("audits", "key_rotation", None, "audits.key_rotation is missing"),
    (
        "audits",
        "user_age",
        "cron(0 5 ? * MON *)",
        "audits.user_age should fire at least once a day",
    ),
    ("audits", "user_age", "cron(0 25 * * ? *)", "audits.user_age should fire at least once a day"),
    ("audits", "user_age", "cron(0 5 * * * *)", "audits.user_age should fire at least once a day"),
    ("audits", "user_age", "cron(60 5 * * ? *)", "audits.user_age should fire at least once a day"),
    ("audits", "user_age", "cron(a 5 * * ? *)", "audits.user_age should fire at least once a day"),
    ("audits", "user_age", "rate(2 days)", "audits.user_age should fire at least once a day"),
    ("audits", "user_age", "rate(25 hours)", "audits.user_age should fire at least once a day"),
    ("audits", "user_age", "rate(0 hours)", "audits.user_age should fire at least once a day"),
    ("audits", "user_age", "daily", "audits.user_age should fire at least once a day"),
    ("audits", "max_concurrency", 0, "audits.max_concurrency should be a whole number from 1 to"),
    ("audits", "max_concurrency", True, "audits.max_concurrency should be a whole number from 1"),
    ("audits", "tolerated_failure_percentage", 101, "should be a whole number from 0 to 100"),
    ("retention", "log_days", 91, "retention.log_days should be one of 1, 3, 5"),
    ("retention", "resolved_days", 0, "retention.resolved_days should be from 1 to 3,650"),
    ("rules", "access-key-rotaton", {}, "rules.access-key-rotaton is no rule that exists"),
    ("rules", "access-key-rotation", {"age": 1}, "rules.access-key-rotation.age is no parameter"),
    ("rules", "access-key-rotation", {"max_age_days": "90"}, "max_age_days should be a whole"),
    ("rules", "access-key-rotation", 90, "rules.access-key-rotation should be a table"),
]


@pytest.mark.parametrize(
    ("section", "key", "value", "sentence"),
    WRONG,
    ids=[f"{section}.{key}={value}" for section, key, value, _ in WRONG],
)
def test_names_the_key_that_is_wrong_and_the_way_out(section, key, value, sentence):
    configuration = example_configuration()
    configuration[section][key] = value
    if value is None:
        del configuration[section][key]

    with pytest.raises(SettingsError, match=re.escape(sentence)):
        parse(configuration)


def test_refuses_a_section_that_does_not_exist():
    with pytest.raises(SettingsError, match="hubs is no section; known: hub, organization"):
        parse({"hubs": {}})


def test_refuses_a_section_that_is_no_table():
    with pytest.raises(SettingsError, match=re.escape("hub should be a table, written [hub]")):
        parse({"hub": "111122223333"})


def test_names_the_line_of_a_file_that_is_no_toml(tmp_path):
    (tmp_path / "rolecall.toml").write_text("[hub\n")

    with pytest.raises(SettingsError, match=r"rolecall\.toml is no TOML: .*line 1"):
        load(tmp_path / "rolecall.toml")


def test_says_how_to_name_another_file(tmp_path):
    with pytest.raises(SettingsError, match="does not exist; name another with -c config=PATH"):
        load(tmp_path / "missing.toml")


def test_says_that_a_file_is_not_utf_8(tmp_path):
    (tmp_path / "rolecall.toml").write_bytes(b"# caf\xe9\n")

    with pytest.raises(SettingsError, match=r"rolecall\.toml is not UTF-8, from byte 5 on"):
        load(tmp_path / "rolecall.toml")


def test_says_that_a_file_cannot_be_read(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load(tmp_path)


@pytest.fixture
def write_people(tmp_path):
    """Write a list of people beside a rolecall.toml that names it; return the latter's path."""

    def write_people(content, name="people.csv"):
        (tmp_path / name).write_bytes(content)
        text = (REPOSITORY / "rolecall.toml").read_text()
        path = tmp_path / "rolecall.toml"
        path.write_text(text.replace('list = ""', f'list = "{name}"'))
        return path

    return write_people


def test_gives_the_functions_the_list_of_people_and_nothing_else_of_them(write_people):
    table = b"email,salary,active\nalice@example.com,1,yes\nbob@example.com,2,no\n"

    settings = load(write_people(table))

    assert settings.function_files["people.json"] == {
        "source": "people.csv",
        "people": [
            {
                "user_name": f"{name}@example.com",
                "emails": [f"{name}@example.com"],
                "is_active": is_,
            }
            for name, is_ in (("alice", True), ("bob", False))
        ],
    }


def test_gives_the_functions_no_list_of_people_where_none_is_named():
    assert set(load(REPOSITORY / "rolecall.toml").function_files) == {"settings.json"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name\nalice\n", r"people\.csv: it has neither a column user_name nor a column email"),
        (b"email,active\n,yes\n", r"people\.csv names nobody"),
        (b"email\ncaf\xe9\n", r"people\.csv is not UTF-8"),
        (b'[{"user_name": "alice", "is_active": "false"}]', "'false' is text"),
    ],
)
def test_says_what_is_wrong_with_the_list_of_people(write_people, content, sentence):
    with pytest.raises(SettingsError, match=rf"people\.list: .*{sentence}"):
        load(write_people(content))


def test_says_that_the_list_of_people_is_missing(write_people, tmp_path):
    path = write_people(b"email\n")
    (tmp_path / "people.csv").unlink()

    with pytest.raises(SettingsError, match=r"people\.list: .* cannot be read: No such file"):
        load(path)
