"""The moves that a principal can make: which path leads it to which principals."""

# Longer than 200 lines because every kind of gain is told apart here.

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from rolecall.model.access_graph.assumption import assumable
from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.node import Node
from rolecall.model.principals import User
from rolecall.model.privilege import is_administrator
from rolecall.policy import PolicySet, action_index, granted
from rolecall.policy.escalation import PATHS, EscalationPath, Gain, Kind, Need, Target
from rolecall.policy.escalation.path import PASS_ROLE
from rolecall.policy.escalation.reach import Asker, Reach, is_personal, reach
from rolecall.policy.rights import rights_of_one

_ASSUME = "sts:AssumeRole"
_NOTHING = Reach()
_EVERYBODY = Reach(-1, -1)


@dataclass(frozen=True, slots=True)
class Move:
    """A path, and the nodes that it leads to, for certain and at all.

    `changed` are those that it would make administrators, of which the actor is not one.
    `becomes` is how the actor comes to act as what it changed, where the path itself does not.
    """

    path: EscalationPath
    to: Reach
    changed: Reach = _NOTHING
    becomes: EscalationPath | None = None
    through: int = 0
    """The principals over which it leads to the account itself."""
    is_latent: bool = False
    """Whether it leads nowhere only because no role trusts the service as yet."""

    @property
    def is_dependent(self) -> bool:
        """Whether something must exist that IAM does not show."""
        return bool(self.path.depends_on or (self.becomes and self.becomes.depends_on))


@dataclass(frozen=True)  # no slots: it remembers what is known of it
class Actor:
    """A principal on its way, with the policies that it is judged by."""

    node: Node
    policies: PolicySet
    realms: tuple[Realm, ...]
    chooses_tags: bool = False
    """Whether to reckon with any tags that it might give itself."""
    _known: dict[tuple[Need, str], Reach] = field(default_factory=dict, repr=False)
    _askers: dict[str, Asker] = field(default_factory=dict, repr=False)

    @property
    def realm(self) -> Realm:
        """The account that it is in."""
        return self.node.realm

    def asker(self, service: str = "") -> Asker:
        """Return it as somebody who asks for an action, with what is known of the request.

        `service` is the one that a role is passed to.
        """
        if service not in self._askers:
            facts = self.realm.facts_of_change
            if service:
                facts = (*facts, ("iam:passedtoservice", service))
            account_id = self.realm.account.id
            self._askers[service] = Asker(self.node.arn, account_id, facts, self._own)
        return self._askers[service]

    @cached_property
    def _own(self) -> dict[str, str | None]:
        organization = self.realm.account.organization
        own = {} if self.chooses_tags else self.realm.own_tags(self.node)
        if organization and organization.id:
            own["aws:principalorgid"] = organization.id
        return own

    def moves(self) -> list[Move]:
        """Return every move that leads anywhere, with what the actor can make of two of them."""
        grants = granted(self.policies)
        possible = grants.possible.bits & _relevant()
        certain = grants.everywhere.bits | grants.on_some_resources.bits
        found = [
            move for path in _candidates(possible) for move in self._moves(path, certain=certain)
        ]
        # Many can do the same, and a set of thousands takes its room.
        return [self.realm.same(move) for move in (*found, *_combined(found, self.realm))]

    def _moves(self, path: EscalationPath, certain: int) -> Iterator[Move]:
        trusted = self.realm.trusted(path)
        if not trusted.possible and path.passes_role:
            return
        subjects = self._subjects(path, trusted, certain=certain)
        if subjects.possible:
            yield from self._led_by(path, subjects)
        elif not trusted.possible:
            needs = self._subjects(path, _EVERYBODY, certain=certain)
            if needs.possible:
                yield Move(path, _NOTHING, is_latent=True)

    def _led_by(self, path: EscalationPath, subjects: Reach) -> Iterator[Move]:
        own, itself = self.node.bit, self.realm.itself
        others = Reach(subjects.granted & ~own, subjects.possible & ~own)
        if path.gains is Gain.BECOMES and (self._is_user or path.kind is not Kind.GROUP):
            if others.possible:
                yield Move(path, others)
            return
        raised = _within(others, self.realm.raisable)
        match path.gains:
            case Gain.BECOMES:
                yield from self._promoting(path, subjects)
            case Gain.RULES:
                yield Move(path, _where(subjects, itself))
            case Gain.UNBOUNDS if self._is_held_by_boundary():
                yield Move(path, _where(_within(subjects, own), itself), through=own)
            case Gain.BECOMES_RAISED if raised.possible:
                yield Move(path, _where(raised, itself), through=raised.possible)
            case Gain.RAISES:
                yield from self._raising(path, subjects, raised)

    def _raising(self, path: EscalationPath, subjects: Reach, raised: Reach) -> Iterator[Move]:
        own = _within(subjects, self.node.bit)
        if own.possible and (self.node.can_be_raised or not self.policies.limits):
            to = _where(own, self.realm.itself)
            yield Move(path, to, raised, through=self.node.bit)
        elif raised.possible:
            yield Move(path, _NOTHING, raised)

    def _promoting(self, path: EscalationPath, groups: Reach) -> Iterator[Move]:
        """Yield that a role, which joins no group, can add users to one of administrators."""
        strong = _within(groups, self.realm.administrators)
        if strong.possible:
            yield Move(path, _NOTHING, _where(strong, self.realm.users & self.realm.raisable))

    @property
    def _is_user(self) -> bool:
        return isinstance(self.node.principal, User)

    def _is_held_by_boundary(self) -> bool:
        if self.node.boundary is None:
            return False
        unbound = replace(self.policies, boundary=None)
        return is_administrator(unbound)

    def _subjects(self, path: EscalationPath, trusted: Reach, certain: int) -> Reach:
        """Return the principals on whom the actor has all that the path needs."""
        realm = self.realm
        # Role assumption alone leads into other accounts.
        everything = -1 if path.kind is Kind.ASSUMPTION else realm.everything
        result = _within(trusted, everything)
        service = path.trusts[0] if path.passes_role else ""
        for need in path.needs:
            if not result.possible:
                break
            result = _within_both(result, self._meets(need, service, certain))
        return result

    def _meets(self, need: Need, service: str, certain: int) -> Reach:
        known = self._known if need.is_of_actor else self._shared
        service = service if need.action == PASS_ROLE else ""
        key = (need, service)
        found = known.get(key)
        if found is None:
            found = known[key] = self._met(need, self.asker(service), certain)
        return found

    @cached_property
    def _shared(self) -> dict[tuple[Need, str], Reach]:
        """What is known of all who have the same policies, where none asks who they are."""
        policies = self.policies
        levels = (policies.identity, *policies.limits)
        if any(is_personal(policy) for level in levels for policy in level):
            return self._known
        return self.realm.known_of((policies.identity, policies.boundary, policies.scps))

    def _met(self, need: Need, asker: Asker, certain: int) -> Reach:
        realm, policies = self.realm, self.policies
        match need.on:
            case Target.ANYTHING:
                return self._all_or_nothing(need, asker, certain)
            case Target.USER | Target.ROLE | Target.ITSELF:
                return self._on_principals(need, asker)
            case Target.POLICY:
                found = reach(asker, policies, need.action, realm.policies)
                return Reach(realm.holders(found.granted), realm.holders(found.possible))
            case Target.GROUP:
                found = reach(asker, policies, need.action, realm.groups)
                return Reach(realm.members(found.granted), realm.members(found.possible))
            case Target.JOINED_GROUP:
                found = reach(asker, policies, need.action, realm.groups)
                return Reach(realm.group_nodes(found.granted), realm.group_nodes(found.possible))

    def _all_or_nothing(self, need: Need, asker: Asker, certain: int) -> Reach:
        if need.resource == "*" and not _bit(need.action) & ~certain:
            return _EVERYBODY
        domain = self.realm.any_resource(need.resource)
        found = reach(asker, self.policies, need.action, domain)
        return Reach(-found.granted, -found.possible)

    def _on_principals(self, need: Need, asker: Asker) -> Reach:
        if need.action == _ASSUME and not need.by_trust:
            return assumable(self.node, self.policies, asker, self.realms)
        realm, is_user = self.realm, need.on is Target.USER
        if need.on is Target.ITSELF:
            is_user = self._is_user
        domain = realm.user_domain if is_user else realm.role_domain
        found = reach(asker, self.policies, need.action, domain, by_trust=need.by_trust)
        offset = realm.offset if is_user else realm.roles_offset
        kind = realm.users if is_user else realm.roles
        if need.on is Target.ITSELF:
            kind &= self.node.bit
        return Reach((found.granted << offset) & kind, (found.possible << offset) & kind)


