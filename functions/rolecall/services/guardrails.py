"""Which of the organization's policies are in force for one account."""

from collections.abc import Iterable, Mapping
from typing import Any

from rolecall.model.organization import Guardrails, Organization, PolicyType
from rolecall.policy import Policy
from rolecall.policy.policy_set import Level


def guardrails_of(organization: Organization, account_id: str) -> Guardrails:
    """Return the levels of policies from the root of the organization to the account.

    None apply in the management account, and none of a type that is not switched on. Raises
    PolicyError when a policy cannot be read, and ValueError when the account's place is not known:
    with a level missing it would look less limited than it is.
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
    """
    account = organization.accounts.get(account_id)
    if account is None or account_id == organization.management_account_id:
        return Guardrails()
    if organization.policy_types and not account.parents:
        raise ValueError(f"it is not known where account {account_id} stands in the organization")
    way = (*account.parents, account_id)
    return Guardrails(
        scps=_levels(organization, PolicyType.SCP, way),
        rcps=_levels(organization, PolicyType.RCP, way),
    )


def read_guardrails(document: Mapping[str, Any]) -> Guardrails:
    """Read `{"scp": [[document, ...], ...], "rcp": ...}`, root first and account last.

    Null, or no member, says that policies of that type do not apply. Raises PolicyError.
    """
    return Guardrails(
        scps=_read_levels(document.get("scp"), "SCP"), rcps=_read_levels(document.get("rcp"), "RCP")
    )


def _levels(
    organization: Organization, kind: PolicyType, way: Iterable[str]
) -> tuple[Level, ...] | None:
    if kind not in organization.policy_types:
        return None
    found = [each for each in organization.policies if each.type is kind]
    return tuple(
        tuple(
            Policy.parse(each.content, name=each.name) for each in found if target in each.targets
        )
        for target in way
    )


def _read_levels(levels: Iterable[Iterable[Any]] | None, kind: str) -> tuple[Level, ...] | None:
    if levels is None:
        return None
    return tuple(
        tuple(
            Policy.parse(each, name=f"{kind} {number} of level {depth}")
            for number, each in enumerate(level, 1)
        )
        for depth, level in enumerate(levels, 1)
    )
