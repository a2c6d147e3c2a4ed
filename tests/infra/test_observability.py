import json

import pytest
from moto.events.models import EventPattern

from infra.event_rules import PATTERN_LIMIT
from rolecall.model.rule import AUDITS
from tests.infra.test_forwarding import cloudtrail
from tests.infra.test_lambda_function import FUNCTIONS

TAMPERING = "rolecall-tampering"
DEAD_LETTER_QUEUES = ("changes-dlq", "events-dlq", "notify-dlq", "schedules-dlq")


@pytest.fixture(scope="module")
def alarms(organization):
    return organization.resources("RolecallHub", "AWS::CloudWatch::Alarm")


def test_alarms_on_failures_delays_and_silence(alarms):
    assert set(alarms) == {
        *(f"{function}-errors" for function in FUNCTIONS),
        *(f"rolecall-{queue}-messages" for queue in DEAD_LETTER_QUEUES),
        *(f"rolecall-{audit}-missing" for audit in AUDITS),
        "rolecall-runs-failed",
        "rolecall-notify-delayed",
        "rolecall-notify-silent",
        "rolecall-messages-undelivered",
        "rolecall-events-delayed",
    }


def test_tells_every_alarm_and_its_end_on_the_topic_of_alarms(alarms):
    for alarm in alarms.values():
        [topic] = alarm["AlarmActions"]
        assert topic["Ref"].startswith("ObservabilityTopic")
        assert alarm["OKActions"] == alarm["AlarmActions"]


def test_takes_silence_for_a_missing_run_and_for_nothing_else(alarms):
    silent = {name for name, each in alarms.items() if each["TreatMissingData"] == "breaching"}

    assert silent == {f"rolecall-{audit}-missing" for audit in AUDITS}


@pytest.mark.parametrize("audit", AUDITS)
def test_waits_thirty_hours_for_a_run(alarms, audit):
    alarm = alarms[f"rolecall-{audit}-missing"]

    assert (alarm["MetricName"], alarm["Namespace"]) == ("Invocations", "AWS/Lambda")
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 30 * 3600
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)


def test_counts_runs_that_failed_timed_out_or_were_stopped(alarms):
    metrics = alarms["rolecall-runs-failed"]["Metrics"]

    names = {each["MetricStat"]["Metric"]["MetricName"] for each in metrics if "MetricStat" in each}
    assert names == {"ExecutionsFailed", "ExecutionsTimedOut", "ExecutionsAborted"}


def test_sees_findings_written_that_nothing_is_called_to_tell(alarms):
    alarm = alarms["rolecall-notify-silent"]
    [expression] = [each["Expression"] for each in alarm["Metrics"] if "Expression" in each]
    stats = [each["MetricStat"] for each in alarm["Metrics"] if "MetricStat" in each]

    assert expression == "FILL(IF(FILL(told, 0) > 0, 0, written), REPEAT)"
    assert {each["Metric"]["MetricName"] for each in stats} == {
        "ConsumedWriteCapacityUnits",
        "Invocations",
    }
    assert {each["Period"] * alarm["EvaluationPeriods"] for each in stats} == {15 * 60}


def test_tells_of_a_silenced_notify_without_notify(organization):
    resources = organization.templates["RolecallHub"]["Resources"].values()
    [rule] = [
        each["Properties"]
        for each in resources
        if each["Type"] == "AWS::Events::Rule" and each["Properties"]["Name"] == TAMPERING
    ]
    pattern = EventPattern.load(json.dumps(rule["EventPattern"]))
    silenced = {"functionArn": "arn:aws:lambda:us-east-1:111122223333:function:rolecall-notify"}
    other = {"functionArn": "arn:aws:lambda:us-east-1:111122223333:function:orders"}
    call = {"source": "aws.lambda", "name": "UpdateEventSourceMapping20150331"}

    [target] = rule["Targets"]
    assert target["Arn"]["Ref"].startswith("ObservabilityTopic")
    assert pattern.matches_event(cloudtrail(**call, response=silenced))
    assert not pattern.matches_event(cloudtrail(**call, response=other))
    assert len(json.dumps(rule["EventPattern"], separators=(",", ":"))) <= PATTERN_LIMIT


def test_lets_our_alarms_publish_to_the_encrypted_topic(organization):
    policies = organization.resources("RolecallHub", "AWS::SNS::TopicPolicy").values()
    [key] = organization.resources("RolecallHub", "AWS::KMS::Key").values()

    by_cloudwatch = [
        statement
        for policy in (*(each["PolicyDocument"] for each in policies), key["KeyPolicy"])
        for statement in policy["Statement"]
        if statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    ]
    assert [each["Action"] for each in by_cloudwatch] == [
        "sns:Publish",
        ["kms:Decrypt", "kms:GenerateDataKey"],
    ]


def test_lets_nothing_of_ours_listen_to_what_we_publish(organization):
    subscriptions = organization.templates["RolecallHub"]["Resources"].values()

    protocols = {
        each["Properties"]["Protocol"]
        for each in subscriptions
        if each["Type"] == "AWS::SNS::Subscription"
    }
    assert protocols == {"email"}


def test_draws_one_dashboard(hub):
    hub.resource_count_is("AWS::CloudWatch::Dashboard", 1)