def _combined(moves: list[Move], realm: Realm) -> Iterator[Move]:
    """Yield how to make somebody an administrator by one path and act as it by another.

    Whoever needs no second path takes none.
    """
    if any(move.to.granted & realm.itself and not move.is_dependent for move in moves):
        return
    become = [move for move in moves if move.path.gains is Gain.BECOMES]
    for change in moves:
        if change.changed.possible:
            ways = [_together(change, move, realm) for move in become]
            yield from sorted(filter(None, ways), key=_doubt)[:1]


def _together(change: Move, become: Move, realm: Realm) -> Move | None:
    both = _within_both(change.changed, become.to)
    if not both.possible:
        return None
    to = _where(both, realm.itself)
    return Move(change.path, to, becomes=become.path, through=both.granted or both.possible)


def _doubt(move: Move) -> tuple[bool, bool]:
    return not move.to.granted, move.is_dependent


def _within(reach_: Reach, bits: int) -> Reach:
    return Reach(reach_.granted & bits, reach_.possible & bits)


def _within_both(one: Reach, other: Reach) -> Reach:
    return Reach(one.granted & other.granted, one.possible & other.possible)


def _where(subjects: Reach, bits: int) -> Reach:
    """Return the bits for certain where any subject is certain, and at all where any is."""
    return Reach(bits if subjects.granted else 0, bits if subjects.possible else 0)


def relevant_part(policies: PolicySet) -> PolicySet:
    """Return the policies without those of the identity that speak of no action of any path."""
    index, account_id = action_index(), policies.account_id
    kept = [
        policy
        for policy in policies.identity
        if rights_of_one(policy, index, account_id).actions & _relevant()
    ]
    return replace(policies, identity=tuple(kept))


def _mask(path: EscalationPath) -> int:
    """Return the actions that the policies of the actor itself have to allow."""
    actions = [need.action for need in path.needs if not need.by_trust and need.action != _ASSUME]
    return action_index().expand_all(actions)


@cache
def _bit(action: str) -> int:
    return action_index().expand(action)


@cache
def _relevant() -> int:
    return action_index().expand_all(action for path in PATHS for action in path.actions)


@cache
def _candidates(possible: int) -> tuple[EscalationPath, ...]:
    missing = ~possible
    return tuple([path for path, mask in _by_need() if not mask & missing])


@cache
def _by_need() -> tuple[tuple[EscalationPath, int], ...]:
    """Return the paths with their masks; of two to one principal that with fewer rights is told."""
    paths = sorted(PATHS, key=lambda path: len(path.actions))
    return tuple((path, _mask(path)) for path in paths)


__all__ = ["PASS_ROLE", "Actor", "Move"]
