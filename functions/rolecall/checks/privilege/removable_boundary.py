"""Permissions boundaries that those whom they hold, or others like them, can take off."""

from collections.abc import Iterator

from rolecall.model.access_graph.boundaries import Removal, removals
from rolecall.model.access_graph.words import name_of
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="removable-boundary",
    title="Permissions boundaries hold those whom they are for",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Deny the action in the boundary itself, on everything, and leave boundaries to those who"
        " administer the account."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    ),
)
def removable_boundary(account: Account) -> Iterator[Evidence]:
    """A boundary that its holder can take off or exchange limits nothing.

    Whoever can take it off others is graded lower: it needs one of them to help.
    """
    for removal in removals(account):
        yield _evidence(removal)


def _evidence(removal: Removal) -> Evidence:
    whose = "its own" if removal.is_own else f"that of {name_of(removal.target)}"
    severity = Severity.HIGH if removal.is_own else Severity.MEDIUM
    return Evidence(
        resource=removal.principal.resource,
        summary=(
            f"{removal.principal} can change permissions boundaries, such as {whose}"
            f" ({removal.action})"
        ),
        principal=removal.principal.arn,
        severity=severity if removal.is_certain else Severity.LOW,
        verdict="granted" if removal.is_certain else "conditional",
        data={"action": removal.action, "boundary_of": removal.target},
    )
