"""Roles and users without a policy that they have to hold."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import is_ours
from rolecall.model.principals import User
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy.wildcards import matches


@Check(
    id="required-policies",
    title="Principals hold the policies that they have to",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation="Attach the policy; the command has its place for the ARN.",
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
    ),
)
def required_policies(account: Account, *, policies: tuple[str, ...] = ()) -> Iterator[Evidence]:
    """A policy that holds back, or that lets security in, works only where it is attached.

    `policies` are names or ARNs, where * stands for anything; of whom they are required, the
    overrides of this rule say by account, unit, path or tag. Without any it is silent.
    """
    for principal in account.principals:
        if not is_ours(principal):
            continue
        held = {name for each in principal.policies for name in (each.name, each.arn or "")}
        missing = [each for each in policies if not any(matches(each, name) for name in held)]
        if missing:
            kind = "user" if isinstance(principal, User) else "role"
            yield Evidence(
                resource=principal.resource,
                summary=f"{principal} lacks the required {', '.join(missing)}",
                principal=principal.arn,
                commands=(
                    aws(
                        f"iam attach-{kind}-policy",
                        **{f"{kind}_name": principal.name},
                        policy_arn="POLICY_ARN",
                    ),
                ),
                data={"missing": missing},
            )
