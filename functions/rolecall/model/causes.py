"""Which finding tells of a statement: one cause, one finding, and the strongest tells it.

In this order: `administrator-access`, for whoever is one; the escalations that are certain, for the
statements that the first step needs; `allow-by-exclusion`, for its statement; then the rules on
single rights, each for its own. A weaker rule is silent where a stronger one tells of the same
principal and the same statement, and tells of what other statements give.
"""

from rolecall.model.access_graph import graph_of
from rolecall.model.access_graph.chain import Certainty
from rolecall.model.access_graph.words import rights_of
from rolecall.model.account import Account
from rolecall.model.holdings import Holding
from rolecall.model.principals import Role, User
from rolecall.policy import Policy, Statement, action_index
from rolecall.policy.sensitive.breadth import Breadth, breadth_of


def untold_breadth(account: Account, holding: Holding) -> Breadth:
    """Return what the policy allows on every resource by statements that no stronger rule tells.

    What a group gives is told for its members; as long as one of them does not escalate by it, it
    is told for the group.
    It is found out once for each snapshot.
    """
    key = ("untold", holding.holder.arn, holding.policy)
    if key not in account.remembered:
        account.remembered[key] = _untold_breadth(account, holding)
    found: Breadth = account.remembered[key]
    return found


def _untold_breadth(account: Account, holding: Holding) -> Breadth:
    steps = _first_steps(account, holding)
    told = frozenset(
        each.index
        for each in holding.policy.statements
        if each.allows and (_is_told_as_exclusion(holding, each) or _is_part_of(steps, each))
    )
    return breadth_of(_without(holding.policy, told), account.id)


def allows_the_rest(statement: Statement) -> bool:
    """Tell whether a statement allows all that it does not name, and on every resource."""
    return statement.allows and bool(statement.not_actions) and "*" in statement.resources


def is_told_as_escalation(account: Account, holding: Holding, statement: Statement) -> bool:
    """Tell whether everybody whom the policy reaches certainly escalates by the statement."""
    return _is_part_of(_first_steps(account, holding), statement)


def actions_of_escalation(account: Account, principal: User | Role) -> int:
    """Return the actions by which the principal certainly begins to escalate, as a bitset."""
    key = ("actions of escalation", principal.arn)
    if key not in account.remembered:
        chain = graph_of(account).to_administrator(principal.arn)
        is_certain = chain is not None and chain.certainty is Certainty.GRANTED
        actions = rights_of(chain.steps[0]) if chain and is_certain else ()
        account.remembered[key] = action_index().expand_all(actions)
    found: int = account.remembered[key]
    return found


def _first_steps(account: Account, holding: Holding) -> frozenset[int]:
    """Return the actions that begin the escalations of those whom the policy reaches."""
    return frozenset(actions_of_escalation(account, each) for each in holding.principals)


def _is_part_of(steps: frozenset[int], statement: Statement) -> bool:
    if 0 in steps:
        return False
    given = action_index().selected_by(statement)
    return all(given & actions for actions in steps)


def _is_told_as_exclusion(holding: Holding, statement: Statement) -> bool:
    return holding.is_customers and allows_the_rest(statement)


def _without(policy: Policy, told: frozenset[int]) -> Policy:
    if not told:
        return policy
    key = ("without", told)
    if key not in policy.remembered:
        left = tuple(each for each in policy.statements if each.index not in told)
        policy.remembered[key] = Policy(policy.name, left)
    found: Policy = policy.remembered[key]
    return found
