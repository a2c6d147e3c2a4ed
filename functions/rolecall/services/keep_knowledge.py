"""What a finding says does not get milder, or poorer, because somebody could not look."""

from dataclasses import replace

from rolecall.model.commands import UNKNOWN_KEY
from rolecall.model.evidence import Json
from rolecall.model.finding import Finding, Status
from rolecall.model.gravity import REASONS


def keep_severity(now: Finding, before: Finding | None) -> Finding:
    """Return a finding that was graded without all facts, as severe as it is stored.

    What had raised or lowered the severity is told on: it was true when it was last looked at.
    Only what the evidence says anew, as of a key that has passed another step, makes it worse.
    """
    if before is None or before.status is Status.RESOLVED:
        return now
    if before.severity <= now.severity and _facts(before) != _facts(now):
        return now
    because = before.evidence.get(REASONS)
    evidence = {**now.evidence, REASONS: because} if because else now.evidence
    return replace(now, severity=before.severity, evidence=evidence)


def _facts(finding: Finding) -> dict[str, Json]:
    return {name: value for name, value in finding.evidence.items() if name != REASONS}


def keep_key_ids(now: Finding, before: Finding | None) -> Finding:
    """Return a finding that cannot name its access keys today as it stood when it could."""
    if before is None or not _lacks_key_ids(now) or _lacks_key_ids(before):
        return now
    return replace(now, summary=before.summary, commands=before.commands, evidence=before.evidence)


def _lacks_key_ids(finding: Finding) -> bool:
    """Tell whether the finding leaves the id of an access key open."""
    named = [v for name, v in finding.evidence.items() if name.endswith(("key_id", "key_ids"))]
    return any(each is None or (isinstance(each, list) and None in each) for each in named) or any(
        UNKNOWN_KEY in command for command in finding.commands
    )
