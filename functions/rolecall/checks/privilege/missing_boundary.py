"""Principals without the permissions boundary that they have to have."""

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
    id="missing-boundary",
    title="Principals have the permissions boundary that is required",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Set the boundary, and let nobody make users or roles without it: a condition on"
        " iam:PermissionsBoundary does that."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    ),
)
def missing_boundary(account: Account, *, boundaries: tuple[str, ...] = ()) -> Iterator[Evidence]:
    """A boundary that is not on everyone is on nobody who wants to be without.

    `boundaries` are names of policies of which one must be the boundary; * stands for anything,
    alone for any boundary. The overrides of this rule say, by path or tag, of whom it is required.
    """
    for principal in account.principals if boundaries else ():
        name = principal.boundary.name if principal.boundary else ""
        if not is_ours(principal) or (name and any(matches(each, name) for each in boundaries)):
            continue
        kind = "user" if isinstance(principal, User) else "role"
        yield Evidence(
            resource=principal.resource,
            summary=f"{principal} has {f'the boundary {name}' if name else 'no boundary'}, not"
            f" {' or '.join(boundaries)}",
            principal=principal.arn,
            commands=(
                aws(
                    f"iam put-{kind}-permissions-boundary",
                    **{f"{kind}_name": principal.name},
                    permissions_boundary="POLICY_ARN",
                ),
            ),
            data={"boundary": name or None, "required": list(boundaries)},
        )
