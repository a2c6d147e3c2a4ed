"""The access graph: who can become whom, over one account or several."""

# Longer than 200 lines because it is the one door to all that the graph knows.

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rolecall.model.access_graph.candidates import relevant_part
from rolecall.model.access_graph.chain import Certainty, Chain, Step
from rolecall.model.access_graph.landscape import Realm, realms_of
from rolecall.model.access_graph.limits import limits_of, with_only
from rolecall.model.access_graph.moves import Actor, Move, moves_of
from rolecall.model.access_graph.node import Node
from rolecall.model.access_graph.search import Hop, certainty_of, circles_of, reached_by, ways_to
from rolecall.model.access_graph.tags import depending, retaggings
from rolecall.model.access_graph.terms import choice, terms
from rolecall.model.access_graph.words import name_beside
from rolecall.model.account import Account
from rolecall.model.principals import Group
from rolecall.policy import ActionSet
from rolecall.policy.bitsets import bits_of
from rolecall.policy.escalation import EscalationPath, Gain, Kind
from rolecall.policy.wildcards import any_of


@dataclass(frozen=True)  # no slots: it remembers what it found out
class AccessGraph:
    """Users, roles and groups as nodes; the moves between them, found out when first asked."""

    realms: tuple[Realm, ...]
    _chains: dict[int, dict[Certainty, dict[int, Hop]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    _told: dict[tuple[int, int], Chain | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> "AccessGraph":
        """Build the graph of several accounts, with what leads from one into another."""
        return cls(tuple(realms_of(accounts)))

    def realm_of(self, account: Account) -> Realm:
        """Return the part of the graph that is the account's own."""
        return next(realm for realm in self.realms if realm.account.id == account.id)

    @cached_property
    def _nodes(self) -> dict[int, Node]:
        return {node.position: node for realm in self.realms for node in realm.nodes}

    @cached_property
    def _by_arn(self) -> dict[str, Node]:
        return {node.arn: node for node in self._nodes.values()}

    @cached_property
    def moves(self) -> dict[int, list[Move]]:
        """What every node that is no administrator can do, by its position."""
        found = {
            node.position: moves_of(Actor(node, relevant_part(node.policies), self.realms))
            for node in self._nodes.values()
            if not node.is_administrator
        }
        return {position: moves for position, moves in found.items() if moves}

    @cached_property
    def administrators(self) -> int:
        """The set of the administrators, and of the accounts that one can come to rule."""
        nodes = (node.bit for node in self._nodes.values() if node.is_administrator)
        return sum(nodes) | sum(realm.itself for realm in self.realms)

    def is_administrator(self, arn: str) -> bool:
        """Tell whether a principal is an administrator without doing anything."""
        node = self._by_arn.get(arn)
        return node is not None and node.is_administrator

    def to_administrator(self, arn: str) -> Chain | None:
        """Return how a principal becomes an administrator, None where it is one or cannot."""
        return self._chain(arn, self.administrators)

    def matching(self, patterns: Iterable[str]) -> list[str]:
        """Return the ARNs of users and roles that one of the patterns, with wildcards, names."""
        is_named = any_of(tuple(patterns))
        return [
            node.arn
            for node in self._nodes.values()
            if not isinstance(node.principal, Group) and is_named(node.arn)
        ]

    def chain(self, start: str, *goals: str) -> Chain | None:
        """Return how one principal becomes another, or the nearest of several others."""
        nodes = {self._by_arn[goal].bit for goal in goals if goal in self._by_arn}
        return self._chain(start, sum(nodes)) if nodes else None

    def paths_to(self, *goals: str) -> Iterator[Chain]:
        """Yield the chain of everybody who can become one of the principals."""
        for node in self._nodes.values():
            chain = None if isinstance(node.principal, Group) else self.chain(node.arn, *goals)
            if chain:
                yield chain

    def becomes(self, arn: str) -> Iterator[Step]:
        """Yield every single step that a principal can make to another."""
        node = self._by_arn.get(arn)
        for move in self.moves.get(node.position, ()) if node else ():
            for to in bits_of(move.to.possible):
                if node:
                    yield self._step(self._actor(node), Hop(move, to, certainty_of(move, to)))

    def others_raised_by(self, arn: str) -> Step | None:
        """Return how a principal makes others administrators, whom it cannot become."""
        node = self._by_arn.get(arn)
        moves = self.moves.get(node.position, ()) if node else ()
        for certainty in (Certainty.GRANTED, Certainty.CONDITIONAL):
            for move in moves:
                is_certain = certainty is Certainty.GRANTED
                changed = move.changed.granted if is_certain else move.changed.possible
                if changed and node:
                    to = (changed & -changed).bit_length() - 1
                    level = Certainty.DEPENDENT if move.is_dependent else Certainty.GRANTED
                    hop = Hop(move._replace(to=move.changed), to, max(certainty, level))
                    return self._step(self._actor(node), hop)
        return None

    def latent_path(self, arn: str) -> EscalationPath | None:
        """Return a path that leads nowhere only because no role trusts its service as yet."""
        node = self._by_arn.get(arn)
        moves = self.moves.get(node.position, ()) if node else ()
        return next((move.path for move in moves if move.is_latent), None)

    def lateral_step(self, arn: str) -> tuple[Step, ActionSet] | None:
        """Return how a principal takes over another, and what that may do and it may not.

        Roles that it assumes are not meant: to assume them is what they are for.
        """
        node = self._by_arn.get(arn)
        for move in self.moves.get(node.position, ()) if node else ():
            if node and move.path.gains is Gain.BECOMES and move.path.kind is not Kind.ASSUMPTION:
                for to in bits_of(move.to.possible & ~self.administrators):
                    gained = self._nodes[to].weighty_rights - node.weighty_rights
                    if gained:
                        return self._step(
                            self._actor(node), Hop(move, to, certainty_of(move, to))
                        ), gained
        return None

    def with_chosen_tags(self, arn: str) -> tuple[Chain, str] | None:
        """Return how a principal becomes an administrator with tags that it can set, and on whom.

        The surest way is told, of equally sure ones the one with its own tags.
        """
        node = self._by_arn.get(arn)
        if node is None or node.is_administrator:
            return None
        found: list[tuple[Chain, str]] = []
        for tagging in retaggings(node, self.realms):
            chain = self._first_step(Actor(tagging.node, node.policies, tagging.realms))
            if chain:
                told = tagging.told(name_beside(chain.steps[0].target, arn))
                found.append((depending(chain, tagging), told))
        return min(found, key=lambda each: each[0].certainty, default=None)

    def blocked_chain(self, arn: str) -> tuple[Chain, tuple[str, ...]] | None:
        """Return how a principal would become an administrator, and which limits prevent it."""
        node = self._by_arn.get(arn)
        found = limits_of(node, self.realms) if node else []
        if node is None or not found:
            return None
        chain = self._first_step(Actor(node, with_only((), node.policies), self.realms))
        if chain is None:
            return None
        each = {name: Actor(node, with_only((name,), node.policies), self.realms) for name in found}
        alone = tuple(name for name, actor in each.items() if not self._first_step(actor))
        return chain, alone or tuple(found)

    def _first_step(self, actor: Actor) -> Chain | None:
        """Return the chain that one of the actor's moves begins, if any does for certain."""
        moves = moves_of(actor)
        hops = self._ways(self.administrators)[Certainty.DEPENDENT]
        reached = sum(1 << position for position in hops) | self.administrators
        for level in (Certainty.GRANTED, Certainty.DEPENDENT, Certainty.CONDITIONAL):
            for move in moves:
                hit = reached_by(move, level) & reached
                if hit:
                    to = (hit & -hit).bit_length() - 1
                    first = self._step(actor, Hop(move, to, certainty_of(move, to)))
                    rest = self._steps(self._nodes[to], hops) if to in hops else ()
                    steps = (first, *rest)
                    return Chain(steps, max(step.certainty for step in steps))
        return None

    def open_roles(self, account_id: str) -> Iterator[tuple[str, bool]]:
        """Yield the roles that let in everybody of their own account, policy or not.

        With each comes whether that is certain, which conditions decide otherwise.
        """
        for realm in self.realms:
            if realm.account.id == account_id:
                own = realm.trust.own
                for position in bits_of(own.possible):
                    yield self._nodes[position].arn, bool(own.granted >> position & 1)

    def circles(self) -> Iterator[tuple[str, ...]]:
        """Yield the roles that can become one another by assuming roles, circle by circle."""
        assumed = {
            position: move.to.granted
            for position, moves in self.moves.items()
            for move in moves
            if move.path.kind is Kind.ASSUMPTION
        }
        for circle in circles_of(assumed):
            yield tuple(self._nodes[position].arn for position in circle)

    def _chain(self, start: str, goal: int) -> Chain | None:
        node = self._by_arn.get(start)
        if node is None or goal >> node.position & 1:
            return None
        key = (goal, node.position)
        if key not in self._told:
            self._told[key] = self._surest(node, goal)
        return self._told[key]

    def _surest(self, node: Node, goal: int) -> Chain | None:
        for certainty, hops in self._ways(goal).items():
            if node.position in hops:
                return Chain(tuple(self._steps(node, hops)), certainty)
        return None

    def _ways(self, goal: int) -> dict[Certainty, dict[int, Hop]]:
        if goal not in self._chains:
            self._chains[goal] = {each: ways_to(goal, self.moves, each) for each in Certainty}
        return self._chains[goal]

    def _steps(self, node: Node, hops: dict[int, Hop]) -> Iterator[Step]:
        position = node.position
        while position in hops:
            hop = hops[position]
            yield self._step(self._actor(self._nodes[position]), hop)
            position = hop.to

    def _actor(self, node: Node) -> Actor:
        return Actor(node, node.policies, self.realms)

    def _step(self, actor: Actor, hop: Hop) -> Step:
        target = self._nodes.get(self._position(hop))
        paths = [hop.move.path, *filter(None, [hop.move.becomes])]
        is_conditional = hop.certainty is Certainty.CONDITIONAL
        found = [words for path in paths for words in terms(actor, path, target) if is_conditional]
        return Step(
            actor=actor.node.arn,
            path=hop.move.path,
            target=target.arn if target else actor.realm.account.resource.arn,
            certainty=hop.certainty,
            conditions=tuple(found),
            becomes=hop.move.becomes,
            choice=" ".join(filter(None, [choice(actor, path, target) for path in paths])),
        )

    def _position(self, hop: Hop) -> int:
        through = hop.move.through
        return (through & -through).bit_length() - 1 if through else hop.to


def graph_of(account: Account) -> AccessGraph:
    """Return the graph of one snapshot, and of those read with it, built when first asked for."""
    key = "access graph"
    together = account.neighbourhood
    remembered = together.remembered if together else account.remembered
    if key not in remembered:
        remembered[key] = AccessGraph.of(together.accounts if together else [account])
    found: AccessGraph = remembered[key]
    return found
