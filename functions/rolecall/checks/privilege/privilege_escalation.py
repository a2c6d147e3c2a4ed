"""Principals that can make themselves administrators in one step."""

from collections.abc import Iterator

from rolecall.model.access_graph.escalations import (
    Cause,
    escalations,
    lesser_escalations,
)
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="privilege-escalation",
    title="Nobody can make itself an administrator",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Take away the actions that the steps name, or limit them: iam:PassRole to the roles "
        "that the work needs, with iam:PassedToService; changes of policies and credentials to "
        "paths that hold no administrators. Give what must stay a permissions boundary or an "
        "SCP."
    ),
    references=(
        "https://pathfinding.cloud/paths/",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    ),
)
def privilege_escalation(account: Account) -> Iterator[Evidence]:
    """Such a right is an administrator's in all but name, and nobody watches it as one.

    Judged is what a principal may do after all that bears on it, and what it gains by it: only
    roles count that it can really pass, to services that they trust, and that lead to rights over
    the whole account. What takes a function or an instance that IAM does not show is graded
    lower, as is whoever can only make others administrators or take over somebody with other
    rights than its own.
    """
    for escalation in escalations(account, Cause.DIRECT):
        yield escalation.evidence()
    yield from lesser_escalations(account)
