"""Chains in words: steps that a person can follow."""

from collections.abc import Iterator

from rolecall.model.access_graph.chain import Certainty, Chain, Step
from rolecall.policy.escalation import Gain


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


def rights_of(step: Step) -> tuple[str, ...]:
    """Return the actions that a step uses."""
    actions = (*step.path.actions, *(step.becomes.actions if step.becomes else ()))
    return tuple(dict.fromkeys(actions))


def _sentence(step: Step) -> str:
    rights = ", ".join(rights_of(step))
    how = step.path.how
    if step.becomes:
        how = f"{how}, and {step.becomes.how}"
    result = _result(step)
    return f"{name_of(step.actor)} {how} ({rights}){result}"


def result_of(step: Step) -> str:
    """Return what the target of a step is after it; empty where it stays what it is."""
    if step.path.gains is Gain.BECOMES and not step.becomes:
        return ""
    return "an administrator"


def _result(step: Step) -> str:
    is_raised = result_of(step)
    if not is_raised:
        return f" and is {name_of(step.target)}"
    if step.target == step.actor or step.path.gains is Gain.RULES:
        return f" and is {is_raised}"
    return f" and is {name_of(step.target)}, {is_raised}"


def provisos(chain: Chain) -> Iterator[str]:
    """Yield what the chain depends on, in sentences."""
    if chain.depends_on:
        yield f"This takes {' and '.join(chain.depends_on)}, which IAM does not show."
    if chain.certainty is Certainty.CONDITIONAL:
        conditions = "; ".join(chain.conditions) or "a condition of the policies"
        yield f"It works only where this holds: {conditions}."
