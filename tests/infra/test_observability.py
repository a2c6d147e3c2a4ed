import pytest

from rolecall.model.rule import AUDITS
from tests.infra.test_lambda_function import FUNCTIONS

DEAD_LETTER_QUEUES = ("events-dlq", "notify-dlq", "schedules-dlq")


@pytest.fixture(scope="module")
def alarms(organization):
    return organization.resources("RolecallHub", "AWS::CloudWatch::Alarm")


def test_alarms_on_everything_that_can_fall_silent(alarms):
    assert set(alarms) == {
        *(f"{function}-errors" for function in FUNCTIONS),
        *(f"rolecall-{queue}-messages" for queue in DEAD_LETTER_QUEUES),
        *(f"rolecall-{audit}-missing" for audit in AUDITS),
        "rolecall-runs-failed",
        "rolecall-notify-delayed",
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
