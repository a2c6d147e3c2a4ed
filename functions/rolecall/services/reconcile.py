"""The difference between what is stored and what was observed."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from operator import attrgetter

from rolecall.model.finding import Finding, Status

_HISTORY = {"first_seen_at", "changed_at", "resolved_at", "source", "file"}
_facts = attrgetter(*(each.name for each in fields(Finding) if each.name not in _HISTORY))
"""What a finding says, without its history: what has to be written when it changes."""


def reconcile(known: Iterable[Finding], observed: Iterable[Finding], at: datetime) -> list[Finding]:
    """Return only what must be written so that the store says what the audit saw.

    New evidence opens a finding, returned evidence reopens it under its old first sighting,
    missing evidence resolves it, changed facts rewrite it. What is observed says itself whether an
    exception suppresses it; one that opens because its exception is over keeps that exception, so
    that it can say why. Both inputs must be of the same rules: what is not observed is over.
    """
    before = {finding.id: finding for finding in known}
    now = {finding.id: finding for finding in observed}
    seen = (_seen_again(before.get(finding.id), finding) for finding in now.values())
    gone = (finding for finding in before.values() if finding.id not in now)
    return [finding for finding in seen if finding is not None] + [
        replace(finding, status=Status.RESOLVED, changed_at=at, resolved_at=at)
        for finding in gone
        if finding.status is not Status.RESOLVED
    ]


def _seen_again(before: Finding | None, now: Finding) -> Finding | None:
    """Return what to write for evidence that is there now; None when nothing changed."""
    if before is None:
        return now
    if before.status is Status.RESOLVED:
        return replace(now, first_seen_at=before.first_seen_at)
    if now.exception is None and before.exception:
        now = replace(now, exception=before.exception)
    if _facts(before) == _facts(now):
        return None
    return replace(now, first_seen_at=before.first_seen_at)
