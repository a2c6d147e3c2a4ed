"""From a change of the organization's guardrails to an audit of all accounts."""

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.audits import Audits
from infra.event_rules import DETAIL_TYPES, FROM_AWS
from infra.names import GUARDRAILS_RULE
from rolecall.model.permission_changes import GUARDRAIL_PATTERN

_AUDIT = '{"audit": "over-privilege"}'
_HOURS = 6


class GuardrailChanges(Construct):
    """One rule that starts the audit of permissions, which reads the organization anew.

    What the audit finds changed since it last looked, it tells as what the guardrail granted.
    """

    def __init__(self, scope: Construct, id_: str, *, bus: events.EventBus, audits: Audits) -> None:
        """Let the rule start the state machine and nothing else."""
        super().__init__(scope, id_)
        machine = audits.state_machine.state_machine_arn
        events.CfnRule(
            self,
            "Rule",
            name=GUARDRAILS_RULE,
            description="Changes of SCPs and RCPs, after which all accounts are audited",
            event_bus_name=bus.event_bus_name,
            event_pattern={
                "source": FROM_AWS,
                "detail-type": DETAIL_TYPES,
                "detail": {**GUARDRAIL_PATTERN.detail(), "errorCode": [{"exists": False}]},
            },
            targets=[
                events.CfnRule.TargetProperty(
                    id="audits",
                    arn=machine,
                    input=_AUDIT,
                    role_arn=self._create_role(machine).role_arn,
                    retry_policy=events.CfnRule.RetryPolicyProperty(
                        maximum_event_age_in_seconds=cdk.Duration.hours(_HOURS).to_seconds()
                    ),
                )
            ],
        )

    def _create_role(self, machine: str) -> iam.Role:
        start = iam.PolicyStatement(actions=["states:StartExecution"], resources=[machine])
        return iam.Role(
            self,
            "Role",
            role_name=GUARDRAILS_RULE,
            description="Starts an audit when guardrails of the organization change",
            assumed_by=iam.ServicePrincipal(
                "events.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            inline_policies={"permissions": iam.PolicyDocument(statements=[start])},
        )
