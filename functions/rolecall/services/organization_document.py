"""An organization as JSON and back: the shape that snapshots and the coverage table share."""

from collections.abc import Mapping
from typing import Any

from rolecall.model.completeness import NOT_ASKED, PRESENT, Completeness, Part, State
from rolecall.model.evidence import Json
from rolecall.model.organization import (
    DelegatedAdministrator,
    MemberAccount,
    Organization,
    OrganizationPolicy,
    People,
    PolicyType,
)
from rolecall.model.timestamps import format_time, parse_time

_OF_THE_ORGANIZATION = (
    Part.ORGANIZATION_ACCOUNTS,
    Part.ORGANIZATION_POLICIES,
    Part.ORGANIZATION_FEATURES,
    Part.DELEGATED_ADMINISTRATORS,
    Part.PEOPLE,
)


def organization_document(organization: Organization) -> dict[str, Json]:
    """Write an organization as JSON; docs/snapshot.schema.json describes the result."""
    return {
        "id": organization.id,
        "management_account_id": organization.management_account_id,
        "account_ids": sorted(organization.account_ids),
        "accounts": [_account(each) for _, each in sorted(organization.accounts.items())],
        "features": sorted(organization.features),
        "delegated_administrators": [
            {"account_id": each.account_id, "services": list(each.services)}
            for each in organization.delegated_administrators
        ],
        "policy_types": sorted(organization.policy_types),
        "policies": [_policy(each) for each in organization.policies],
        "completeness": completeness_document(_parts(organization)),
    }


def parse_organization(
    document: Mapping[str, Any], *, people: People | None = None
) -> Organization:
    """Read what `organization_document` wrote; raise KeyError, TypeError or ValueError else.

    Of the accounts listed the active ones count as members unless `account_ids` says who does.
    """
    accounts = {each["id"]: _parse_account(each) for each in document.get("accounts", ())}
    active = [each.id for each in accounts.values() if each.is_active]
    return Organization(
        document["id"],
        frozenset(document.get("account_ids", active)),
        management_account_id=document.get("management_account_id", ""),
        accounts=accounts,
        features=frozenset(document.get("features", ())),
        delegated_administrators=tuple(
            DelegatedAdministrator(each["account_id"], tuple(each.get("services", ())))
            for each in document.get("delegated_administrators", ())
        ),
        policies=tuple(_parse_policy(each) for each in document.get("policies", ())),
        policy_types=frozenset(map(PolicyType, document.get("policy_types", ()))),
        people=people,
        parts=_parse_parts(document),
    )


def completeness_document(parts: Mapping[Part, Completeness]) -> dict[str, Json]:
    """Write how complete parts are; what they need not say is left out."""
    return {
        part.value: {
            "state": each.state.value,
            **({"reason": each.reason} if each.reason else {}),
            **({"call": each.call} if each.call else {}),
            **({"read_at": format_time(each.read_at)} if each.read_at else {}),
        }
        for part, each in parts.items()
    }


def parse_completeness(document: Mapping[str, Any]) -> dict[Part, Completeness]:
    """Read what `completeness_document` wrote; parts of later versions are passed over."""
    known = {part.value for part in Part}
    return {
        Part(name): Completeness(
            State(each["state"]),
            each.get("reason", ""),
            each.get("call", ""),
            parse_time(each["read_at"]) if each.get("read_at") else None,
        )
        for name, each in document.items()
        if name in known
    }


def _parts(organization: Organization) -> dict[Part, Completeness]:
    """Return every part of the organization with what became of it."""
    return {part: organization.parts.get(part, NOT_ASKED) for part in _OF_THE_ORGANIZATION}


def _parse_parts(document: Mapping[str, Any]) -> dict[Part, Completeness]:
    """Read how complete the parts are; what the document tells without a word on that is there."""
    members = {
        "accounts": Part.ORGANIZATION_ACCOUNTS,
        "features": Part.ORGANIZATION_FEATURES,
        "delegated_administrators": Part.DELEGATED_ADMINISTRATORS,
        "policy_types": Part.ORGANIZATION_POLICIES,
    }
    given = {part: PRESENT for name, part in members.items() if name in document}
    parts = {**given, **parse_completeness(document.get("completeness", {}))}
    return {part: each for part, each in parts.items() if each.state is not State.NOT_ASKED}


def _account(account: MemberAccount) -> dict[str, Json]:
    return {
        "id": account.id,
        "name": account.name,
        "status": account.status,
        "ou_path": account.ou_path,
        "parents": list(account.parents),
        "joined_at": format_time(account.joined_at) if account.joined_at else None,
    }


def _parse_account(document: Mapping[str, Any]) -> MemberAccount:
    joined_at = document.get("joined_at")
    return MemberAccount(
        id=document["id"],
        name=document.get("name", ""),
        status=document.get("status", "ACTIVE"),
        ou_path=document.get("ou_path", ""),
        joined_at=parse_time(joined_at) if joined_at else None,
        parents=tuple(document.get("parents", ())),
    )


def _policy(policy: OrganizationPolicy) -> dict[str, Json]:
    return {
        "id": policy.id,
        "name": policy.name,
        "type": policy.type.value,
        "content": policy.content,
        "targets": list(policy.targets),
    }


def _parse_policy(document: Mapping[str, Any]) -> OrganizationPolicy:
    return OrganizationPolicy(
        id=document["id"],
        name=document.get("name", ""),
        type=PolicyType(document["type"]),
        content=document["content"],
        targets=tuple(document.get("targets", ())),
    )
