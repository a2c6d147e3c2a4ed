"""Somebody may no longer do what it could do before, and nothing new."""

from collections.abc import Iterator

from rolecall.model.evidence import Evidence
from rolecall.model.permission_change import PermissionChange
from rolecall.model.permission_changes import (
    GUARDRAIL_PATTERN,
    PATTERN,
    PERMISSION_SETS_PATTERN,
)
from rolecall.model.rights_words import losses_of, names_in, subject
from rolecall.model.rule import Comparison
from rolecall.model.severity import Severity


@Comparison(
    id="permissions-lost",
    title="A user or role may no longer do what it could do before",
    severity=Severity.INFORMATIONAL,
    patterns=(PATTERN, GUARDRAIL_PATTERN, PERMISSION_SETS_PATTERN),
    remediation=(
        "Nothing, if somebody tidied up. If something stopped working at that time, this is why:"
        " give back the rights that it needs, and no others."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
    ),
)
def permissions_lost(change: PermissionChange) -> Iterator[Evidence]:
    """Told as a record for the day when something fails and nobody knows since when.

    Who takes away rights from those who watch, or from everybody but itself, shows here too. What
    gains as well as loses is told by permissions-granted.
    """
    first = change.principals[0]
    losses = list(losses_of(first))
    if losses and not first.is_gain:
        yield Evidence(
            resource=change.resource,
            summary=f"{subject(first.after)} {'; '.join(losses)}{change.others}. {change.made_by}",
            principal=change.principal,
            occasion=change.occasion,
            data={
                "losses": losses,
                "lost": names_in(first.lost),
                "lost_count": len(first.lost),
                "narrowed": names_in(first.narrowed),
                "narrowed_count": len(first.narrowed),
                **change.data(),
            },
        )
