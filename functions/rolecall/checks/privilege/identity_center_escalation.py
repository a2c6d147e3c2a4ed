"""Principals that can give themselves rights through Identity Center."""

from collections.abc import Iterator

from rolecall.model.access_graph.escalations import Cause, escalations
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="identity-center-escalation",
    title="Nobody assigns itself rights through Identity Center",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Leave permission sets and assignments to the few who administer Identity Center, and "
        "let them work in an account of its own, as its delegated administrator."
    ),
    references=(
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/iam-auth-access-overview.html",
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html",
    ),
)
def identity_center_escalation(account: Account) -> Iterator[Evidence]:
    """One assignment makes somebody an administrator of every account of the organization.

    It works where Identity Center is administered, which IAM does not show.
    """
    for escalation in escalations(account, Cause.IDENTITY_CENTER):
        yield escalation.evidence()
