"""What Rolecall could not see."""

from collections.abc import Iterator

from rolecall.model.account import Account, Gap
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="coverage-gap",
    title="Rolecall can read and judge the whole account",
    severity=Severity.MEDIUM,
    needs=frozenset(),
    in_every_audit=True,
    remediation=(
        "Make the named call work again: check that the role rolecall-reader exists in the account"
        " (the StackSet rolecall-members deploys it), that it trusts the hub, and that no service"
        " control policy denies it. Until then findings of this account stay as they were."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
    ),
)
def coverage_gap(account: Account) -> Iterator[Evidence]:
    """No findings must mean that nothing is wrong, not that nobody could look.

    What could not be read is not judged: none of its findings is opened, and none resolved.
    """
    for gap in account.gaps:
        yield Evidence(
            resource=account.resource,
            summary=f"account {account.id}: {gap.part} is not known: {gap.call}: {gap.error}",
            severity=_severity(gap),
            data={"part": gap.part, "call": gap.call, "error": gap.error, "audit": gap.audit},
            occasion=gap.part,
        )


def _severity(gap: Gap) -> Severity | None:
    if gap.is_passing:
        return Severity.INFORMATIONAL
    return Severity.HIGH if gap.is_total else None
