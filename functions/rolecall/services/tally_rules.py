"""How often each rule fires over recorded events, by whom, and what would silence whom."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rolecall.catalog import is_always_told
from rolecall.model.evidence import Json
from rolecall.model.finding import Finding
from rolecall.model.severity import Severity
from rolecall.policy.wildcards import is_literal

WORTH_SILENCING = 3
"""From how many findings of one principal on an exception is proposed."""
_LASTS = timedelta(days=90)


@dataclass(slots=True)
class RuleTally:
    """What one rule found."""

    rule: str
    severity: Severity = Severity.INFORMATIONAL
    """That of its gravest finding."""
    open: int = 0
    suppressed: int = 0
    """How many more an exception covers."""
    by_principal: Counter[str] = field(default_factory=Counter)
    """How many of the open ones whom names, by ARN; empty text for nobody."""
    newest_at: datetime | None = None

    def count(self, finding: Finding) -> None:
        """Add a finding, which may be suppressed."""
        if not finding.is_open:
            self.suppressed += 1
            return
        self.open += 1
        self.severity = max(self.severity, finding.severity)
        self.by_principal[finding.principal or ""] += 1
        self.newest_at = max(self.newest_at or finding.first_seen_at, finding.first_seen_at)

    @property
    def top(self) -> tuple[str, int]:
        """Who gave most of the open ones, and how many; the first by name of several."""
        return min(self.by_principal.items(), key=lambda e: (-e[1], e[0]), default=("", 0))

    @property
    def exception(self) -> str:
        """The table of rolecall.toml that silences whoever gave most; empty where none can.

        Who answers for it, and why, is for people to say: it is refused until they do.
        """
        principal, count = self.top
        # A recorded name may be anybody's: one that would mean more than itself is not proposed.
        can_be = principal.isprintable() and is_literal(principal) and not is_always_told(self.rule)
        if not principal or count < WORTH_SILENCING or self.newest_at is None or not can_be:
            return ""
        return "\n".join(
            (
                "[[exceptions]]",
                f"rule = {json.dumps(self.rule)}",
                f"principal = {json.dumps(principal)}",
                'owner = ""',
                'reason = ""',
                f"ends_on = {(self.newest_at + _LASTS).date()}",
            )
        )

    def document(self) -> Mapping[str, Json]:
        """Write it as JSON."""
        principal, count = self.top
        return {
            "rule": self.rule,
            "severity": self.severity.name,
            "findings": self.open,
            "suppressed": self.suppressed,
            "principals": len(self.by_principal),
            "top_principal": principal,
            "top_findings": count,
            "exception": self.exception,
        }


@dataclass(slots=True)
class Tally:
    """What all rules found."""

    by_rule: dict[str, RuleTally] = field(default_factory=dict)

    def count(self, finding: Finding) -> None:
        """Add a finding to those of its rule."""
        self.by_rule.setdefault(finding.rule, RuleTally(finding.rule)).count(finding)

    def rules(self) -> list[RuleTally]:
        """Return the rules, those that fire most often first."""
        return sorted(self.by_rule.values(), key=lambda each: (-each.open, each.rule))
