"""What each policy by itself gives of what paths need on resources of the actor's choice.

Thousands of principals hold the same policies beside one of their own. What one policy says is
found out once for all who hold it, and put together for each of them: what any one allows, what
none denies. Where that does not tell, because limits or Denies leave some resources only, or
because statements speak of who asks, it is not known here.
"""

from dataclasses import dataclass
from functools import cache, reduce
from operator import or_

from rolecall.model.access_graph.candidates import bits_of_actions, relevant_actions
from rolecall.model.access_graph.landscape import Realm
from rolecall.policy import Policy, PolicySet, Statement, action_index
from rolecall.policy.escalation import PATHS, EscalationPath, Need, Target
from rolecall.policy.escalation.choice import choices
from rolecall.policy.escalation.reach import Asker, Reach, any_resource, is_personal, reach
from rolecall.policy.escalation.statements import Question
from rolecall.policy.wildcards import is_everything

Needs = tuple[Need, ...]
"""What has to be allowed on one and the same resource."""


@dataclass(frozen=True, slots=True)
class Means:
    """What is met for certain and at all, and of what that is known: bits over `_positions`."""

    certain: int = 0
    possible: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class _Word:
    """What a policy says by itself; all but `gives` are sets of actions.

    `gives` are bits over `_positions`, whatever is denied. `allowed` is so on every resource for
    certain. `denied` and `doubted`, where conditions decide, are so on every resource; `unclear`
    is what depends on the resource or on who asks.
    """

    gives: Reach
    allowed: int
    denied: int
    doubted: int
    unclear: int


def means_of(policies: PolicySet, asker: Asker, realm: Realm) -> Means:
    """Return what the policies give, as far as what each one says tells it."""
    own = [_word_of(policy, asker, realm) for policy in policies.identity]
    free = relevant_actions()
    words = list(own)
    for level in policies.limits:
        limits = [_word_of(policy, asker, realm) for policy in level]
        free &= reduce(or_, (word.allowed for word in limits), 0)
        words += limits
    denied = doubted = 0
    for word in words:
        denied |= word.denied
        doubted |= word.doubted
        free &= ~word.unclear
    of_one, of_any = _within(free)
    given = reduce(or_, (word.gives.granted for word in own), 0)
    maybe = reduce(or_, (word.gives.possible for word in own), 0)
    # Two policies may give together what neither gives alone, where several actions are needed.
    known = of_any & (of_one | given)
    lost = _touched_by(denied)
    certain = given & ~_touched_by(doubted) & ~lost
    return Means(certain & known, maybe & ~lost & known, known)


@cache
def divided(path: EscalationPath) -> tuple[int, tuple[Needs, ...]]:
    """Return what a path needs of which there are means, as bits, and what else it needs."""
    positions = _positions()
    bits = sum(1 << positions[needs] for needs in path.asks if needs in positions)
    return bits, tuple(needs for needs in path.asks if needs not in positions)


@cache
def _positions() -> dict[Needs, int]:
    """Return what paths need on resources of choice, whatever the request brings, by position."""
    found = {
        needs: None
        for path in PATHS
        for needs in path.asks
        if not any(n.on is not Target.ANYTHING or n.by_trust or n.attaches for n in needs)
    }
    return {needs: i for i, needs in enumerate(found)}


@cache
def _masks() -> tuple[tuple[Needs, int, int], ...]:
    """Return what paths need, each with its bit and the set of its actions."""
    return tuple(
        (needs, 1 << i, bits_of_actions(tuple(need.action for need in needs)))
        for needs, i in _positions().items()
    )


@cache
def _within(actions: int) -> tuple[int, int]:
    """Return what asks for actions of a set only: for one of them, and for any number."""
    found = [(len(needs), bit) for needs, bit, mask in _masks() if not mask & ~actions]
    return sum(bit for count, bit in found if count == 1), sum(bit for _, bit in found)


@cache
def _touched_by(actions: int) -> int:
    """Return what asks for an action of a set."""
    return sum(bit for _, bit, mask in _masks() if mask & actions)


def _word_of(policy: Policy, asker: Asker, realm: Realm) -> _Word:
    """Return what the policy says; it is found out once."""
    key = ("word", realm.account.id)
    found: _Word | None = policy.remembered.get(key)
    if found is None:
        found = policy.remembered[key] = _word(policy, asker, realm)
    return found


def _word(policy: Policy, asker: Asker, realm: Realm) -> _Word:
    allowed = denied = doubted = unclear = 0
    for statement in policy.statements:
        index = action_index()
        actions = index.selected_by(statement) & relevant_actions()
        is_on_all = any(map(is_everything, statement.resources))
        if is_personal(Policy("", (statement,))):
            unclear |= actions
        elif statement.allows:
            allowed |= actions if is_on_all and not statement.conditions else 0
        elif is_on_all:
            holds = _holds(statement, asker)
            denied |= actions if holds else 0
            doubted |= actions if holds is None else 0
        else:
            unclear |= actions
    return _Word(_gives(policy, allowed, asker, realm), allowed, denied, doubted, unclear)


def _holds(statement: Statement, asker: Asker) -> bool | None:
    """Tell whether a statement takes effect on any resource; None where conditions are open."""
    context = Question(asker, "", any_resource()).matcher(0, statement).context
    answers = [condition.test(context) for condition in statement.conditions]
    if False in answers:
        return False
    return None if None in answers else True


def _gives(policy: Policy, everywhere: int, asker: Asker, realm: Realm) -> Reach:
    """Return what a policy allows of what paths need, for certain and at all."""
    allows = tuple(each for each in policy.statements if each.allows)
    alone = PolicySet(identity=(Policy("", allows),), account_id=realm.account.id)
    index = action_index()
    possible = reduce(or_, (index.selected_by(each) for each in allows), 0)
    missing, narrow = relevant_actions() & ~possible, relevant_actions() & ~everywhere
    granted = at_all = 0
    for needs, bit, mask in _masks():
        if not mask & missing:
            met = _met(needs, alone, asker, realm) if mask & narrow else Reach(-1, -1)
            granted |= bit if met.granted else 0
            at_all |= bit if met.possible else 0
    return Reach(granted, at_all)


def _met(needs: Needs, policies: PolicySet, asker: Asker, realm: Realm) -> Reach:
    """Return the resources on which the policies give all that is needed."""
    pattern = realm.spelled_out(needs[0].resource)
    domain = realm.choice(choices(pattern, asker, policies, [need.action for need in needs]))
    found = Reach(-1, -1)
    for need in needs:
        found = found.both(reach(asker, policies, need.action, domain))
    return found
