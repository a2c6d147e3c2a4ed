from rolecall.model.completeness import Part
from rolecall.model.overrides import Override
from rolecall.model.rule import Check, Control, Detection, EventPattern
from rolecall.model.scope import Place, Scope
from rolecall.model.settings import RuleSettings, Settings
from rolecall.model.severity import Severity
from rolecall.services.explain import explain, markdown, occasion
from tests.builders import ACCOUNT, HUB, an_exception


@Check(
    id="old-key",
    title="Keys are young",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    in_every_audit=True,
    remediation="Make a new one.",
    references=("https://example.com/keys",),
    compliance=(Control("CIS AWS Foundations", "5.0.0", "1.13"),),
)
def old_key(_account, *, max_age_days=90, except_for=()):
    """A key that leaked works
    on and on.

    Nobody <sees> it, `not <ever>`.
    """
    yield from (max_age_days, except_for)


@Detection(
    id="root-used",
    title="Root was used",
    severity=Severity.HIGH,
    patterns=(
        EventPattern(sources=("iam.amazonaws.com",), names=("CreateUser", "DeleteUser")),
        EventPattern(identity_types=("Root",)),
    ),
    remediation="Ask who it was.",
    references=("https://example.com/root",),
    attack=("T1078.004",),
    false_positives=("Closing the account.",),
)
def root_used(_event):
    """Nothing limits root."""
    yield from ()


def section(rule, heading, settings=None):
    explanation = explain(rule, settings or Settings())
    [found] = [each for each in explanation.sections if each.heading == heading]
    return found


def test_a_rule_says_why_it_matters_one_line_for_each_paragraph():
    assert section(old_key, "Why it matters").text == (
        "A key that leaked works on and on.\n\nNobody <sees> it, `not <ever>`."
    )


def test_parameters_are_shown_as_the_configuration_writes_them():
    assert section(old_key, "Parameters").points == ("max_age_days = 90", "except_for = []")


def test_parameters_in_force_are_shown_with_the_default_that_they_replace():
    settings = Settings(rules={"old-key": RuleSettings(parameters={"max_age_days": 30})})

    [days, _] = section(old_key, "Parameters", settings).points

    assert days == "max_age_days = 30  # default: 90"


def test_a_rule_that_is_switched_off_says_so():
    settings = Settings(rules={"old-key": RuleSettings(enabled=False)})

    assert not explain(old_key, settings).is_enabled
    assert explain(old_key, Settings()).is_enabled


def test_events_are_named_in_words():
    assert section(root_used, "Events").points == (
        "iam.amazonaws.com: CreateUser, DeleteUser",
        "every event by identity type Root",
    )


def test_techniques_come_with_their_address():
    [technique] = section(root_used, "MITRE ATT&CK").points

    assert technique == "T1078.004 https://attack.mitre.org/techniques/T1078/004/"


def test_what_a_rule_has_not_is_left_out():
    headings = [each.heading for each in explain(root_used, Settings()).sections]

    assert headings == [
        "Why it matters",
        "What to do",
        "Events",
        "Who does this legitimately",
        "MITRE ATT&CK",
        "Read more",
    ]


def test_occasions_are_audits_or_events():
    assert occasion(old_key) == "every audit"
    assert occasion(root_used) == "events"


def test_markdown_has_a_heading_to_link_to_and_shows_marks_and_code_as_they_are():
    text = markdown(explain(old_key, Settings()))

    assert text.startswith("## old-key\n\n**Keys are young** · MEDIUM · every audit\n")
    assert "Nobody \\<sees> it, `not <ever>`." in text
    assert "```toml\n[rules.old-key]\nmax_age_days = 90\nexcept_for = []\n```" in text
    assert "- CIS AWS Foundations 5.0.0 1.13\n" in text
    assert text.endswith("- <https://example.com/keys>")


LAYERED = Settings(
    rules={
        "old-key": RuleSettings(
            parameters={"max_age_days": 80},
            overrides=(
                Override(Scope(account=ACCOUNT), {"max_age_days": 60}, "overrides[1]"),
                Override(Scope(ou="/Sandbox"), {"except_for": ("x",)}, "overrides[2]"),
                Override(Scope(tag="tier=prod"), {"max_age_days": 30}, "overrides[3]"),
                Override(Scope(account=HUB, path="/ci/"), {"max_age_days": 5}, "overrides[4]"),
            ),
        )
    },
    exceptions=(
        an_exception(rule="old-key", resource="arn:aws:iam::*:user/a"),
        an_exception(rule="another-rule"),
        an_exception(rule="old-key", scope=Scope(account=HUB)),
    ),
)


def sections(place=None):
    return {each.heading: each.points for each in explain(old_key, LAYERED, place).sections}


def test_says_of_an_account_what_applies_and_from_where():
    said = sections(Place(account_id=ACCOUNT, ou_path="/Sandbox/Team"))

    assert said[f"Parameters in account {ACCOUNT} in /Sandbox/Team"] == (
        f"max_age_days = 60  # overrides[1] (account {ACCOUNT})",
        'except_for = ["x"]  # overrides[2] (ou /Sandbox)',
    )
    assert said["Different for some"] == ("tag tier=prod: max_age_days = 30 (overrides[3])",)


def test_names_what_may_apply_where_the_unit_is_not_known():
    said = sections(Place(account_id=ACCOUNT))

    assert said[f"Parameters in account {ACCOUNT}"][1] == "except_for = []  # default"
    assert said["Different for some"] == (
        'ou /Sandbox: except_for = ["x"] (overrides[2])',
        "tag tier=prod: max_age_days = 30 (overrides[3])",
    )


def test_names_the_exceptions_that_reach_the_account():
    [exception] = sections(Place(account_id=ACCOUNT))["Exceptions"]

    assert exception == (
        "rule old-key on arn:aws:iam::*:user/a, until 2026-12-23, by ops@example.com:"
        " it is known (exceptions[1])"
    )


def test_says_without_an_account_what_is_set_where():
    said = sections()

    assert said["Parameters"][0] == "max_age_days = 80  # default: 90"
    assert len(said["Overrides"]) == 4
    assert "Exceptions" not in said
