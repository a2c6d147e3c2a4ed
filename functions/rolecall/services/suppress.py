"""What people do at once about a finding that they decided to live with, and how they undo it."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from rolecall.model.exception_document import parse_exception
from rolecall.model.finding import Finding, Status
from rolecall.services.ports import Clock, Exceptions, Findings, FindingSearch


class SuppressionError(ValueError):
    """The finding cannot be suppressed, or is not; the message says why and what would help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who answers for leaving a finding as it is, why, and how long."""

    owner: str
    reason: str
    ticket: str = ""
    ends_on: date


@dataclass(frozen=True, slots=True)
class Suppress:
    """The use case: store an exception of one finding, and have the finding say so at once.

    The exception is stored first: from then on every audit sees it, so that none can open the
    finding again.
    """

    search: FindingSearch
    findings: Findings
    exceptions: Exceptions
    clock: Clock

    def suppress(self, finding_id: str, decision: Decision, origin: str) -> Finding:
        """Return the suppressed finding.

        Raises SuppressionError when there is nothing to suppress, and SettingsError when the
        decision leaves out who or why.
        """
        finding = self._get(finding_id)
        now = self.clock()
        if finding.status is Status.RESOLVED:
            raise SuppressionError(f"finding {finding_id} is resolved: nothing is left to suppress")
        values = {"finding": finding_id, **asdict(decision)}
        exception = replace(parse_exception(values, "the exception"), origin=origin)
        if exception.has_ended(now):
            raise SuppressionError(f"{decision.ends_on} is over: name a day that is still to come")
        self.exceptions.save(exception)
        return self._write(
            replace(finding, status=Status.SUPPRESSED, exception=exception, changed_at=now)
        )

    def unsuppress(self, finding_id: str) -> Finding:
        """Return the finding as it is without its own exception, open again if that hid it.

        Raises SuppressionError when it is another exception that hides it.
        """
        finding = self._get(finding_id)
        exception = finding.exception
        if finding.status is not Status.SUPPRESSED or exception is None:
            raise SuppressionError(f"finding {finding_id} is not suppressed")
        if exception.finding != finding_id or exception.id not in self._stored():
            raise SuppressionError(
                f"what suppresses finding {finding_id} is {exception.origin}"
                f" ({exception.what}): change it there"
            )
        self.exceptions.remove(exception.id)
        return self._write(replace(finding, status=Status.OPEN, changed_at=self.clock()))

    def _get(self, finding_id: str) -> Finding:
        finding = self.search.get(finding_id)
        if finding is None:
            raise SuppressionError(
                f"there is no finding {finding_id}: `rolecall findings list --status all` shows"
                " the ids of those that there are"
            )
        return finding

    def _stored(self) -> frozenset[str]:
        return frozenset(exception.id for exception in self.exceptions.all())

    def _write(self, finding: Finding) -> Finding:
        self.findings.save([finding])
        return finding
