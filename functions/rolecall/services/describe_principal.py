"""A principal of a snapshot as the record that is kept of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from rolecall.model.access_graph import graph_of, told
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.credentials import NEVER_USED, UNKNOWN_USE, LastUse, Use
from rolecall.model.kept_rights import KeptRights
from rolecall.model.principal_record import (
    Escalation,
    PrincipalRecord,
    Rank,
    RecordedPolicy,
    Summary,
    TrustTerm,
)
from rolecall.model.principals import Role, User
from rolecall.model.privilege import power_of
from rolecall.policy import ActionIndex, ActionSet, Grants, granted
from rolecall.policy.action_index import Piece
from rolecall.policy.fingerprint import fingerprint
from rolecall.policy.sensitive import CLASSES, sensitive_bits

_MOST_SERVICES = 100
"""Whoever may use more is told in numbers alone: a list of all of AWS says less and costs more."""
_REMEMBERED_PIECES = 1 << 14


class _Effect(NamedTuple):
    """What some policies amount to, for whoever holds them."""

    grants: Grants
    fingerprint: str


def describe(account: Account, principal: User | Role) -> PrincipalRecord:
    """Return the record of a principal whose policies could all be read."""
    return with_rights(outline(account, principal), account, principal)


def outline(account: Account, principal: User | Role) -> PrincipalRecord:
    """Return the record without its rights: their fingerprint tells whether they changed."""
    effect = _effect(account, principal)
    escalation = _escalation(account, principal)
    return PrincipalRecord(
        arn=principal.arn,
        account_id=account.id,
        kind="role" if isinstance(principal, Role) else "user",
        name=principal.name,
        # To the second, as it is kept: one made later by less than that is nobody else.
        created_at=principal.created_at.replace(microsecond=0),
        policies=tuple(_policies(principal)),
        groups=tuple(sorted(principal.groups)) if isinstance(principal, User) else (),
        boundary=principal.boundary.name if principal.boundary else "",
        trusts=tuple(trust_terms(principal)) if isinstance(principal, Role) else (),
        guardrails_known=not account.misses(Part.ORGANIZATION_POLICIES),
        rank=_rank(account, principal, escalation),
        sensitive=_sensitive(effect.grants),
        escalation=escalation,
        last_use=_last_use(principal),
        fingerprint=effect.fingerprint,
        rights_since=account.taken_at,
        action_table=effect.grants.version,
    )


def with_rights(
    record: PrincipalRecord, account: Account, principal: User | Role
) -> PrincipalRecord:
    """Return the outline of the principal with its rights, in numbers and to compare with."""
    grants = _effect(account, principal).grants
    return replace(record, rights=_rights(account, grants), actions=KeptRights.of(grants).packed())


def _effect(account: Account, principal: User | Role) -> _Effect:
    """Return what the principal's policies amount to; many hold the same, it is found out once."""
    policies = account.policy_set(principal)
    key = ("effect", policies.identity, policies.limits)
    if key not in account.remembered:
        grants = granted(policies)
        account.remembered[key] = _Effect(grants, fingerprint(policies, grants))
    found: _Effect = account.remembered[key]
    return found


def trust_terms(role: Role) -> Iterator[TrustTerm]:
    """Yield whom the role's trust policy names, statement by statement."""
    for statement in role.trust.statements:
        conditions = tuple(map(str, statement.conditions))
        prefix = "" if statement.allows else "not "
        for named in statement.principals:
            yield TrustTerm(f"{prefix}{named}", conditions)
        if statement.not_principals:
            others = ", ".join(map(str, statement.not_principals))
            yield TrustTerm(f"{prefix}everybody but {others}", conditions)


def _policies(principal: User | Role) -> Iterator[RecordedPolicy]:
    held = [
        RecordedPolicy(each.name, each.kind, each.arn or "", each.group or "")
        for each in principal.policies
    ]
    # IAM lists them in whatever order: the same policies are the same record.
    yield from sorted(held, key=lambda each: (each.group, each.kind, each.name, each.arn))


def _rights(account: Account, grants: Grants) -> dict[str, Summary]:
    sets = {
        "everywhere": grants.everywhere,
        "on_some_resources": grants.on_some_resources,
        "under_conditions": grants.under_conditions,
    }
    return {name: _summary(account, actions) for name, actions in sets.items() if actions}


def _summary(account: Account, actions: ActionSet) -> Summary:
    """Count a set; many principals of an account have the same, and it is counted once."""
    key = ("summary", actions.bits, actions.unknown)
    if key not in account.remembered:
        account.remembered[key] = summary_of(actions)
    found: Summary = account.remembered[key]
    return found


def summary_of(actions: ActionSet) -> Summary:
    """Count a set of actions by service and access level."""
    by_service = _levels_by_service(actions)
    known = {level: actions.bits & found for level, found in actions.index.by_level.items()}
    levels = {level: bits.bit_count() for level, bits in known.items()}
    levels[""] = len(actions) - sum(levels.values())
    return Summary(
        actions=len(actions),
        services=len(by_service),
        levels={level: count for level, count in levels.items() if count},
        by_service=by_service if len(by_service) <= _MOST_SERVICES else {},
    )


def _levels_by_service(actions: ActionSet) -> dict[str, Mapping[str, int]]:
    index = actions.index
    found = {each.service: _levels(each, index) for each in index.pieces(actions.bits)}
    for name in sorted(actions.unknown):
        service = name.partition(":")[0]
        levels = found.get(service, {})
        found[service] = {**levels, "": levels.get("", 0) + 1}
    return found


@lru_cache(maxsize=_REMEMBERED_PIECES)
def _levels(piece: Piece, index: ActionIndex) -> Mapping[str, int]:
    return index.levels_in(piece)


def _sensitive(grants: Grants) -> tuple[str, ...]:
    """Return the classes of sensitive actions that it may use anywhere, the heaviest first."""
    bits = grants.possible.bits
    return tuple(each.id for each in CLASSES if bits & sensitive_bits(each.id))


def _rank(account: Account, principal: User | Role, escalation: Escalation | None) -> Rank:
    if power_of(account, principal).is_administrator:
        return Rank.ADMINISTRATOR
    return Rank.ESCALATES if escalation else Rank.ORDINARY


def _escalation(account: Account, principal: User | Role) -> Escalation | None:
    chain = graph_of(account).to_administrator(principal.arn)
    if chain is None:
        return None
    return Escalation(
        verdict=chain.certainty.verdict,
        goal=chain.goal,
        steps=tuple(told(chain)),
        paths=tuple(step.path.id for step in chain.steps),
    )


def _last_use(principal: User | Role) -> LastUse:
    """Return when it was last active, of all that it can act with."""
    if isinstance(principal, Role):
        return principal.last_use
    credentials = principal.credentials
    if credentials is None:
        return UNKNOWN_USE
    ways = [credentials.password, *credentials.access_keys]
    uses = [each.last_use for each in ways if each is not None]
    dated = [(each.at, each) for each in uses if each.at]
    if dated:
        return max(dated, key=lambda pair: pair[0])[1]
    doubtful = [each for each in uses if each.use is not Use.NEVER]
    return doubtful[0] if doubtful else NEVER_USED
