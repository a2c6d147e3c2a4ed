"""What runs in the hub: composition only."""

from typing import TypedDict

import aws_cdk as cdk
from constructs import Construct

from infra.audits import Audits
from infra.config import DeploymentSettings
from infra.encryption import EncryptionKey
from infra.event_intake import EventIntake
from infra.findings_store import FindingsStore, removal_policy
from infra.function_asset import function_code
from infra.guardrail_changes import GuardrailChanges
from infra.lambda_function import Runtime
from infra.member_stack import MembersStackSet, MemberStack
from infra.notifications import Notifications
from infra.observability import Observability
from infra.permission_changes import PermissionChanges


class _Given(TypedDict):
    """What every part is made with."""

    runtime: Runtime
    store: FindingsStore
    settings: DeploymentSettings


class HubStack(cdk.Stack):
    """Events and audits become findings, findings become messages."""

    def __init__(self, scope: Construct, id_: str, *, settings: DeploymentSettings) -> None:
        """Put the parts together."""
        env = cdk.Environment(account=settings.hub.account, region=settings.hub.region)
        description = "Rolecall: watches IAM of an AWS organization"
        super().__init__(scope, id_, env=env, description=description)
        protect = settings.hub.protect_data
        key = EncryptionKey(self, "Key", removal_policy=removal_policy(protect=protect))
        runtime = Runtime(function_code(settings.function_files), key, settings.log_days)
        store = FindingsStore(self, "Store", key=key, protect=protect)
        given: _Given = {"runtime": runtime, "store": store, "settings": settings}
        changes = PermissionChanges(self, "PermissionChanges", **given)
        intake = EventIntake(self, "EventIntake", changes=changes, **given)
        audits = Audits(self, "Audits", **given)
        notifications = Notifications(self, "Notifications", **given)
        Observability(
            self,
            "Observability",
            key=key,
            intake=intake,
            changes=changes,
            audits=audits,
            notifications=notifications,
            emails=settings.emails,
        )
        if settings.organization:
            GuardrailChanges(self, "GuardrailChanges", bus=intake.bus, audits=audits)
            MembersStackSet(self, "Members", settings=settings).node.add_dependency(intake.bus)


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
