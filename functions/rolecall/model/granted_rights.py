"""What a policy gives to whoever holds it, judged by its document alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Json
from rolecall.model.severity import Severity
from rolecall.policy import Policy, PolicyError, PolicySet, action_index
from rolecall.policy.escalation import PATHS, EscalationPath, Kind
from rolecall.policy.sensitive import CLASSES, sensitive_bits
from rolecall.policy.sensitive.administrators import ruling
from rolecall.policy.sensitive.breadth import breadth_of, limits_of

_IDENTITY = ("privilege-escalation", "identity-administration")
_MEDIUM = 6
"""The weight of a class of sensitive rights from which a grant is MEDIUM."""


@dataclass(frozen=True, slots=True)
class Grant:
    """The heaviest of what a policy gives; what holds only under conditions weighs less."""

    severity: Severity
    words: str
    """What it means for the holder, as the end of the sentence "the policy ..."."""
    data: Mapping[str, Json] = field(default_factory=dict)

    @property
    def is_administrator(self) -> bool:
        """Whether it makes an administrator, conditions taken as met."""
        return self.data.get("gives") == "administration"


HARMLESS = Grant(Severity.INFORMATIONAL, "gives nothing sensitive on every resource")
UNSHOWN = Grant(Severity.MEDIUM, "is not shown by the event")


def grant_in(event: CloudTrailEvent, parameter: str = "policyDocument") -> Grant:
    """Judge the policy document in a request; one that cannot be read is MEDIUM.

    CloudTrail leaves out what is too long, and blanks hide a policy so.
    """
    try:
        policy = Policy.parse(event.requested(parameter))
    except PolicyError:
        return UNSHOWN
    return weigh(policy, event.account_id)


def weigh(policy: Policy, account_id: str) -> Grant:
    """Judge what a policy allows on every resource after its own denials."""
    breadth = breadth_of(policy, account_id)
    limits = limits_of(PolicySet(identity=(policy,), account_id=account_id))
    power = ruling(breadth, limits)
    certain = _heaviest(breadth.everywhere & limits.certain, is_administrator=bool(power.granted))
    possible = _heaviest(breadth.at_most & limits.at_most, is_administrator=bool(power.conditional))
    grants = (certain, possible and _conditional(possible), HARMLESS)
    return max((each for each in grants if each), key=lambda each: each.severity)


def _heaviest(actions: int, *, is_administrator: bool) -> Grant | None:
    if is_administrator:
        data = {"gives": "administration"}
        return Grant(Severity.HIGH, "makes an administrator of its holder", data)
    return _escalation(actions) or _sensitive(actions)


def _escalation(actions: int) -> Grant | None:
    """Tell the first way to an administrator for which nothing but these actions is needed."""
    for path, needed in _ways().items():
        if not needed & ~actions:
            words = f"lets its holder become an administrator: it {path.how}"
            return Grant(Severity.HIGH, words, {"gives": "escalation", "path": path.id})
    return None


def _sensitive(actions: int) -> Grant | None:
    assuming = action_index().expand("sts:AssumeRole")
    found = {each.id: each for each in CLASSES if sensitive_bits(each.id) & actions & ~assuming}
    if not found and actions & assuming:
        words = "lets its holder assume every role that trusts the account"
        return Grant(Severity.MEDIUM, words, {"gives": "assumption"})
    if not found:
        return None
    if any(each in found for each in _IDENTITY):
        severity = Severity.HIGH
    else:
        heaviest = max(each.weight for each in found.values())
        severity = Severity.MEDIUM if heaviest >= _MEDIUM else Severity.LOW
    first, *others = [each.gains for each in found.values()]
    more = f" (and {len(others)} more)" if others else ""
    data = {"gives": "sensitive rights", "classes": list(found)}
    return Grant(severity, f"lets its holder {first}{more} everywhere", data)


def _conditional(grant: Grant) -> Grant:
    severity = Severity.MEDIUM if grant.is_administrator else Severity.LOW
    return Grant(severity, f"{grant.words}, under conditions", grant.data)


@cache
def _ways() -> Mapping[EscalationPath, int]:
    """Return the paths that need nothing but rights, with the rights as bitsets."""
    index = action_index()
    return {
        path: index.expand_all([need.action for need in path.needs if not need.by_trust])
        for path in PATHS
        # To assume a role takes the role's consent too, which its trust policy gives or not.
        if not path.depends_on and path.kind is not Kind.ASSUMPTION
    }
