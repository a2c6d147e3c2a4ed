"""Service-managed stack sets: a real stack in every account below the targets."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import asyncio
import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from demo.embedded_aws.emulator import (
    cloudformation,
    provisioners,
    responses,
)
from demo.embedded_aws.overlay.membership import (
    accounts_below,
    is_administrator,
    management_account,
)

_TYPE = "AWS::CloudFormation::StackSet"
_SERVICE = "member.org.stacksets.cloudformation.amazonaws.com"


@dataclass(slots=True)
class _StackSet:
    name: str
    owner: str
    properties: dict[str, Any]
    instances: set[tuple[str, str]] = field(default_factory=set)

    def targets(self) -> set[tuple[str, str]]:
        management = management_account(self.owner) or self.owner
        return {
            (account, region)
            for group in self.properties.get("StackInstancesGroup", [])
            for account in accounts_below(
                management, group["DeploymentTargets"].get("OrganizationalUnitIds", [])
            )
            for region in group["Regions"]
        }


_stack_sets: dict[str, _StackSet] = {}
_lock = threading.Lock()


def _create(logical_id: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    owner = responses.get_account_id()
    _assert_may_operate(owner, properties)
    name = properties.get("StackSetName") or logical_id
    stack_set = _StackSet(name, owner, properties)
    _stack_sets[name] = stack_set
    with _lock:
        for account, region in sorted(stack_set.targets()):
            _operate(stack_set, "CreateStack", account, region)
    identifier = f"{name}:00000000-0000-4000-8000-000000000000"
    return identifier, {"StackSetId": identifier}


def _assert_may_operate(owner: str, properties: dict[str, Any]) -> None:
    is_delegated = properties.get("CallAs") == "DELEGATED_ADMIN"
    may = is_administrator(owner, _SERVICE) if is_delegated else management_account(owner) == owner
    if properties.get("PermissionModel") != "SERVICE_MANAGED" or not may:
        raise ValueError(
            "You must be the management account or delegated admin account of an organization "
            "before operating a SERVICE_MANAGED stack set"
        )


def _update(
    physical_id: str, _old: dict[str, Any], new: dict[str, Any], _stack: str, *_: object
) -> tuple[str, dict[str, str]]:
    stack_set = _stack_sets[physical_id.partition(":")[0]]
    stack_set.properties = new
    with _lock:
        for account, region in sorted(stack_set.targets()):
            is_there = (account, region) in stack_set.instances
            _operate(stack_set, "UpdateStack" if is_there else "CreateStack", account, region)
    return physical_id, {"StackSetId": physical_id}


def _delete(physical_id: str, _properties: dict[str, Any]) -> None:
    stack_set = _stack_sets.pop(physical_id.partition(":")[0], None)
    if stack_set is None:
        return
    with _lock:
        for account, region in sorted(stack_set.instances):
            _operate(stack_set, "DeleteStack", account, region)


def deploy_to_new_accounts() -> None:
    """Give the stack sets with automatic deployment to accounts that came below their targets."""
    threading.Thread(target=_deploy_automatically, daemon=True).start()


def _deploy_automatically() -> None:
    with _lock:
        for stack_set in _stack_sets.values():
            if stack_set.properties.get("AutoDeployment", {}).get("Enabled"):
                for account, region in sorted(stack_set.targets() - stack_set.instances):
                    _operate(stack_set, "CreateStack", account, region)


def _operate(stack_set: _StackSet, action: str, account: str, region: str) -> None:
    """Create, update or delete one instance; raise if it fails."""
    name = f"StackSet-{stack_set.name}"
    form = {"Action": action, "StackName": name}
    if action != "DeleteStack":
        form |= _content(stack_set.properties)
    with responses.request_scope(account, region):
        status, body = _call(form)
        if status >= 400 and b"No updates are to be performed" not in body:  # noqa: PLR2004 - HTTP
            raise RuntimeError(f"stack instance {account}/{region}: {body.decode()}")
        _assert_success(name, f"{account}/{region}")
    change = stack_set.instances.discard if action == "DeleteStack" else stack_set.instances.add
    change((account, region))


def _call(form: dict[str, str]) -> tuple[int, bytes]:
    """Call CloudFormation and let it finish, on an event loop of our own.

    MiniStack's own loop is waiting for us, and CDK, which looks once in five seconds, for it.
    """

    async def call() -> tuple[int, bytes]:
        headers = {"content-type": "application/x-www-form-urlencoded"}
        body = urlencode(form).encode()
        status, _, answer = await cloudformation.handle_request("POST", "/", headers, body, {})
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
        return status, answer

    context = contextvars.copy_context()
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(context.run, asyncio.run, call()).result()


def _content(properties: dict[str, Any]) -> dict[str, str]:
    form = {"TemplateBody": properties["TemplateBody"]}
    for n, capability in enumerate(properties.get("Capabilities", []), 1):
        form[f"Capabilities.member.{n}"] = capability
    for n, parameter in enumerate(properties.get("Parameters", []), 1):
        form[f"Parameters.member.{n}.ParameterKey"] = parameter["ParameterKey"]
        form[f"Parameters.member.{n}.ParameterValue"] = parameter["ParameterValue"]
    return form


def _assert_success(name: str, place: str) -> None:
    stack = cloudformation._stacks.get(name, {})
    status = stack.get("StackStatus", "DELETE_COMPLETE")
    if not status.endswith("_COMPLETE") or "ROLLBACK" in status:
        raise RuntimeError(f"stack instance {place}: {status}: {_reason(stack)}")


def _reason(stack: dict[str, Any]) -> str:
    events = cloudformation._stack_events.get(stack["StackId"], [])
    failed = [e for e in events if e.get("ResourceStatus", "").endswith("_FAILED")]
    return "; ".join(f"{e['LogicalResourceId']}: {e['ResourceStatusReason']}" for e in failed)


provisioners._RESOURCE_HANDLERS[_TYPE] = {"create": _create, "update": _update, "delete": _delete}
