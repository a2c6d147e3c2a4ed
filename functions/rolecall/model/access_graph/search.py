"""The shortest way from everybody to a goal, the surest first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rolecall.model.access_graph.chain import Certainty
from rolecall.model.access_graph.moves import Move
from rolecall.policy.bitsets import bits_of


@dataclass(frozen=True, slots=True)
class Hop:
    """The next move of a node on its way, and the node that the move leads to."""

    move: Move
    to: int
    certainty: Certainty


Ways = Mapping[int, Hop]
"""The next hop, by the position of the node."""


def ways_to(goal: int, moves: Mapping[int, list[Move]], certainty: Certainty) -> dict[int, Hop]:
    """Return the next hop of every node that can reach the goal by moves at least so certain.

    `goal` is a set of nodes; `moves` are given by the position of the node that makes them.
    Breadth first, so that following the hops is the shortest way.
    """
    leads = {
        position: (_union(made, certainty), made)
        for position, made in moves.items()
        if not goal >> position & 1
    }
    hops: dict[int, Hop] = {}
    frontier = goal
    while frontier:
        reached = [p for p, (union, _) in leads.items() if union & frontier]
        found = 0
        for position in reached:
            _, made = leads.pop(position)
            hops[position] = _hop(made, frontier, certainty)
            found |= 1 << position
        frontier = found
    return hops


def _union(moves: list[Move], certainty: Certainty) -> int:
    union = 0
    for move in moves:
        union |= reached_by(move, certainty)
    return union


def reached_by(move: Move, certainty: Certainty) -> int:
    """Return the nodes that a move leads to with at least this certainty."""
    if certainty is Certainty.CONDITIONAL:
        return move.to.possible
    if move.is_dependent and certainty is Certainty.GRANTED:
        return 0
    return move.to.granted


def certainty_of(move: Move, to: int) -> Certainty:
    """Return how certain it is that the move leads to the node at the position."""
    if not move.to.granted >> to & 1:
        return Certainty.CONDITIONAL
    return Certainty.DEPENDENT if move.is_dependent else Certainty.GRANTED


def _hop(moves: list[Move], frontier: int, certainty: Certainty) -> Hop:
    """Choose the surest of the moves into the frontier."""
    for level in Certainty:
        for move in moves:
            hit = reached_by(move, level) & frontier
            if hit:
                to = (hit & -hit).bit_length() - 1
                return Hop(move, to, certainty_of(move, to))
        if level is certainty:
            break
    raise ValueError("no move leads into the frontier")


def circles_of(leads: Mapping[int, int]) -> Iterator[tuple[int, ...]]:
    """Yield the sets of two nodes or more each of which leads to every other.

    `leads` are the sets that nodes lead to, by position. Nodes that nothing leads to, or that lead
    nowhere, are taken away first: what is left is little.
    """
    left = _without_ends(leads)
    closed = dict(left)
    for through in left:
        for position, reached in closed.items():
            if reached >> through & 1:
                closed[position] = reached | closed[through]
    seen = 0
    for position, reached in closed.items():
        if reached >> position & 1 and not seen >> position & 1:
            circle = tuple(
                each for each in bits_of(reached) if each in closed and closed[each] >> position & 1
            )
            seen |= sum(1 << each for each in circle)
            if len(circle) > 1:
                yield circle


def _without_ends(leads: Mapping[int, int]) -> dict[int, int]:
    left = dict(leads)
    while True:
        nodes = sum(1 << position for position in left)
        entered = 0
        for reached in left.values():
            entered |= reached
        kept = {p: r & nodes for p, r in left.items() if r & nodes and entered >> p & 1}
        if len(kept) == len(left):
            return kept
        left = kept
