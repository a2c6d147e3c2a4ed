"""Organizations whose members each keep root credentials of their own."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, undo
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="centralized-root-access",
    title="Root credentials of member accounts are managed centrally",
    severity=Severity.HIGH,
    needs=frozenset({Part.ORGANIZATION, Part.ORGANIZATION_FEATURES}),
    remediation=(
        "Enable the management of root credentials from the management account, or from a delegated"
        " administrator for IAM. Then delete the credentials of the members:"
        " `member-root-credentials` names those that have any."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-access-management.html",
    ),
)
def centralized_root_access(account: Account) -> Iterator[Evidence]:
    """Every member account has a mailbox that resets its root password, and no need for one.

    With the feature, member accounts need no root credentials: new ones are born without. It is
    judged once, in the management account.
    """
    organization = account.organization
    if organization is None or not account.is_management_account:
        return
    if not organization.centralizes_root_access:
        yield Evidence(
            resource=account.resource,
            summary=f"organization {organization.id} does not manage the root credentials of its"
            " member accounts centrally",
            commands=(
                aws(
                    "organizations enable-aws-service-access --service-principal iam.amazonaws.com"
                ),
                aws("iam enable-organizations-root-credentials-management"),
                undo(aws("iam disable-organizations-root-credentials-management")),
            ),
            data={"features": sorted(organization.features)},
        )
