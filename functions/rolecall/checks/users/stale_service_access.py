"""Users who may use costly services and do not."""

# Longer than 60 lines because each service has a period of its own.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.principals import User
from rolecall.model.rule import Check
from rolecall.model.service_access import ServiceAccess
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="stale-service-access",
    title="Who may use Bedrock and SageMaker does use them",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.SERVICE_LAST_ACCESSED}),
    weighs=RIGHTS,
    remediation=(
        "Take the service out of the user's policies, or the user out of the group that gives it."
        " Stolen keys are used for models first: they cost others nothing and you much."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html",
    ),
)
def stale_service_access(
    account: Account, *, bedrock_unused_days: int = 60, sagemaker_unused_days: int = 90
) -> Iterator[Evidence]:
    """A right that nobody uses is there for a thief alone.

    Judged are users, by what IAM remembers of services that they may use: a service that it
    never saw used counts from the creation of the user. Roles are another rule's subject.
    """
    limits = {"bedrock": bedrock_unused_days, "sagemaker": sagemaker_unused_days}
    for user in account.users:
        for access in account.service_last_accessed.get(user.arn, ()):
            days = limits.get(access.namespace)
            since = access.last_used_at or user.created_at
            if days is not None and account.is_older_than(since, days):
                yield graded(_evidence(user, access), Severity.MEDIUM, account, user)


def _evidence(user: User, access: ServiceAccess) -> Evidence:
    at = access.last_used_at
    last = f"used it last on {format_day(at)}" if at else "never did, as far as IAM remembers"
    return Evidence(
        resource=user.resource,
        summary=f"{user} may use {access.namespace} and {last}",
        principal=user.arn,
        commands=(
            aws(
                "iam list-policies-granting-service-access",
                arn=user.arn,
                service_namespaces=access.namespace,
            ),
        ),
        data={"service": access.namespace, "last_used_at": format_time(at) if at else None},
        occasion=access.namespace,
    )
