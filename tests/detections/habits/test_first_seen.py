import pytest

from rolecall.adapters.activity_in_memory import ActivityInMemory
from rolecall.detections.habits.first_seen import first_seen
from rolecall.model.rule_settings import RuleSettings
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.services.judge_event import EventJudge
from tests.builders import NOW, days_ago, event, role_identity, user_identity

SSO = role_identity(
    "AWSReservedSSO_Admin_0123456789abcdef", "anna", "/aws-reserved/sso.amazonaws.com/"
)
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


class Watch:
    """Events one after the other, of somebody whom the account knows for a month."""

    def __init__(self, **parameters):
        settings = Settings(rules={"first-seen": RuleSettings(parameters=parameters)})
        self.judge = EventJudge((first_seen,), settings, ActivityInMemory())
        self.number = 0

    def told(self, *, days=0, ip=HOME, agent="aws-cli/2.31.0", actor=None, **fields):
        self.number += 1
        call = event(
            "TagUser",
            actor=actor or user_identity("alice"),
            sourceIPAddress=ip,
            userAgent=agent,
            eventTime=days_ago(days).isoformat(),
            **{"eventID": f"event-{self.number}", **fields},
        )
        judged = self.judge.run(call, NOW)
        assert not judged.crashes
        return list(judged.findings)


@pytest.fixture
def watch():
    watch = Watch()
    assert watch.told(days=30) == []
    return watch


def test_tells_a_network_that_was_never_seen(watch):
    [finding] = watch.told(ip=ELSEWHERE)

    assert finding.severity is Severity.LOW
    assert finding.summary == ("user alice called TagUser from 198.51.100.0/24, a first in 90 days")
    assert finding.resource.arn == finding.principal
    assert finding.evidence["new"] == {"network": "198.51.100.0/24"}


def test_network_and_client_at_once_weigh_more(watch):
    [finding] = watch.told(ip=ELSEWHERE, agent="python-requests/2")

    assert finding.severity is Severity.MEDIUM
    assert "from 198.51.100.0/24 with python-requests, a first" in finding.summary


def test_tells_a_region(watch):
    [finding] = watch.told(awsRegion="eu-central-1")

    assert "called TagUser in eu-central-1, a first" in finding.summary


def test_the_same_event_twice_is_one_finding(watch):
    first, again = (watch.told(ip=ELSEWHERE, eventID="same") for _ in range(2))

    assert [each.id for each in first] == [each.id for each in again]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"ip": "203.0.113.250"},
        {"agent": "aws-cli/1.0 other"},
        {"ip": "cloudformation.amazonaws.com"},
        {"ip": ELSEWHERE, "error": "AccessDenied"},
        {"ip": ELSEWHERE, "readOnly": True},
        {"ip": ELSEWHERE, "source": "s3.amazonaws.com"},
        {"ip": ELSEWHERE, "actor": {"type": "AWSService", "invokedBy": "sso.amazonaws.com"}},
        {
            "ip": ELSEWHERE,
            "actor": role_identity(invokedBy="cloudformation.amazonaws.com"),
        },
    ],
    ids=[
        *("same", "same network", "same client", "no address", "refused", "reading"),
        *("other service", "AWS", "on behalf"),
    ],
)
def test_is_quiet_otherwise(watch, fields):
    assert watch.told(**fields) == []


def test_is_quiet_while_it_learns():
    watch = Watch()
    watch.told(days=10)

    assert watch.told(ip=ELSEWHERE) == []
    assert watch.told(actor=user_identity("bob")) == []


def test_tells_who_changes_identities_for_the_first_time(watch):
    [finding] = watch.told(actor=role_identity("deploy"))

    assert finding.summary == (
        "role deploy (session build-42) called TagUser, its first change of identities in 90 days"
    )
    assert finding.severity is Severity.LOW


def test_of_a_newcomer_nothing_more_is_told_while_it_learns(watch):
    watch.told(days=10, actor=role_identity("deploy"))

    assert watch.told(actor=role_identity("deploy"), ip=ELSEWHERE) == []


def test_people_who_share_a_permission_set_have_habits_of_their_own(watch):
    watch.told(days=30, actor=SSO)
    ben = {**SSO, "arn": SSO["arn"].replace("anna", "ben")}

    [finding] = watch.told(actor=ben)

    assert finding.summary.startswith("ben (permission set Admin) called TagUser, its first")


def test_sessions_of_a_role_are_one(watch):
    watch.told(days=30, actor=role_identity("deploy", session="build-1"))

    assert watch.told(actor=role_identity("deploy", session="build-2")) == []


def test_who_comes_from_everywhere_is_told_no_networks():
    watch = Watch(networks=3)
    for number in range(4):
        watch.told(days=30, ip=f"10.0.{number}.1")

    assert watch.told(ip=ELSEWHERE) == []
    [finding] = watch.told(ip="192.0.2.1", agent="curl/8")
    assert "called TagUser with curl, a first" in finding.summary


def test_somebody_who_is_back_after_90_days_is_told_again():
    watch = Watch()
    watch.told(days=200)

    [finding] = watch.told()

    assert "from 203.0.113.0/24 with aws-cli in us-east-1, a first in 90 days" in finding.summary
