"""Users whose access keys work from anywhere, for all that their policies say."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rotation import active_keys
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy import granted


@Check(
    id="user-without-limits",
    title="Users with access keys have a boundary or conditions",
    severity=Severity.LOW,
    needs=frozenset(
        {Part.AUTHORIZATION_DETAILS, Part.CREDENTIAL_REPORT, Part.ORGANIZATION_POLICIES}
    ),
    weighs=RIGHTS,
    remediation=(
        "Deny everything from outside your networks (NotIpAddress on aws:SourceIp, with"
        " aws:ViaAWSService false), or set a permissions boundary that holds the user to its task."
        " Better: replace the key by a role."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    ),
)
def user_without_limits(account: Account) -> Iterator[Evidence]:
    """A stolen key is used from the thief's network, and one condition would stop it there.

    Judged is what the user may do after all its policies and those of the organization: limited
    is who has a permissions boundary, or may do nothing without a condition, be it of network,
    MFA or anything else. Judged are users with an active key.
    """
    for user, credentials in account.credentials():
        if user.unread or user.boundary or not active_keys(credentials):
            continue
        grants = granted(account.policy_set(user))
        if grants.everywhere or grants.on_some_resources:
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user} has an access key that works from any network, and no"
                " permissions boundary",
                principal=user.arn,
                verdict="granted",
                commands=(
                    aws(
                        "iam put-user-permissions-boundary",
                        user_name=user.name,
                        permissions_boundary="POLICY_ARN",
                    ),
                ),
            )
            yield graded(evidence, Severity.LOW, account, user)
