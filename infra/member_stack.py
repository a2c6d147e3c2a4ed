"""What every account gets, a reading role and forwarding rules, and the StackSet that gives it."""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.config import DeploymentSettings
from infra.event_rules import DETAIL_TYPES
from infra.forwarding import forwarded
from infra.function_settings import break_glass_principals
from infra.names import (
    BUS,
    CHECK_FUNCTIONS,
    LIST_ACCOUNTS,
    MEMBERS_STACK_SET,
    READER_ROLE,
    WEIGH_CHANGES,
    arn,
)
from infra.reader_policies import reader_policies


class MemberStack(cdk.Stack):
    """One account's part, in one region; IAM being global, only one region creates the role.

    It has no assets and needs no bootstrapped account, so it can be the body of a StackSet.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: DeploymentSettings,
        env: cdk.Environment | None = None,
        is_management: bool = False,
    ) -> None:
        """Let the hub read, and tell the hub; in the management account of the organization too."""
        super().__init__(
            scope,
            id_,
            env=env,
            # In every region by the same name, though the app needs an id for each.
            stack_name=id_.partition("-")[0],
            description="Rolecall: lets the hub read IAM of this account and tells it of changes",
            # Deployed with the deployer's own credentials, which needs no bootstrap.
            synthesizer=cdk.LegacyStackSynthesizer(),
        )
        self._settings = settings
        self._create_reader(is_management=is_management)
        self._create_forwarding()

    def _create_reader(self, *, is_management: bool) -> None:
        role = iam.Role(
            self,
            "Reader",
            role_name=READER_ROLE,
            description="Lets Rolecall read who may do what here, and nothing else",
            assumed_by=_functions(self._settings, _readers(is_management=is_management)),
            inline_policies=reader_policies(is_management=is_management),
        )
        is_identity_region = cdk.CfnCondition(
            self,
            "IsIdentityRegion",
            expression=cdk.Fn.condition_equals(cdk.Aws.REGION, self._settings.identity_region),
        )
        resource = role.node.default_child
        assert isinstance(resource, iam.CfnRole)  # noqa: S101 - says its type to the type checker
        resource.cfn_options.condition = is_identity_region

    def _create_forwarding(self) -> None:
        hub = self._settings.hub
        bus = arn("events", f"event-bus/{BUS}", region=hub.region, account=hub.account)
        role = self._create_forwarder(bus)
        break_glass = break_glass_principals(self._settings.functions)
        rules = forwarded(break_glass, role_sessions=self._settings.role_sessions)
        for name, rule in rules.items():
            events.CfnRule(
                self,
                name,
                name=f"rolecall-forward-{name}",
                description=rule.description,
                event_pattern={"detail-type": DETAIL_TYPES, **rule.pattern},
                state=rule.state,
                targets=[events.CfnRule.TargetProperty(id="hub", arn=bus, role_arn=role.role_arn)],
            )

    def _create_forwarder(self, bus: str) -> iam.Role:
        forward = iam.PolicyStatement(actions=["events:PutEvents"], resources=[bus])
        return iam.Role(
            self,
            "Forwarder",
            # One for each region, because nothing says which region's stack comes first.
            role_name=f"rolecall-forward-{cdk.Aws.REGION}",
            description="Lets EventBridge forward events to the bus of Rolecall",
            assumed_by=iam.ServicePrincipal(
                "events.amazonaws.com",
                conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
            ),
            inline_policies={"forward": iam.PolicyDocument(statements=[forward])},
        )


class MembersStackSet(cdk.CfnStackSet):
    """Gives every account below the targets its part, today's accounts and tomorrow's."""

    def __init__(self, scope: Construct, id_: str, *, settings: DeploymentSettings) -> None:
        """Deploy to the organization's targets, in every region that is watched."""
        super().__init__(
            scope,
            id_,
            stack_set_name=MEMBERS_STACK_SET,
            description="Rolecall: lets the hub read IAM of every account and tells it of changes",
            permission_model="SERVICE_MANAGED",
            call_as="DELEGATED_ADMIN",
            auto_deployment=cdk.CfnStackSet.AutoDeploymentProperty(
                enabled=True, retain_stacks_on_account_removal=False
            ),
            managed_execution={"Active": True},
            capabilities=["CAPABILITY_NAMED_IAM"],
            template_body=json.dumps(member_template(settings), separators=(",", ":")),
            operation_preferences=cdk.CfnStackSet.OperationPreferencesProperty(
                # One account that refuses its part must not keep the others from theirs.
                failure_tolerance_percentage=100,
                max_concurrent_percentage=100,
                region_concurrency_type="PARALLEL",
            ),
            stack_instances_group=[_instances(settings)],
        )


def member_template(settings: DeploymentSettings) -> Mapping[str, Any]:
    """Return the template as the StackSet takes it: of no certain account or region."""
    with tempfile.TemporaryDirectory() as folder:
        app = cdk.App(outdir=folder, analytics_reporting=False)
        stack = MemberStack(app, "RolecallMember", settings=settings)
        template: Mapping[str, Any] = app.synth().get_stack_by_name(stack.stack_name).template
        return template


def _functions(settings: DeploymentSettings, names: Iterable[str]) -> iam.IPrincipal:
    """Trust the roles of functions of the hub, by name: they may be created later."""
    roles = [arn("iam", f"role/{name}", account=settings.hub.account) for name in names]
    principal = iam.ArnPrincipal(arn("iam", "root", account=settings.hub.account)).with_conditions(
        {"ArnEquals": {"aws:PrincipalArn": roles}}
    )
    if settings.organization:
        return principal.with_conditions(
            {"StringEquals": {"aws:PrincipalOrgID": settings.organization.id}}
        )
    return principal


def _instances(settings: DeploymentSettings) -> cdk.CfnStackSet.StackInstancesProperty:
    targets = settings.organization.targets if settings.organization else ()
    return cdk.CfnStackSet.StackInstancesProperty(
        deployment_targets=cdk.CfnStackSet.DeploymentTargetsProperty(
            organizational_unit_ids=[*targets]
        ),
        regions=[*settings.member_regions],
    )


def _readers(*, is_management: bool) -> Sequence[str]:
    """Return the functions that read an account; one more reads the organization."""
    return [*CHECK_FUNCTIONS.values(), WEIGH_CHANGES, *([LIST_ACCOUNTS] if is_management else [])]
