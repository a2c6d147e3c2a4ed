"""Somebody may do what it could not do before."""

# Longer than 60 lines because machines get every fact behind the sentence.

from collections.abc import Iterator

from rolecall.model.administrators_made import ADMINISTRATORS
from rolecall.model.evidence import Evidence, Json
from rolecall.model.permission_change import PermissionChange
from rolecall.model.permission_changes import (
    GUARDRAIL_PATTERN,
    PATTERN,
    PERMISSION_SETS_PATTERN,
)
from rolecall.model.rights_change import RightsChange
from rolecall.model.rights_words import (
    NAMED,
    classes_in,
    gains_of,
    losses_of,
    names_in,
    severity_of_gain,
    subject,
)
from rolecall.model.rule import Comparison
from rolecall.model.severity import Severity

_SAID = 3


@Comparison(
    id="permissions-granted",
    title="A user or role may do what it could not do before",
    severity=Severity.LOW,
    patterns=(PATTERN, GUARDRAIL_PATTERN, PERMISSION_SETS_PATTERN),
    remediation=(
        "Ask who made the change what it is for. If nobody meant it, take back what the event put"
        " there, and look at what the principal did since; where code describes the principal,"
        " deploy the code again."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    ),
)
def permissions_granted(change: PermissionChange) -> Iterator[Evidence]:
    """Tell not which document changed but what that gave, after all that bears on the principal.

    Judged by what is in IAM shortly after the event, whatever the event itself says. CRITICAL for
    an administrator, HIGH for a way to become one and for the most harmful actions on every
    resource; narrower and conditional rights are a grade milder, all else is LOW.
    """
    first = change.principals[0]
    gains = list(gains_of(first))
    if gains:
        more = f"; and {len(gains) - _SAID} more" if len(gains) > _SAID else ""
        who = f"{subject(first.after)}{', which is new,' if first.is_new else ''}"
        said = f"{who} {'; '.join(gains[:_SAID])}{more}{change.others}"
        yield Evidence(
            resource=change.resource,
            summary=f"{said}. {change.made_by}",
            principal=change.principal,
            severity=severity_of_gain(first),
            occasion=change.occasion,
            data={**_facts(first), **change.data(), ADMINISTRATORS: _administrators(change)},
        )


def _administrators(change: PermissionChange) -> list[str]:
    """Return who became one, for the check on those who stay it."""
    return [each.after.arn for each in change.principals if each.is_administrator_now][:NAMED]


def _facts(change: RightsChange) -> dict[str, Json]:
    """Return what the principal that gained the gravest gained, for machines."""
    opened = change.opened
    return {
        "gains": list(gains_of(change)),
        "losses": list(losses_of(change)),
        "gained": names_in(change.gained),
        "gained_count": len(change.gained),
        "widened": names_in(change.widened),
        "widened_count": len(change.widened),
        "sensitive": [*classes_in(change.gained), *classes_in(change.widened)],
        "steps": list(opened.steps) if opened else [],
        "let_in": [str(term) for term in change.let_in[:NAMED]],
        "is_new": change.is_new,
    }
