import pytest

from rolecall.model.rule import Check, Control, EventPattern
from rolecall.model.severity import Severity
from tests.builders import account, event, root_identity


def a_check():
    return Check(
        id="sample",
        title="A sample",
        severity=Severity.LOW,
        needs=frozenset(),
        remediation="Nothing to do.",
        references=(),
    )


def test_a_rule_takes_why_and_parameters_from_its_function():
    @a_check()
    def sample(_, *, max_age_days: int = 7):
        """Because."""
        yield max_age_days

    assert sample.why == "Because."
    assert sample.parameters == {"max_age_days": 7}
    assert sample.kind == "check"


def test_a_rule_without_function_fails_instead_of_finding_nothing():
    with pytest.raises(TypeError, match="no function"):
        a_check().judge(account(), {})


def test_a_control_is_cited_with_its_version():
    assert str(Control("CIS AWS Foundations", "5.0.0", "1.13")) == "CIS AWS Foundations 5.0.0 1.13"


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        (EventPattern(), True),
        (EventPattern(sources=("iam.amazonaws.com",)), True),
        (EventPattern(sources=("sts.amazonaws.com",)), False),
        (EventPattern(sources=("iam.amazonaws.com",), names=("CreateUser", "DeleteUser")), True),
        (EventPattern(sources=("iam.amazonaws.com",), names=("DeleteUser",)), False),
        (EventPattern(identity_types=("Root",)), False),
        (EventPattern(names=("createuser",)), False),
        (EventPattern(user_agents=("*Pacu*", "aws-cli/*")), True),
        (EventPattern(user_agents=("*aws-CLI*",)), False),
        (EventPattern(user_names=("mal*",)), True),
        (EventPattern(user_names=("bob",)), False),
        (EventPattern(only_changes=True), True),
    ],
)
def test_a_pattern_matches_when_every_field_does(pattern, matches):
    assert pattern.matches(event("CreateUser")) is matches


def test_a_pattern_writes_itself_for_eventbridge():
    pattern = EventPattern(
        ("b", "a"), ("N",), ("Root",), ("*b*", "*a*"), ("m*",), only_changes=True
    )

    assert pattern.detail() == {
        "eventSource": ["a", "b"],
        "eventName": ["N"],
        "userIdentity": {"type": ["Root"], "userName": [{"wildcard": "m*"}]},
        "userAgent": [{"wildcard": "*a*"}, {"wildcard": "*b*"}],
        "readOnly": [False, {"exists": False}],
    }


def test_a_pattern_of_changes_leaves_out_what_only_reads():
    assert not EventPattern(only_changes=True).matches(event("ListUsers", readOnly=True))


def test_the_root_pattern_sees_every_service():
    assert EventPattern(identity_types=("Root",)).matches(event(actor=root_identity()))


@pytest.mark.parametrize("text", ["high", "HIGH", "High"])
def test_a_severity_is_read_in_any_case(text):
    assert Severity.parse(text) is Severity.HIGH


def test_a_severity_that_does_not_exist_names_those_that_do():
    with pytest.raises(ValueError, match="INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL"):
        Severity.parse("urgent")
