"""The moves that a principal can make: which path leads it to which principals."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from rolecall.model.access_graph.actor import EVERYBODY, NOTHING, Actor
from rolecall.model.access_graph.candidates import candidates, relevant_actions
from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.means import divided
from rolecall.model.privilege import is_administrator
from rolecall.policy.escalation import EscalationPath, Gain, Kind
from rolecall.policy.escalation.reach import Reach


class Move(NamedTuple):  # a tuple, for tens of thousands are made and compared
    """A path, and the nodes that it leads to, for certain and at all.

    `changed` are those that it would make administrators, of which the actor is not one.
    `becomes` is how the actor comes to act as what it changed, where the path itself does not.
    """

    path: EscalationPath
    to: Reach
    changed: Reach = NOTHING
    becomes: EscalationPath | None = None
    through: int = 0
    """The principals over which it leads to the account itself."""
    is_latent: bool = False
    """Whether it leads nowhere only because no role trusts the service as yet."""

    @property
    def is_dependent(self) -> bool:
        """Whether something must exist that IAM does not show."""
        return bool(self.path.depends_on or (self.becomes and self.becomes.depends_on))


def moves_of(actor: Actor) -> list[Move]:
    """Return every move that leads anywhere, with what the actor can make of two of them."""
    found: list[Move] = []
    for path in candidates(actor.possible & relevant_actions()):
        if _is_by_choice(actor, path):
            found += _by_choice(actor, path)
        else:
            # Many can do the same, and a set of thousands takes its room.
            found += map(actor.realm.same, _moves(actor, path))
    return [*found, *map(actor.realm.same, _combined(found, actor.realm))]


def _is_by_choice(actor: Actor, path: EscalationPath) -> bool:
    """Tell whether nothing but the actor's known means decides whether it gains the trusted."""
    chosen, others = divided(path)
    is_known = not (others or chosen & ~actor.means.known)
    return is_known and bool(path.trusts) and path.gains is Gain.BECOMES


def _by_choice(actor: Actor, path: EscalationPath) -> list[Move]:
    """Return the one move of all who have the means to it, or none."""
    chosen, _ = divided(path)
    means, realm = actor.means, actor.realm
    if chosen & ~means.possible:
        return []
    trusted = realm.trusted(path)
    if not trusted.possible:
        return list(_moves(actor, path))
    own, is_certain = actor.node.bit & trusted.possible, not chosen & ~means.certain
    known: dict[object, list[Move]] = realm.known_of("by choice")
    key = (path, own, is_certain)
    if key not in known:
        others = trusted.within(realm.everything & ~own)
        others = others if is_certain else Reach(0, others.possible)
        known[key] = [Move(path, others)] if others.possible else []
    return known[key]


def _moves(actor: Actor, path: EscalationPath) -> Iterator[Move]:
    if path.attaches_own_policy and not actor.limits_attaching:
        return
    trusted = actor.realm.trusted(path)
    if not trusted.possible and path.passes_role:
        return
    subjects = actor.subjects(path, trusted)
    if subjects.possible:
        yield from _led_by(actor, path, subjects)
    elif not trusted.possible and actor.subjects(path, EVERYBODY).possible:
        yield Move(path, NOTHING, is_latent=True)


def _led_by(actor: Actor, path: EscalationPath, subjects: Reach) -> Iterator[Move]:
    own, itself = actor.node.bit, actor.realm.itself
    others = subjects.within(~own)
    if path.gains is Gain.BECOMES and (actor.is_user or path.kind is not Kind.GROUP):
        if others.possible:
            yield Move(path, others)
        return
    raised = others.within(actor.realm.raisable)
    match path.gains:
        case Gain.BECOMES:
            yield from _promoting(actor.realm, path, subjects)
        case Gain.RULES:
            yield Move(path, subjects.leading_to(itself))
        case Gain.UNBOUNDS if _is_held_by_boundary(actor):
            yield Move(path, subjects.within(own).leading_to(itself), through=own)
        case Gain.BECOMES_RAISED if raised.possible:
            yield Move(path, raised.leading_to(itself), through=raised.possible)
        case Gain.RAISES:
            yield from _raising(actor, path, subjects.within(own), raised)


def _raising(actor: Actor, path: EscalationPath, own: Reach, raised: Reach) -> Iterator[Move]:
    node = actor.node
    if own.possible and (node.can_be_raised or not actor.policies.limits):
        yield Move(path, own.leading_to(actor.realm.itself), raised, through=node.bit)
    elif raised.possible:
        yield Move(path, NOTHING, raised)


def _promoting(realm: Realm, path: EscalationPath, groups: Reach) -> Iterator[Move]:
    """Yield that a role, which joins no group, can add users to one of administrators."""
    strong = groups.within(realm.administrators)
    if strong.possible:
        yield Move(path, NOTHING, strong.leading_to(realm.users & realm.raisable))


def _is_held_by_boundary(actor: Actor) -> bool:
    if actor.node.boundary is None:
        return False
    return is_administrator(replace(actor.policies, boundary=None))


def _combined(moves: list[Move], realm: Realm) -> Iterator[Move]:
    """Yield how to make somebody an administrator by one path and act as it by another.

    Whoever needs no second path takes none.
    """
    if any(move.to.granted & realm.itself and not move.is_dependent for move in moves):
        return
    become = [move for move in moves if move.path.gains is Gain.BECOMES]
    for change in (each for each in moves if each.changed.possible):
        changed = change.changed.possible
        ways = [_together(change, move, realm) for move in become if move.to.possible & changed]
        if ways:
            yield min(ways, key=_doubt)


def _together(change: Move, become: Move, realm: Realm) -> Move:
    both = change.changed.both(become.to)
    to = both.leading_to(realm.itself)
    return Move(change.path, to, becomes=become.path, through=both.granted or both.possible)


def _doubt(move: Move) -> tuple[bool, bool]:
    return not move.to.granted, move.is_dependent


__all__ = ["Actor", "Move", "moves_of"]
