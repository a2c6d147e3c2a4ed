"""Accounts whose administrators may switch off what watches them."""

# Longer than 60 lines because the guardrails are a table of what each of them is to forbid.

from collections.abc import Iterator
from typing import NamedTuple

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy import Policy, PolicySet, can

_EVERYTHING = Policy.parse(
    {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}},
    name="administrator",
)
_ANYBODY = "role/rolecall-asks-for-an-administrator"
"""A role that is in no account: exceptions made for a role by its name do not let it through."""


_REGIONS = ("ap-southeast-1", "sa-east-1", "eu-north-1", "us-west-2", "us-east-1")


class _Guard(NamedTuple):
    words: str
    actions: tuple[str, ...]
    resource: str = "*"
    principal: str = _ANYBODY
    region: str = ""


_GUARDS = {
    "leave-organization": _Guard("leave the organization", ("organizations:LeaveOrganization",)),
    "stop-trail": _Guard("stop trails", ("cloudtrail:StopLogging", "cloudtrail:DeleteTrail")),
    "stop-guardduty": _Guard("stop GuardDuty", ("guardduty:DeleteDetector",)),
    "stop-config": _Guard("stop Config", ("config:StopConfigurationRecorder",)),
    "create-user": _Guard(
        "make IAM users and their keys", ("iam:CreateUser", "iam:CreateAccessKey")
    ),
    "change-reader": _Guard(
        "change Rolecall's role",
        ("iam:DeleteRole", "iam:UpdateAssumeRolePolicy"),
        "role/rolecall-reader",
    ),
    "use-root": _Guard("work as the root user", ("iam:CreateRole",), principal="root"),
}


@Check(
    id="account-without-guardrails",
    title="Service control policies guard every account",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.ORGANIZATION, Part.ORGANIZATION_POLICIES}),
    remediation=(
        "Attach a service control policy that denies these actions to the root of the organization"
        " or to the unit of the account, first to a unit for tests. Except the roles that need"
        " them, by aws:PrincipalArn. One policy at the root resolves the finding of every account."
    ),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples.html",
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html",
    ),
    choices={"wanted_guards": tuple(_GUARDS)},
)
def account_without_guardrails(
    account: Account,
    *,
    wanted_guards: tuple[str, ...] = tuple(_GUARDS),
    allowed_regions: tuple[str, ...] = (),
) -> Iterator[Evidence]:
    """Whoever becomes an administrator of the account first blinds those who watch it.

    Judged is what the organization's policies leave to an administrator whose own policies allow
    everything; a Deny under conditions, such as one that excepts a role, counts as a guard. With
    `allowed_regions`, one against all other regions is wanted too. The management account, which
    no such policy reaches, is not judged; where none is switched on, `policy-types-off` says so.
    """
    if account.is_management_account or account.guardrails.scps is None:
        return
    guards = {name: _GUARDS[name] for name in wanted_guards} | _of_regions(allowed_regions)
    missing = [name for name, guard in guards.items() if _is_open(account, guard)]
    if missing:
        words = ", ".join(guards[name].words for name in missing)
        yield Evidence(
            resource=account.resource,
            summary=f"no service control policy keeps administrators of account {account.id} from"
            f" this: {words}",
            verdict="granted",
            commands=(
                aws(
                    "organizations create-policy --type SERVICE_CONTROL_POLICY"
                    " --name guardrails --description GUARDRAILS --content file://guardrails.json"
                ),
                aws("organizations attach-policy --policy-id POLICY_ID --target-id ROOT_OR_OU_ID"),
            ),
            data={
                "missing": missing,
                "actions": [action for name in missing for action in guards[name].actions],
            },
        )


def _of_regions(allowed: tuple[str, ...]) -> dict[str, _Guard]:
    """Ask about one region that is not allowed, as a thief of keys would."""
    other = next((region for region in _REGIONS if region not in allowed), "")
    if not (allowed and other):
        return {}
    return {"other-regions": _Guard("work in other regions", ("ec2:RunInstances",), region=other)}


def _is_open(account: Account, guard: _Guard) -> bool:
    """Tell whether any of the actions is allowed whatever the circumstances."""
    own = f"arn:{account.partition}:iam::{account.id}:"
    policies = PolicySet(
        identity=(_EVERYTHING,), scps=account.guardrails.scps, account_id=account.id
    )
    resource = guard.resource if guard.resource == "*" else own + guard.resource
    context = {"aws:RequestedRegion": guard.region} if guard.region else None
    return any(
        can(own + guard.principal, policies, action, resource, context).is_allowed
        for action in guard.actions
    )
