import pytest

from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import Fact, grade, graded, is_known_administrator
from rolecall.model.organization import Guardrails
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import account, document, held, user

READER = user(policies=(held("s3:GetObject"),))
ADMINISTRATOR = user(policies=(held("*"),))
POWERLESS = user(policies=())


@pytest.mark.parametrize(
    ("principal", "severity", "because"),
    [
        (READER, Severity.MEDIUM, ()),
        (ADMINISTRATOR, Severity.HIGH, ("user alice is an administrator",)),
        (POWERLESS, Severity.LOW, ("the policies of user alice allow nothing",)),
    ],
)
def test_what_the_principal_can_do_raises_and_lowers(principal, severity, because):
    gravity = grade(Severity.MEDIUM, account(principal), principal)

    assert gravity == (severity, because)


def test_facts_raise_and_lower_and_say_so():
    facts = (Fact("it never expires", 1), Fact("it is being replaced", -1), Fact("it is blue", 0))

    gravity = grade(Severity.MEDIUM, account(READER), READER, *facts)

    assert gravity == (Severity.MEDIUM, ("it never expires", "it is being replaced"))


@pytest.mark.parametrize(
    ("base", "steps", "severity"),
    [
        (Severity.CRITICAL, 1, Severity.CRITICAL),
        (Severity.LOW, -1, Severity.LOW),
        (Severity.INFORMATIONAL, -1, Severity.INFORMATIONAL),
        (Severity.INFORMATIONAL, 1, Severity.LOW),
    ],
)
def test_stays_between_low_and_critical(base, steps, severity):
    assert grade(base, account(READER), READER, Fact("so it is", steps)).severity is severity


@pytest.mark.parametrize(
    "snapshot",
    [
        account(POWERLESS, lacking=(Part.AUTHORIZATION_DETAILS,)),
        account(user(policies=(), unread=("policy of nobody",))),
    ],
    ids=["no details", "a policy unread"],
)
def test_policies_that_were_not_read_say_nothing(snapshot):
    assert grade(Severity.MEDIUM, snapshot, snapshot.users[0]) == (Severity.MEDIUM, ())


def test_a_guardrail_of_the_organization_takes_the_administrator_away():
    deny = Policy.parse(document("iam:*", effect="Deny"))
    allow = Policy.parse(document("*"))
    snapshot = account(ADMINISTRATOR, guardrails=Guardrails(scps=((allow, deny),)))

    assert is_known_administrator(account(ADMINISTRATOR), ADMINISTRATOR)
    assert not is_known_administrator(snapshot, ADMINISTRATOR)


def test_what_has_no_principal_is_weighed_by_its_facts_alone():
    assert grade(Severity.LOW, account(), None, Fact("it is old", 1)).severity is Severity.MEDIUM


def test_the_reasons_stand_in_the_evidence():
    evidence = Evidence(resource=READER.resource, summary="it is so", data={"a": 1})

    plain = graded(evidence, Severity.LOW, account(READER), READER)
    raised = graded(evidence, Severity.LOW, account(ADMINISTRATOR), ADMINISTRATOR)

    assert (plain.severity, plain.data) == (Severity.LOW, {"a": 1})
    assert raised.severity is Severity.MEDIUM
    assert raised.data == {"a": 1, "severity_because": ["user alice is an administrator"]}


def test_a_principal_is_weighed_once_for_each_snapshot():
    snapshot = account(ADMINISTRATOR)

    first = grade(Severity.LOW, snapshot, ADMINISTRATOR).because
    second = grade(Severity.LOW, snapshot, ADMINISTRATOR).because

    assert first[0] is second[0]


def test_what_made_no_difference_is_not_told():
    idle = user(policies=())

    assert grade(Severity.LOW, account(idle), idle) == (Severity.LOW, ())


def test_facts_that_outweigh_each_other_are_told():
    gravity = grade(Severity.HIGH, account(ADMINISTRATOR), ADMINISTRATOR, Fact("it is idle", -1))

    assert gravity == (Severity.HIGH, ("user alice is an administrator", "it is idle"))
