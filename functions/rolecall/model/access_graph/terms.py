"""What decides whether a step can be made, and what the actor chooses in it, in words."""

from collections.abc import Iterator

from rolecall.model.access_graph.assumption import decided, open_terms_of
from rolecall.model.access_graph.moves import Actor
from rolecall.model.access_graph.node import Node
from rolecall.model.access_graph.trust import open_terms
from rolecall.model.principals import Role
from rolecall.policy.escalation import EscalationPath, Kind
from rolecall.policy.escalation.reach import open_conditions


def terms(actor: Actor, path: EscalationPath, target: Node | None) -> Iterator[str]:
    """Yield the conditions that decide whether the actor can use the path on the target."""
    asker = actor.asker(path.trusts[0] if path.passes_role else "")
    if target and path.kind is Kind.ASSUMPTION:
        decision, _ = decided(actor.node, actor.policies, asker, target)
        yield from open_terms_of(decision)
        return
    if path.doubt:
        yield path.doubt
    for need in path.needs:
        yield from open_conditions(actor.asker_of(path, need), actor.policies, need.action)
    if target and isinstance(target.principal, Role):
        yield from open_terms(target.principal, path.trusts, target.realm.account.id)


def choice(actor: Actor, path: EscalationPath, target: Node | None) -> str:
    """Return what the actor has to choose for the path to work; empty where anything will do."""
    if not target or path.kind is not Kind.ASSUMPTION:
        return ""
    _, session = decided(actor.node, actor.policies, actor.asker(), target)
    return f"with the session name {session}" if session else ""
