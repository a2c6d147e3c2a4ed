"""Exceptions at work: which findings they suppress, and when that is over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from rolecall.catalog import is_always_told
from rolecall.model.exceptions import RuleException, longest
from rolecall.model.finding import Finding, Status
from rolecall.services.places import Places


@dataclass(frozen=True)  # no slots: it remembers which exceptions can matter to which rule
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
        status = Status.SUPPRESSED if exception else Status.OPEN
        if (finding.status, finding.exception) == (status, exception):
            return finding
        return replace(finding, status=status, exception=exception)

    def again(self, suppressed: Finding) -> Finding:
        """Return a suppressed finding that nobody judged today as its exceptions have it now."""
        return replace(self(suppressed, suppressed), changed_at=self.at)

    def _covering(self, finding: Finding, before: Finding | None) -> Iterator[RuleException]:
        candidates = self._of_rule(finding.rule)
        if not candidates:
            return
        held_by = before.exception if before and before.status is Status.SUPPRESSED else None
        place = self.places.of_finding(finding)
        for exception in candidates:
            covers = exception.covers(finding, place)
            if covers or (covers is None and held_by and held_by.id == exception.id):
                yield exception

    def _of_rule(self, rule_id: str) -> Sequence[RuleException]:
        """Return the exceptions that hold and can be about findings of the rule."""
        if rule_id not in self._by_rule:
            self._by_rule[rule_id] = [
                exception
                for exception in self.exceptions
                if exception.rule in ("", rule_id)
                and (exception.finding or not is_always_told(rule_id))
                and not exception.has_ended(self.at)
            ]
        return self._by_rule[rule_id]

    @cached_property
    def _by_rule(self) -> dict[str, Sequence[RuleException]]:
        return {}
