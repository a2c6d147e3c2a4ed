"""Organizations with members: what a member and a delegated administrator see of it."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import json
import os
from typing import Any

from demo.embedded_aws.emulator import Untyped, iam, organizations, replaces, responses
from demo.embedded_aws.overlay import stack_sets
from demo.embedded_aws.overlay.membership import (
    administrators,
    management_account,
    trusted_services,
)

_PAGE = 20
# What any member may ask: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_permissions_overview.html
_OPEN_TO_MEMBERS = {"DescribeOrganization"}
_READS = ("Describe", "List")
_next_account_ids = [i for i in os.environ.get("ROLECALL_ACCOUNT_IDS", "").split(",") if i]


@replaces(organizations, "handle_request")
async def _answer(original: Untyped, *request: Untyped) -> Untyped:
    _method, _path, headers, body, _query = request
    operation = headers.get("x-amz-target", "").rpartition(".")[2]
    payload = json.loads(body or b"{}")
    account = responses.get_account_id()
    management = management_account(account)
    if management is None and operation != "CreateOrganization":
        return _error(
            "AWSOrganizationsNotInUseException", "Your account is not in an organization."
        )
    if management not in (None, account) and not _is_open(account, operation):
        return _error(
            "AccessDeniedException", "You don't have permissions to access this resource."
        )
    with responses.request_scope(management or account, responses.get_region()):
        answer = await original(*request)
    if operation in {"CreateAccount", "MoveAccount"}:
        stack_sets.deploy_to_new_accounts()
    return _page(answer, payload) if operation.startswith("List") else answer


def _is_open(account: str, operation: str) -> bool:
    is_administrator = bool(administrators.get(account))
    return operation in _OPEN_TO_MEMBERS or (is_administrator and operation.startswith(_READS))


def _page(answer: Untyped, payload: dict[str, Any]) -> Untyped:
    status, headers, body = answer
    content = json.loads(body)
    listed = next((name for name, value in content.items() if isinstance(value, list)), None)
    if listed is None:
        return answer
    start = int(payload.get("NextToken") or 0)
    end = start + min(int(payload.get("MaxResults") or _PAGE), _PAGE)
    if end < len(content[listed]):
        content["NextToken"] = str(end)
    content[listed] = content[listed][start:end]
    return status, headers, json.dumps(content).encode()


def _error(code: str, message: str) -> Untyped:
    return organizations.error_response_json(code, message, 400)


@replaces(organizations, "_public_account")
def _public_account(original: Untyped, account: dict[str, Any]) -> dict[str, Any]:
    # https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html: Status, which
    # MiniStack answers, is retired since 2026-09-09.
    public: dict[str, Any] = original(account)
    return {**public, "State": public.pop("Status")}


@replaces(organizations, "_create_account")
def _create_account(original: Untyped, payload: Untyped) -> Untyped:
    """Create an account with the role that gives the management account its administration."""
    management = responses.get_account_id()
    status, headers, body = original(payload)
    if status != 200:  # noqa: PLR2004 - HTTP
        return status, headers, body
    answer = json.loads(body)["CreateAccountStatus"]
    if _next_account_ids:
        _renumber(answer, _next_account_ids.pop(0))
    with responses.request_scope(answer["AccountId"], responses.get_region()):
        _create_access_role(payload.get("RoleName", "OrganizationAccountAccessRole"), management)
    return status, headers, json.dumps({"CreateAccountStatus": answer}).encode()


def _renumber(status: dict[str, Any], new_id: str) -> None:
    """Give a new account the next of the ids that the emulator was started with."""
    old_id = status["AccountId"]
    account = organizations._accounts.pop(old_id)
    organizations._accounts[new_id] = {
        **account,
        "Id": new_id,
        "Arn": account["Arn"].replace(old_id, new_id),
    }
    attachments = organizations._attachments[organizations.FULL_ACCESS_POLICY_ID]
    attachments[attachments.index(old_id)] = new_id
    organizations._create_statuses[status["Id"]]["AccountId"] = new_id
    status["AccountId"] = new_id


def _create_access_role(name: str, management: str) -> None:
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{management}:root"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
    iam._create_role({"RoleName": [name], "AssumeRolePolicyDocument": [json.dumps(trust)]})
    iam._attach_role_policy({"RoleName": [name], "PolicyArn": [administrator]})


@replaces(organizations, "_create_organizational_unit")
def _create_unit(original: Untyped, payload: Untyped) -> Untyped:
    """Create a unit, to which AWS attaches FullAWSAccess as to root and accounts."""
    status, headers, body = original(payload)
    if status == 200:  # noqa: PLR2004 - HTTP
        unit = json.loads(body)["OrganizationalUnit"]["Id"]
        organizations._attachments[organizations.FULL_ACCESS_POLICY_ID].append(unit)
    return status, headers, body


def _create_organization(_payload: dict[str, Any]) -> Untyped:
    organizations._ensure_org()
    return organizations._json(200, {"Organization": organizations._orgs["self"]})


def _register(payload: dict[str, Any]) -> Untyped:
    account = payload["AccountId"]
    if organizations._accounts.get(account) is None:
        return _error("AccountNotFoundException", f"{account} is not in the organization.")
    administrators.setdefault(account, set()).add(payload["ServicePrincipal"])
    return organizations._json(200, {})


def _deregister(payload: dict[str, Any]) -> Untyped:
    administrators.get(payload["AccountId"], set()).discard(payload["ServicePrincipal"])
    return organizations._json(200, {})


def _list_administrators(payload: dict[str, Any]) -> Untyped:
    service = payload.get("ServicePrincipal")
    found = [
        organizations._public_account(organizations._accounts[account])
        for account, services in administrators.items()
        if services and (service is None or service in services)
    ]
    return organizations._json(200, {"DelegatedAdministrators": found})


def _list_delegated_services(payload: dict[str, Any]) -> Untyped:
    services = sorted(administrators.get(payload["AccountId"], ()))
    if not services:
        message = "The account is not a delegated administrator of any service."
        return _error("AccountNotRegisteredException", message)
    return organizations._json(
        200, {"DelegatedServices": [{"ServicePrincipal": name} for name in services]}
    )


def _enable_service(payload: dict[str, Any]) -> Untyped:
    trusted_services.add(payload["ServicePrincipal"])
    return organizations._json(200, {})


def _list_services(_payload: dict[str, Any]) -> Untyped:
    enabled = [{"ServicePrincipal": name} for name in sorted(trusted_services)]
    return organizations._json(200, {"EnabledServicePrincipals": enabled})


organizations._DISPATCH.update(
    CreateOrganization=_create_organization,
    RegisterDelegatedAdministrator=_register,
    DeregisterDelegatedAdministrator=_deregister,
    ListDelegatedAdministrators=_list_administrators,
    ListDelegatedServicesForAccount=_list_delegated_services,
    EnableAWSServiceAccess=_enable_service,
    ListAWSServiceAccessForOrganization=_list_services,
)
