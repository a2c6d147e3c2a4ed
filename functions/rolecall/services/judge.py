"""What the checks make of one snapshot, with the parameters and the exceptions that hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rolecall.model.account import Account, Gap
from rolecall.model.completeness import Part
from rolecall.model.finding import Finding, Sighting, finding_of
from rolecall.model.rule import Check
from rolecall.model.settings import Settings
from rolecall.services.exempt import Exempt
from rolecall.services.keep_knowledge import keep_key_ids, keep_severity
from rolecall.services.parametrize import evidence_of, is_decidable
from rolecall.services.places import Places, places_of

_COVERAGE_RULE = "coverage-gap"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks make of one snapshot."""

    account: Account
    """The snapshot, with a gap for every check that crashed or whose parameters are not known."""
    findings: tuple[Finding, ...]
    judged: frozenset[str]
    """Ids of the checks that had their data and came to an end."""
    not_judged: tuple[str, ...]
    crashes: tuple[Exception, ...]


def judge(
    account: Account, checks: Iterable[Check], settings: Settings, source: str, file: str = ""
) -> Judgement:
    """Run the checks over a snapshot, which may have been read from a file.

    A check that lacks a part of the snapshot, or of what decides its parameters, is not run; one
    that crashes stops no other. Either way its findings are neither opened nor resolved, and the
    gap becomes a finding of its own. Findings that an exception covers are suppressed: those that
    the account carries, the reviewed ones where it carries none.
    """
    enabled = [check for check in checks if settings.of(check).enabled]
    able = [check for check in enabled if not any(account.lacks(part) for part in check.needs)]
    bench = _Bench(
        account=replace(account, exceptions=account.exceptions or settings.exceptions),
        settings=settings,
        places=places_of(account),
        sighting=_sighting(account, source, file),
    )
    bench.run(able)
    exempt = Exempt(bench.account.exceptions, bench.places, account.taken_at)
    return Judgement(
        account=bench.account,
        findings=tuple(map(exempt, bench.findings)),
        judged=frozenset(bench.judged),
        not_judged=tuple(check.id for check in enabled if check.id not in bench.judged),
        crashes=tuple(bench.crashes),
    )


def _sighting(account: Account, source: str, file: str) -> Sighting:
    return Sighting(
        account_id=account.id,
        region="global",
        source=source,
        first_seen_at=account.taken_at,
        recorded_at=account.taken_at,
        file=file,
    )


@dataclass(slots=True, kw_only=True)
class _Bench:
    """One snapshot while its checks run."""

    account: Account
    settings: Settings
    places: Places
    sighting: Sighting
    findings: list[Finding] = field(default_factory=list)
    judged: list[str] = field(default_factory=list)
    crashes: list[Exception] = field(default_factory=list)

    def run(self, checks: Sequence[Check]) -> None:
        """Run one after the other; coverage comes last, for it tells of the others' gaps too."""
        for check in sorted(checks, key=lambda check: check.id == _COVERAGE_RULE):
            if not is_decidable(self.settings.of(check), self.places):
                self._miss(
                    check,
                    "the check could not be run",
                    "its overrides ask for a unit or for tags that were not read",
                )
                continue
            try:
                self._judge(check)
            except Exception as error:  # noqa: BLE001 - carried: a gap, a coverage finding, a failed run
                error.add_note(f"while running {check.id} on account {self.account.id}")
                self.crashes.append(error)
                self._miss(check, "the check crashed", f"{type(error).__name__}: {error}")

    def _judge(self, check: Check) -> None:
        settings = self.settings.of(check)
        evidence = evidence_of(check, self.account, settings, self.places)
        findings = [finding_of(check, each, self.sighting) for each in evidence]
        self.findings += self._with_what_was_known(check, findings)
        self.judged.append(check.id)

    def _with_what_was_known(self, check: Check, findings: list[Finding]) -> list[Finding]:
        """Let no finding get milder or poorer because something could not be read today."""
        earlier = self.account.earlier
        if not earlier:
            return findings
        is_unsure = check.is_unsure(self.account)
        unread = self.account.unread_holders(*check.needs, *check.weighs)
        findings = [
            keep_severity(each, earlier.get(each.id))
            if is_unsure or each.rests_on(unread)
            else each
            for each in findings
        ]
        if self.account.misses(Part.ACCESS_KEY_IDS):
            findings = [keep_key_ids(each, earlier.get(each.id)) for each in findings]
        return findings

    def _miss(self, check: Check, event: str, problem: str) -> None:
        gap = Gap(
            part=f"the result of {check.id}",
            call=event,
            error=problem,
            audit=next(iter(check.audits)) if len(check.audits) == 1 else "",
        )
        self.account = replace(self.account, gaps=(*self.account.gaps, gap))
