"""Roles of workloads that may manage permissions on everything."""

from collections.abc import Iterator
from functools import cache
from itertools import islice

from rolecall.model.access_graph import graph_of
from rolecall.model.access_graph.workloads import services_of, workload_roles
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy import ActionSet, granted
from rolecall.policy.sensitive import CLASSES, sensitive_bits
from rolecall.policy.sensitive.breadth import union


@Check(
    id="strong-workload-role",
    title="Workloads manage no permissions",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Limit the actions to the resources that the workload works on, and give what it needs only"
        " when it is deployed to the role that deploys it."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    ),
)
def strong_workload_role(account: Account) -> Iterator[Evidence]:
    """Code that may share anything with anybody is one flaw away from doing so.

    Administrators, and those who can become one, are another rule's, as are the rights that are
    sensitive in themselves, such as s3:PutBucketPolicy.
    """
    graph = graph_of(account)
    for role in workload_roles(account):
        if graph.is_administrator(role.arn) or graph.to_administrator(role.arn):
            continue
        rights = granted(account.policy_set(role)).everywhere.at_level("Permissions management")
        rights -= _sensitive()
        if rights:
            some = ", ".join(islice(rights, 3))
            yield Evidence(
                resource=role.resource,
                summary=(
                    f"{role}, which {' and '.join(services_of(role))} hands to workloads,"
                    f" may manage permissions on everything, such as {some}"
                ),
                principal=role.arn,
                verdict="granted",
                data={"services": list(services_of(role)), "actions": list(islice(rights, 50))},
            )


@cache
def _sensitive() -> ActionSet:
    return ActionSet(union(sensitive_bits(each.id) for each in CLASSES))
