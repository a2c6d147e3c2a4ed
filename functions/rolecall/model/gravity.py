"""How bad a finding is after its evidence: what its principal can do, and what else is known."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.principals import Role, User
from rolecall.model.privilege import power_of
from rolecall.model.severity import Severity

RIGHTS = frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION_POLICIES})
"""The parts that decide what a principal can do: what every check weighs that grades."""
REASONS = "severity_because"
"""Where a finding's evidence says what raised or lowered its severity."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What raises or lowers a severity, as a sentence that does not age."""

    sentence: str
    steps: int
    """How many severities it raises (above zero) or lowers (below)."""


class Gravity(NamedTuple):
    """A severity and the sentences that raised or lowered it."""

    severity: Severity
    because: tuple[str, ...]


def grade(base: Severity, account: Account, principal: User | Role | None, *facts: Fact) -> Gravity:
    """Weigh the severity that a rule begins with by what the principal can do, and by the facts.

    An administrator counts one step up, a principal that may do nothing one step down. What could
    not be read of a principal counts neither way; nor does a fact of no steps. The result stays
    between LOW and CRITICAL, unless the rule itself began lower; what made no difference is not
    told.
    """
    weighed = [fact for fact in (*_rights(account, principal), *facts) if fact.steps]
    if not weighed:
        return Gravity(base, ())
    raised = [fact for fact in weighed if fact.steps > 0]
    lowered = [fact for fact in weighed if fact.steps < 0]
    severity = _moved(base, weighed)
    counted = {
        *(raised if _moved(base, lowered) != severity else ()),
        *(lowered if _moved(base, raised) != severity else ()),
    }
    return Gravity(severity, tuple(fact.sentence for fact in weighed if fact in counted))


def _moved(base: Severity, facts: Collection[Fact]) -> Severity:
    """Return the severity that these facts move it to, within its bounds."""
    least = min(base, Severity.LOW)
    return Severity(max(least, min(Severity.CRITICAL, base + sum(fact.steps for fact in facts))))


def graded(
    evidence: Evidence,
    base: Severity,
    account: Account,
    principal: User | Role | None,
    *facts: Fact,
) -> Evidence:
    """Return the evidence with its severity, and with what raised or lowered it in its data."""
    severity, because = grade(base, account, principal, *facts)
    data = {**evidence.data, REASONS: list(because)} if because else evidence.data
    return replace(evidence, severity=severity, data=data)


def is_known_administrator(account: Account, principal: User | Role) -> bool:
    """Tell whether the principal is an administrator, as far as its policies could be read."""
    return any(fact.steps > 0 for fact in _rights(account, principal))


def _rights(account: Account, principal: User | Role | None) -> tuple[Fact, ...]:
    """Return what the principal's rights say; found out once for each snapshot."""
    if principal is None:
        return ()
    key = ("rights", principal.arn)
    if key not in account.remembered:
        is_known = not (principal.unread or account.lacks(Part.AUTHORIZATION_DETAILS))
        account.remembered[key] = tuple(_weigh(account, principal)) if is_known else ()
    found: tuple[Fact, ...] = account.remembered[key]
    return found


def _weigh(account: Account, principal: User | Role) -> Iterator[Fact]:
    power = power_of(account, principal)
    if power.is_administrator:
        yield Fact(f"{principal} is an administrator", 1)
    elif power.is_nothing:
        yield Fact(f"the policies of {principal} allow nothing", -1)
