"""Who watches the watcher: alarms about ourselves, and a dashboard."""

# Longer than 200 lines because every alarm says in words what it means.

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.audits import Audits
from infra.encryption import EncryptionKey
from infra.event_intake import EventIntake
from infra.lambda_function import PythonFunction
from infra.names import FINDINGS_TABLE, arn
from infra.notifications import EncryptedTopic, Notifications
from infra.permission_changes import PermissionChanges
from infra.queues import EncryptedQueue
from infra.tamper_alarm import TamperAlarm

_FIVE_MINUTES = cdk.Duration.minutes(5)


class Observability(Construct):
    """Alarms on failures, delays and silence of the parts, told on a topic of their own.

    Alarms do not go where findings go: who subscribes to findings parses findings, and an alarm
    about that topic must not depend on it. No function listens to either topic, so nothing loops.
    """

    def __init__(  # noqa: PLR0913 - what it is made of, each by its name
        self,
        scope: Construct,
        id_: str,
        *,
        key: EncryptionKey,
        intake: EventIntake,
        changes: PermissionChanges,
        audits: Audits,
        notifications: Notifications,
        emails: tuple[str, ...],
    ) -> None:
        """Watch everything that the hub is made of."""
        super().__init__(scope, id_)
        self.topic = EncryptedTopic(
            self,
            "Topic",
            name="rolecall-alarms",
            display_name="Rolecall alarms",
            key=key,
            emails=emails,
        )
        self.topic.add_to_resource_policy(_alarms_may_publish(self.topic))
        functions = [
            intake.detect_event,
            changes.weigh_changes,
            *audits.functions.all,
            notifications.notify,
        ]
        for function in functions:
            self._alarm_on_errors(function)
        for part in (intake, changes, notifications, audits):
            self._alarm_on_messages(part.dead_letters)
        self._alarm_on_runs(audits)
        self._alarm_on_delay(intake, notifications)
        self._alarm_on_silence(notifications)
        TamperAlarm(self, "Tampering", bus=intake.bus, topic=self.topic)
        self._draw(functions, intake, audits, notifications)

    def _alarm_on_errors(self, function: PythonFunction) -> None:
        self._alarm(
            f"{function.node.id}-errors",
            "The function failed; its log says why",
            function.metric_errors(period=_FIVE_MINUTES, statistic="Sum"),
        )

    def _alarm_on_messages(self, queue: EncryptedQueue) -> None:
        self._alarm(
            f"{queue.short_name}-messages",
            "Something could not be processed and waits in the dead-letter queue",
            queue.metric_approximate_number_of_messages_visible(
                period=_FIVE_MINUTES, statistic="Maximum"
            ),
        )

    def _alarm_on_runs(self, audits: Audits) -> None:
        machine = audits.state_machine
        self._alarm(
            "runs-failed",
            "A run of an audit failed; the execution says where",
            cloudwatch.MathExpression(
                expression="failed + timed_out + aborted",
                label="Runs that did not succeed",
                period=_FIVE_MINUTES,
                using_metrics={
                    "failed": machine.metric_failed(statistic="Sum"),
                    "timed_out": machine.metric_timed_out(statistic="Sum"),
                    "aborted": machine.metric_aborted(statistic="Sum"),
                },
            ),
        )
        for audit, function in audits.functions.checks.items():
            self._alarm(
                f"{audit}-missing",
                f"No account was audited by {audit} for more than a day",
                # Every audit has a function of its own: its silence is the audit's.
                function.metric_invocations(period=cdk.Duration.hours(6), statistic="Sum"),
                # Thirty hours: a daily run, and some hours for it to be late in.
                periods=5,
                is_silence=True,
            )

    def _alarm_on_delay(self, intake: EventIntake, notifications: Notifications) -> None:
        self._alarm(
            "notify-delayed",
            "Changes of findings wait to be told for more than five minutes",
            notifications.notify.metric(
                "IteratorAge", period=_FIVE_MINUTES, statistic="Maximum", unit=None
            ),
            threshold=_FIVE_MINUTES.to_milliseconds(),
        )
        self._alarm(
            "events-delayed",
            "Events wait to be judged for more than five minutes",
            intake.queue.metric_approximate_age_of_oldest_message(
                period=_FIVE_MINUTES, statistic="Maximum"
            ),
            threshold=_FIVE_MINUTES.to_seconds(),
        )

    def _alarm_on_silence(self, notifications: Notifications) -> None:
        written = cloudwatch.Metric(
            namespace="AWS/DynamoDB",
            metric_name="ConsumedWriteCapacityUnits",
            dimensions_map={"TableName": FINDINGS_TABLE},
            statistic="Sum",
        )
        self._alarm(
            "notify-silent",
            "Findings were written, and for fifteen minutes nothing was called to tell them",
            # A disabled event source mapping has no iterator, and so no age of it either.
            cloudwatch.MathExpression(
                expression="FILL(IF(FILL(told, 0) > 0, 0, written), REPEAT)",
                label="Writes that nothing followed",
                period=_FIVE_MINUTES,
                using_metrics={
                    "written": written,
                    "told": notifications.notify.metric_invocations(statistic="Sum"),
                },
            ),
            periods=3,
        )
        self._alarm_on_undelivered(notifications)

    def _alarm_on_undelivered(self, notifications: Notifications) -> None:
        self._alarm(
            "messages-undelivered",
            "Messages about findings could not be delivered to a subscriber",
            notifications.topic.metric_number_of_notifications_failed(
                period=_FIVE_MINUTES, statistic="Sum"
            ),
        )

    def _alarm(  # noqa: PLR0913 - what an alarm is made of
        self,
        name: str,
        description: str,
        metric: cloudwatch.IMetric,
        *,
        threshold: float = 1,
        periods: int = 1,
        is_silence: bool = False,
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            alarm_name=f"rolecall-{name}",
            alarm_description=f"{description}. What to do: docs/operations.md",
            metric=metric,
            threshold=threshold,
            evaluation_periods=periods,
            comparison_operator=(
                cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
                if is_silence
                else cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
            ),
            treat_missing_data=(
                cloudwatch.TreatMissingData.BREACHING
                if is_silence
                else cloudwatch.TreatMissingData.NOT_BREACHING
            ),
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
        alarm.add_ok_action(actions.SnsAction(self.topic))

    def _draw(
        self,
        functions: Sequence[PythonFunction],
        intake: EventIntake,
        audits: Audits,
        notifications: Notifications,
    ) -> None:
        queue, machine, topic = intake.queue, audits.state_machine, notifications.topic
        checks = audits.functions.checks.values()
        graphs = {
            "Events that wait": [queue.metric_approximate_number_of_messages_visible()],
            "Runs": [machine.metric_succeeded(), machine.metric_failed()],
            "Accounts audited": [function.metric_invocations() for function in checks],
            "Errors": [function.metric_errors() for function in functions],
            "Messages": [topic.metric_number_of_messages_published()],
            "Messages not delivered": [topic.metric_number_of_notifications_failed()],
        }
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name="rolecall",
            default_interval=cdk.Duration.days(7),
            widgets=[
                [cloudwatch.GraphWidget(title=title, left=metrics, width=12)]
                for title, metrics in graphs.items()
            ],
        )


def _alarms_may_publish(topic: EncryptedTopic) -> iam.PolicyStatement:
    here = {"region": cdk.Aws.REGION, "account": cdk.Aws.ACCOUNT_ID}
    return iam.PolicyStatement(
        sid="AlarmsMayPublish",
        principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
        actions=["sns:Publish"],
        resources=[topic.topic_arn],
        conditions={"ArnLike": {"aws:SourceArn": arn("cloudwatch", "alarm:rolecall-*", **here)}},
    )
