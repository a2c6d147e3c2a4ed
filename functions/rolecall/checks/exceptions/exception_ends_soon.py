"""Exceptions whose owners have to act before they end."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.exceptions import told_in
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="exception-ends-soon",
    title="No exception ends before its owner has acted",
    severity=Severity.INFORMATIONAL,
    needs=frozenset({Part.ORGANIZATION}),
    is_always_told=True,
    remediation=(
        "Mend what the exception was made for: when it ends, its findings open again. Where that"
        " cannot be done in time, ask whoever reviewed the exception for a later end, and say what"
        " has changed since."
    ),
    references=(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_continuous_reduction.html",
    ),
)
def exception_ends_soon(account: Account) -> Iterator[Evidence]:
    """An exception that ends unnoticed turns into alarms for people who know nothing of it.

    Its owner is told two weeks before: messages carry the owner as an attribute to subscribe to.
    """
    for exception in told_in(account):
        if exception.ends_soon(account.taken_at):
            yield Evidence(
                resource=account.resource,
                summary=f"the exception of {exception.owner} for {exception.what} ends on"
                f" {exception.ends_on}",
                data=exception.facts(),
                occasion=f"{exception.id} {exception.ends_on}",
            )
