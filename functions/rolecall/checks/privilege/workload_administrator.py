"""Roles of workloads that are administrators or can become one."""

from collections.abc import Iterator

from rolecall.model.access_graph import graph_of, told
from rolecall.model.access_graph.workloads import services_of, workload_roles
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="workload-administrator",
    title="No workload is an administrator",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Give the role the actions and resources that its code uses; where the code has to manage"
        " IAM, let it do so under a path of its own and with a permissions boundary on what it"
        " makes."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
        "https://pathfinding.cloud/paths/",
    ),
)
def workload_administrator(account: Account) -> Iterator[Evidence]:
    """A flaw in the code of such a workload gives the account away.

    Workloads are what instances, functions, tasks, builds and jobs run: whatever a service of AWS
    runs for somebody with a role. Whether anything runs with the role IAM does not show.
    """
    graph = graph_of(account)
    for role in workload_roles(account):
        chain = graph.to_administrator(role.arn)
        if not graph.is_administrator(role.arn) and chain is None:
            continue
        how = (
            f"can become an administrator: {' '.join(told(chain))}"
            if chain
            else "may do everything"
        )
        yield Evidence(
            resource=role.resource,
            summary=f"{role}, which {' and '.join(services_of(role))} hands to workloads, {how}",
            principal=role.arn,
            severity=Severity.MEDIUM if chain else Severity.HIGH,
            verdict=chain.certainty.verdict if chain else "granted",
            data={"services": list(services_of(role)), "steps": told(chain) if chain else []},
        )
