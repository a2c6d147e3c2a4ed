"""Who was made an administrator, and when, where a comparison told it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.model.finding import Finding

GRANTED = "permissions-granted"
"""The comparison whose findings tell."""
ADMINISTRATORS = "administrators"
"""The member of their evidence that lists the ARNs."""


def administrators_made(findings: Iterable["Finding"]) -> Mapping[str, datetime]:
    """Return when each principal was made one last, by ARN; what is suppressed does not count."""
    made: dict[str, datetime] = {}
    for finding in findings:
        if finding.rule == GRANTED and finding.is_open:
            for arn in _named_in(finding):
                made[arn] = max(finding.first_seen_at, made.get(arn, finding.first_seen_at))
    return made


def _named_in(finding: "Finding") -> Iterable[str]:
    named = finding.evidence.get(ADMINISTRATORS)
    return map(str, named) if isinstance(named, list | tuple) else ()
