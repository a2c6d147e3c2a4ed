"""Exceptions at work: which findings they suppress, and when that is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rolecall.catalog import ALWAYS_TOLD
from rolecall.model.exceptions import RuleException, longest
from rolecall.model.finding import Finding, Status
from rolecall.services.places import Places


@dataclass(frozen=True, slots=True)
class Exempt:
    """Decides at one moment which findings are suppressed; nothing else of them changes."""

    exceptions: Sequence[RuleException]
    places: Places
    at: datetime

    def __call__(self, finding: Finding, before: Finding | None = None) -> Finding:
        """Return the finding suppressed where an exception covers it, open where none does.

        Of several the one that lasts longest counts. Where too little is known to say whether
        an exception covers the finding, what suppressed it `before` still does and nothing new.
        """
        exception = longest(self._covering(finding, before))
        if exception is None:
            return replace(finding, status=Status.OPEN, exception=None)
        return replace(finding, status=Status.SUPPRESSED, exception=exception)

    def again(self, suppressed: Finding) -> Finding:
        """Return a suppressed finding that nobody judged today as its exceptions have it now."""
        return replace(self(suppressed, suppressed), changed_at=self.at)

    def _covering(self, finding: Finding, before: Finding | None) -> Iterable[RuleException]:
        held_by = before.exception if before and before.status is Status.SUPPRESSED else None
        place = self.places.of_finding(finding)
        for exception in self.exceptions:
            if exception.has_ended(self.at) or not _may_cover(exception, finding):
                continue
            covers = exception.covers(finding, place)
            if covers or (covers is None and held_by and held_by.id == exception.id):
                yield exception


def _may_cover(exception: RuleException, finding: Finding) -> bool:
    return bool(exception.finding) or finding.rule not in ALWAYS_TOLD
