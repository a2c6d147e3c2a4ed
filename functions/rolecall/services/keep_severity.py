"""Severities do not get milder because somebody could not look."""

from dataclasses import replace

from rolecall.model.finding import Finding, Status
from rolecall.model.gravity import REASONS


def keep_severity(now: Finding, before: Finding | None) -> Finding:
    """Return a finding that was graded without all facts, at least as severe as it is stored.

    What had raised the severity is told on: it was true when it was last looked at. A lowering
    that cannot be seen today is lost until it can.
    """
    if before is None or before.status is Status.RESOLVED or before.severity <= now.severity:
        return now
    because = before.evidence.get(REASONS)
    evidence = {**now.evidence, REASONS: because} if because else now.evidence
    return replace(now, severity=before.severity, evidence=evidence)
