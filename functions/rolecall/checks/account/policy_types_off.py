"""Organizations that cannot limit their accounts."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.organization import PolicyType
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="policy-types-off",
    title="Service and resource control policies are switched on",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.ORGANIZATION, Part.ORGANIZATION_POLICIES}),
    remediation=(
        "Enable the type. That alone changes nothing: AWS attaches a policy that allows everything"
        " (FullAWSAccess, RCPFullAWSAccess) everywhere. Then `account-without-guardrails` says"
        " what is worth denying."
    ),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/enable-policy-type.html",
    ),
)
def policy_types_off(account: Account) -> Iterator[Evidence]:
    """What no policy of the organization can forbid, every account may do.

    Judged once, in the management account.
    """
    organization = account.organization
    if organization is None or not account.is_management_account:
        return
    off = sorted(kind.value for kind in PolicyType if kind not in organization.policy_types)
    if off:
        yield Evidence(
            resource=account.resource,
            summary=f"organization {organization.id} has not switched on {' and '.join(off)}",
            commands=tuple(
                aws("organizations enable-policy-type --root-id ROOT_ID", policy_type=kind)
                for kind in off
            ),
            data={"off": off},
        )
