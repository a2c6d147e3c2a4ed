"""Roles that can become one another in a circle."""

from collections.abc import Iterator

from rolecall.model.access_graph import graph_of
from rolecall.model.access_graph.words import name_beside
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="circular-access",
    title="Roles do not lead back to where somebody came from",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Let roles be assumed in one direction only: take the assuming of one of them out of the"
        " trust policy of the other."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html",
    ),
)
def circular_access(account: Account) -> Iterator[Evidence]:
    """Whoever holds one role of a circle can renew its sessions for ever, each from another.

    The hour after which the session of an assumed role ends then ends nothing.
    """
    own = {role.arn for role in account.roles}
    for circle in graph_of(account).circles():
        first = next(filter(own.__contains__, circle), "")
        if not first:
            continue
        names = ", ".join(name_beside(arn, first) for arn in circle)
        yield Evidence(
            resource=Resource("AwsIamRole", first),
            summary=f"{len(circle)} roles can become one another: {names}",
            principal=first,
            verdict="granted",
            data={"roles": list(circle)},
        )
