"""Chains in words: steps that a person can follow."""

from collections.abc import Iterator

from rolecall.model.access_graph.chain import Certainty, Chain, Step
from rolecall.policy.escalation import Gain
from rolecall.policy.escalation.reach import DENIED


def told(chain: Chain) -> list[str]:
    """Return one sentence for each step, and one for what the chain depends on, if on anything."""
    lines = [f"{i}. {_sentence(step)}" for i, step in enumerate(chain.steps, start=1)]
    return [*lines, *provisos(chain)]


def name_of(arn: str) -> str:
    """Return the kind and name that an ARN ends in: `role deploy`, `user anna`, `account 1111`."""
    _, _, rest = arn.partition(":iam::")
    account_id, _, resource = rest.partition(":")
    kind, _, name = resource.partition("/")
    return f"account {account_id}" if kind == "root" else f"{kind} {name.rpartition('/')[2]}"


def name_beside(arn: str, other: str) -> str:
    """Return the kind and name, and the account where it is not that of the other."""
    account_id, name = _account_of(arn), name_of(arn)
    is_plain = account_id == _account_of(other) or name.startswith("account ")
    return name if is_plain else f"{name} of account {account_id}"


def _account_of(arn: str) -> str:
    return arn.partition(":iam::")[2].partition(":")[0]


def rights_of(step: Step) -> tuple[str, ...]:
    """Return the actions that a step uses."""
    actions = (*step.path.actions, *(step.becomes.actions if step.becomes else ()))
    return tuple(dict.fromkeys(actions))


def _sentence(step: Step) -> str:
    rights = ", ".join(rights_of(step))
    return f"{name_of(step.actor)} {how_of(step)} ({rights}){_result(step)}"


def how_of(step: Step) -> str:
    """Return what the actor does, and what it has to choose for it."""
    ways = f"{step.path.how}, and {step.becomes.how}" if step.becomes else step.path.how
    return f"{ways} {step.choice}" if step.choice else ways


def result_of(step: Step) -> str:
    """Return what the target of a step is after it; empty where it stays what it is."""
    if step.path.gains is Gain.BECOMES and not step.becomes:
        return ""
    return "an administrator"


def _result(step: Step) -> str:
    is_raised, target = result_of(step), name_beside(step.target, step.actor)
    if not is_raised:
        return f" and is {target}"
    if step.target == step.actor or step.path.gains is Gain.RULES:
        return f" and is {is_raised}"
    return f" and is {target}, {is_raised}"


def provisos(chain: Chain) -> Iterator[str]:
    """Yield what the chain depends on, in sentences."""
    if chain.depends_on:
        yield f"This takes {' and '.join(chain.depends_on)}, which IAM does not show."
    if chain.certainty is Certainty.CONDITIONAL:
        denials = [each for each in chain.conditions if each.startswith(DENIED)]
        wanted = [each for each in chain.conditions if each not in denials]
        if wanted or not denials:
            conditions = "; ".join(wanted) or "a condition of the policies"
            yield f"It works only where this holds: {conditions}."
        if denials:
            yield f"It is {'; '.join(denials)}."
