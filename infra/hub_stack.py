"""What runs in the hub: composition only."""

import json

import aws_cdk as cdk
from constructs import Construct

from infra.audits import Audits
from infra.config import DeploymentSettings, OrganizationSettings
from infra.encryption import EncryptionKey
from infra.event_intake import EventIntake
from infra.findings_store import FindingsStore, removal_policy
from infra.function_asset import function_code
from infra.lambda_function import Runtime
from infra.member_stack import MemberStack, member_template
from infra.names import MEMBERS_STACK_SET
from infra.notifications import Notifications
from infra.observability import Observability


class HubStack(cdk.Stack):
    """Events and audits become findings, findings become messages."""

    def __init__(self, scope: Construct, id_: str, *, settings: DeploymentSettings) -> None:
        """Put the parts together."""
        super().__init__(
            scope,
            id_,
            env=cdk.Environment(account=settings.hub.account, region=settings.hub.region),
            description="Rolecall: watches IAM of an AWS organization",
        )
        protect = settings.hub.protect_data
        key = EncryptionKey(self, "Key", removal_policy=removal_policy(protect=protect))
        runtime = Runtime(
            code=function_code(settings.functions_data), key=key, log_days=settings.log_days
        )
        store = FindingsStore(self, "Store", key=key, protect=protect)
        intake = EventIntake(
            self,
            "EventIntake",
            runtime=runtime,
            store=store,
            organization_id=settings.organization.id if settings.organization else None,
        )
        audits = Audits(
            self,
            "Audits",
            runtime=runtime,
            store=store,
            settings=settings.audits,
            organization=settings.organization,
        )
        notifications = Notifications(
            self, "Notifications", runtime=runtime, store=store, emails=settings.emails
        )
        Observability(
            self,
            "Observability",
            key=key,
            intake=intake,
            audits=audits,
            notifications=notifications,
            emails=settings.emails,
        )
        if settings.organization:
            members = _members(self, settings, settings.organization)
            members.node.add_dependency(intake.bus)


def add_stacks(app: cdk.App, settings: DeploymentSettings) -> None:
    """Add the stacks that the settings ask for.

    A service-managed StackSet skips the management account, which gets its part as stacks of its
    own; so does the hub itself where there is no organization.
    """
    hub = HubStack(app, "RolecallHub", settings=settings)
    organization = settings.organization
    name = "RolecallManagement" if organization else "RolecallMember"
    account = organization.management_account if organization else settings.hub.account
    for region in settings.member_regions:
        id_ = name if region == settings.identity_region else f"{name}-{region}"
        env = cdk.Environment(account=account, region=region)
        member = MemberStack(
            app, id_, settings=settings, env=env, is_management=organization is not None
        )
        if not organization:
            member.add_dependency(hub)


def _members(
    scope: Construct, settings: DeploymentSettings, organization: OrganizationSettings
) -> cdk.CfnStackSet:
    """Give every account below the targets its part, today's accounts and tomorrow's."""
    is_management = settings.hub.account == organization.management_account
    return cdk.CfnStackSet(
        scope,
        "Members",
        stack_set_name=MEMBERS_STACK_SET,
        description="Rolecall: lets the hub read IAM of every account and tells it of changes",
        permission_model="SERVICE_MANAGED",
        call_as="SELF" if is_management else "DELEGATED_ADMIN",
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
        stack_instances_group=[
            cdk.CfnStackSet.StackInstancesProperty(
                deployment_targets=cdk.CfnStackSet.DeploymentTargetsProperty(
                    organizational_unit_ids=[*organization.targets]
                ),
                regions=[*settings.member_regions],
            )
        ],
    )
