"""Which roles a principal can assume: its own policies and the roles' trust, across accounts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.node import Node
from rolecall.model.access_graph.session_names import ANY, KEY, asks_for_names, session_names
from rolecall.model.principals import Group, Role
from rolecall.policy import Decision, Outcome, Policy, PolicySet, Request, decide
from rolecall.policy.bitsets import bits_of
from rolecall.policy.context import Context
from rolecall.policy.escalation.reach import DENIED, Asker, Reach, reach
from rolecall.policy.policy_set import Level

ASSUME = "sts:AssumeRole"
WITHOUT_RCPS: tuple[Level, ...] = ()
"""The `rcps` of those who are judged as if there were none in any account."""


def assumable(
    node: Node, policies: PolicySet, asker: Asker, realms: Iterable[Realm], *, is_allowed: bool
) -> Reach:
    """Return the roles, in all accounts, that the principal can assume.

    `is_allowed`: whether its policies allow to assume any role at all.

    A role that trusts the principal by name needs no policy of the principal in its own account.
    One that trusts everybody there, by `*` and conditions that hold for all of them, needs none
    either, but that is one finding of the role, not one of each principal: here only those count
    whose policies mean to assume it.
    """
    granted = possible = 0
    for realm in realms:
        allowed = _by_policy(node, policies, asker, realm) if is_allowed else None
        reached, named = allowed or (Reach(), 0)
        granted |= reached.granted
        possible |= reached.possible
        named |= realm.trust.particular.get(node.arn, 0)
        if realm is node.realm and not isinstance(node.principal, Group):
            named |= realm.trust.some_of_own
        for position in bits_of(named):
            decision, _ = decided(node, policies, asker, realm.nodes[position - realm.offset])
            granted |= decision.is_allowed << position
            possible |= decision.may_be_allowed << position
    return Reach(granted, possible)


def _by_policy(node: Node, policies: PolicySet, asker: Asker, realm: Realm) -> tuple[Reach, int]:
    """Return the roles that its own policies let it assume, and those to be looked at one by one.

    These are the ones whose trust, or whose account, tells callers apart, and those that depend on
    the name of the session.
    """
    account_id = node.realm.account.id
    plain = realm.trust.accounts.get(account_id, Reach())
    asked = realm.trust.of_account(account_id)
    if not (plain.possible or asked):
        return Reach(), 0
    found = _moved(reach(asker, policies, ASSUME, realm.role_domain), realm.roles_offset)
    if _rcps(policies, realm):
        return Reach(), found.possible & (asked | plain.possible)
    reached = Reach(found.granted & plain.granted, found.possible & plain.possible)
    doubtful = reached.possible & ~reached.granted
    if doubtful and any(map(asks_for_names, _every(policies))):
        asked |= doubtful
    return reached, found.possible & asked


def _moved(found: Reach, offset: int) -> Reach:
    return Reach(found.granted << offset, found.possible << offset)


def decided(node: Node, policies: PolicySet, asker: Asker, target: Node) -> tuple[Decision, str]:
    """Return whether the principal can assume the role, and the name that the session must have.

    The name is empty where any will do.
    """
    role = target.principal
    if not isinstance(role, Role):
        return Decision(Outcome.IMPLICITLY_DENIED), ""
    together = replace(policies, resource=role.trust, rcps=_rcps(policies, target.realm))
    plain = decide(Request(node.arn, ASSUME, role.arn, asker.own), together)
    asking = [policy for policy in _every(together) if asks_for_names(policy)]
    if plain.outcome is not Outcome.CONDITIONAL or not asking:
        return plain, ""
    return _by_name(asker, together, asking, role)


def _rcps(policies: PolicySet, realm: Realm) -> tuple[Level, ...] | None:
    """Return those of the role's account; none for whom there are meant to be none anywhere."""
    return None if policies.rcps == WITHOUT_RCPS else realm.account.guardrails.rcps


def _by_name(
    asker: Asker, policies: PolicySet, asking: list[Policy], role: Role
) -> tuple[Decision, str]:
    """Ask with every name that could make a difference, and return what serves best."""
    context = Context.of({**asker.own, **asker.names})
    answers = []
    for name in session_names(asking, context):
        facts = {**asker.own, KEY: name}
        answers.append((decide(Request(asker.arn, ASSUME, role.arn, facts), policies), name))
    best, name = max(answers, key=lambda answer: _rank(answer[0]))
    return best, "" if name == ANY else name


def _rank(decision: Decision) -> int:
    return decision.is_allowed + decision.may_be_allowed


def _every(policies: PolicySet) -> Iterator[Policy]:
    """Yield the policies that bear on the assumption of a role."""
    for level in (policies.identity, *policies.limits, *(policies.rcps or ())):
        yield from level
    if policies.resource:
        yield policies.resource


def open_terms_of(decision: Decision) -> Iterator[str]:
    """Yield, in words, what a decision depends on: a Deny is told as what stands in the way."""
    ways: dict[str, list[str]] = {}
    for rest in decision.remaining:
        words = " and ".join([*map(str, rest.conditions), *rest.resources])
        if rest.source.statement and rest.source.statement.allows:
            ways.setdefault(rest.source.layer, []).append(words)
        elif words:
            yield f"{DENIED} {words}"
    yield from (" or ".join(dict.fromkeys(words)) for words in ways.values())
