"""Exceptions that hide what nobody has looked at yet."""

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.exceptions import told_in
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="wide-exception",
    title="Exceptions are narrow and short",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.ORGANIZATION}),
    is_always_told=True,
    remediation=(
        "Ask its owner what it is really about. Name the resources, or at least the rule together"
        " with the account, the path or the value of a tag, and let it end within the year."
    ),
    references=(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_continuous_reduction.html",
    ),
)
def wide_exception(account: Account, *, max_days: int = 366) -> Iterator[Evidence]:
    """An exception for a whole rule or a whole account also hides what goes wrong tomorrow.

    One that outlasts the memory of whoever asked for it is as bad. An exception of one account is
    told in that account, any other in the management account.
    """
    latest = account.taken_at.date() + timedelta(days=max_days)
    for exception in told_in(account):
        if exception.is_wide or exception.ends_on > latest:
            hides_every_rule = exception.is_wide and not exception.rule
            yield Evidence(
                resource=account.resource,
                summary=f"the exception of {exception.owner} hides {exception.what} until"
                f" {exception.ends_on}",
                severity=Severity.HIGH if hides_every_rule else None,
                data=exception.facts(),
                occasion=exception.id,
            )
