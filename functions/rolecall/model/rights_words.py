"""A change of rights in words, and how much what was gained weighs."""

from collections.abc import Iterator
from itertools import islice

from rolecall.model.kept_rights import KeptRights
from rolecall.model.principal_record import Escalation, PrincipalRecord, Rank, TrustTerm
from rolecall.model.rights_change import RightsChange
from rolecall.model.severity import Severity
from rolecall.policy import action_index
from rolecall.policy.sensitive import (
    CLASSES,
    heaviest,
    negligible,
    sensitive_bits,
    weight_of,
)

NAMED = 12
"""How many names a list in the data has; the number beside it is always right."""
_SAID = 4
"""How many actions a sentence names."""
_CLASSES_SAID = 2
_HIGH, _MEDIUM = 8, 5
"""The weights of sensitive actions from which what was gained is HIGH, and MEDIUM."""
_BREADTHS = ("on every resource", "on some resources", "when conditions hold")


def subject(record: PrincipalRecord) -> str:
    """Name the principal as a person would."""
    return f"{record.kind} {record.name}"


def gains_of(change: RightsChange) -> Iterator[str]:
    """Yield what the principal can do now, as ends of a sentence about it, the gravest first."""
    if change.is_administrator_now:
        yield "is now an administrator of its account"
    elif change.opened:
        yield f"can now become an administrator: {_first_step(change.opened)}"
    if not change.is_administrator_now:
        yield from _abilities("can now", change.gained)
        yield from _abilities("can now, more widely than before,", change.widened)
    for term in change.let_in:
        yield f"can now be assumed by {told_term(term)}"
    if change.is_respelled:
        yield "has its rights on other resources or under other conditions than before"


def losses_of(change: RightsChange) -> Iterator[str]:
    """Yield what the principal can do no longer, as ends of a sentence about it."""
    before = change.before
    if before and change.is_ranked_lower:
        was = "an administrator" if before.rank is Rank.ADMINISTRATOR else "able to become one"
        yield f"is no longer {was}"
    if change.lost:
        yield f"can no longer use {counted(change.lost)}"
    if change.narrowed:
        yield f"can use less widely than before {counted(change.narrowed)}"
    for term in change.kept_out:
        yield f"can no longer be assumed by {told_term(term)}"


def severity_of_gain(change: RightsChange) -> Severity:
    """Return how bad it is that the principal gained this, by the gravest part of it."""
    if change.is_administrator_now:
        return Severity.CRITICAL
    found = [Severity.LOW, _of_rights(change.gained), _of_rights(change.widened)]
    if change.opened:
        is_sure = change.opened.verdict == "granted"
        found.append(Severity.HIGH if is_sure else Severity.MEDIUM)
    found += [_of_term(term, change.after) for term in change.let_in]
    return max(found)


def names_in(rights: KeptRights, most: int = NAMED) -> list[str]:
    """Return the first names of all the actions, the most harmful first."""
    bits = rights.all_bits
    sensitive = 0
    for each in CLASSES:
        sensitive |= sensitive_bits(each.id)
    index = action_index()
    graver = sorted(index.names_of(bits & sensitive), key=lambda name: (-weight_of(name), name))
    others = islice(index.names_of(bits & ~sensitive), max(0, most - len(graver)))
    unknown = sorted(frozenset().union(*rights.names))
    return [*graver, *others, *unknown][:most]


def classes_in(rights: KeptRights) -> list[str]:
    """Return the ids of the classes of sensitive actions, the heaviest first."""
    return [each.id for each in CLASSES if sensitive_bits(each.id) & rights.all_bits]


def counted(rights: KeptRights) -> str:
    """Say how many actions there are, and name the most harmful."""
    count, names = len(rights), names_in(rights, _SAID)
    if count <= len(names):
        return ", ".join(names)
    return f"{count} actions such as {', '.join(names)}"


def told_term(term: TrustTerm) -> str:
    """Say whom a term lets in."""
    kind, _, value = term.who.partition(":")
    who = "everybody" if term.who in ("*", "AWS:*") else value or kind
    return f"{who} under conditions" if term.conditions else who


def _abilities(can: str, rights: KeptRights) -> Iterator[str]:
    for level, breadth in enumerate(_BREADTHS):
        part = _at(rights, level)
        if part:
            yield f"{can} {_phrase(part)} {breadth}"


def _phrase(rights: KeptRights) -> str:
    worth_telling = rights.all_bits & ~negligible()
    found = [each.gains for each in CLASSES if sensitive_bits(each.id) & worth_telling]
    if not found:
        return f"use {counted(rights)}"
    said = " and ".join(found[:_CLASSES_SAID])
    return f"{said} ({counted(rights)})"


def _at(rights: KeptRights, level: int) -> KeptRights:
    """Return the rights of one breadth alone."""
    bits, names = [0, 0, 0], [frozenset[str](), frozenset[str](), frozenset[str]()]
    bits[level], names[level] = rights.bits[level], rights.names[level]
    return KeptRights((bits[0], bits[1], bits[2]), (names[0], names[1], names[2]))


def _first_step(escalation: Escalation) -> str:
    first, *others = escalation.steps
    said = first.partition(". ")[2] or first
    steps = [each for each in others if each[:1].isdigit()]
    return f"{said} (and {len(steps)} more steps)" if steps else said


def _of_rights(rights: KeptRights) -> Severity:
    """Weigh actions on every resource in full, narrower ones a grade less, conditional ones too."""
    every, some, conditional = rights.bits
    graded = (_of_weight(every), *(_milder(_of_weight(each)) for each in (some, conditional)))
    return max(graded)


def _of_weight(actions: int) -> Severity:
    weight = heaviest(actions)
    if weight >= _HIGH:
        return Severity.HIGH
    return Severity.MEDIUM if weight >= _MEDIUM else Severity.LOW


def _milder(severity: Severity) -> Severity:
    return Severity(max(Severity.LOW, severity - 1))


def _of_term(term: TrustTerm, role: PrincipalRecord) -> Severity:
    """Weigh who gets in: anybody and strangers more than the own account, services least.

    Into a role that is an administrator, or can become one, each of them is a grade worse.
    """
    if term.who in ("*", "AWS:*"):
        found = Severity.MEDIUM if term.conditions else Severity.HIGH
    elif term.who.startswith("Service:") or f":{role.account_id}" in term.who:
        found = Severity.LOW
    else:
        found = Severity.MEDIUM
    return Severity(found + (role.rank is not Rank.ORDINARY))
