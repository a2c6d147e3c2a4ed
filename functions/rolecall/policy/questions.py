"""The questions that people ask of policies, in terms of principals and what bears on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.policy.action_index import action_index
from rolecall.policy.evaluation import decide
from rolecall.policy.grants import granted, unknown_actions
from rolecall.policy.requests import Request
from rolecall.policy.words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rolecall.policy.action_set import ActionSet
    from rolecall.policy.context import ContextValue
    from rolecall.policy.decisions import Decision
    from rolecall.policy.policy_set import PolicySet


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change of policies did.

    `gained` and `lost` are actions that had not been possible at all, or are not any more. Of
    the others, `widened` are possible on more resources or under fewer conditions than before,
    as far as the three sets of `Grants` tell, and `narrowed` on fewer or under more.
    """

    gained: ActionSet
    lost: ActionSet
    widened: ActionSet
    narrowed: ActionSet

    def __bool__(self) -> bool:
        """Say whether anything has changed."""
        return bool(self.gained or self.lost or self.widened or self.narrowed)


def can(
    principal: str,
    policies: PolicySet,
    action: str,
    resource: str = "*",
    context: Mapping[str, ContextValue] | None = None,
) -> Decision:
    """Decide whether a principal may do something, of whom only `context` is known.

    An action without resource types is asked about `*`, as AWS does, whatever was named.
    """
    return decide(_request(principal, action, resource, context), policies)


def who_can(
    principals: Mapping[str, PolicySet],
    action: str,
    resource: str = "*",
    context: Mapping[str, ContextValue] | None = None,
) -> Iterator[tuple[str, Decision]]:
    """Yield the principals, by ARN, who may do something for certain or under conditions."""
    for principal, policies in principals.items():
        decision = can(principal, policies, action, resource, context)
        if decision.may_be_allowed:
            yield principal, decision


def why(
    principal: str,
    policies: PolicySet,
    action: str,
    resource: str = "*",
    context: Mapping[str, ContextValue] | None = None,
) -> list[str]:
    """Tell in words what decides whether a principal may do something."""
    return sentences(can(principal, policies, action, resource, context))


def compare(before: PolicySet, after: PolicySet) -> Comparison:
    """Tell what a principal gained and lost by a change of its policies."""
    index = action_index()
    naming = unknown_actions(before, index) | unknown_actions(after, index)
    old, new = granted(before, naming=naming), granted(after, naming=naming)
    both = old.possible & new.possible
    old_always = old.everywhere | old.on_some_resources
    new_always = new.everywhere | new.on_some_resources
    return Comparison(
        gained=new.possible - old.possible,
        lost=old.possible - new.possible,
        widened=both & ((new.everywhere - old.everywhere) | (new_always - old_always)),
        narrowed=both & ((old.everywhere - new.everywhere) | (old_always - new_always)),
    )


def _request(
    principal: str,
    action: str,
    resource: str,
    context: Mapping[str, ContextValue] | None,
) -> Request:
    index = action_index()
    if index.expand(action) & index.resource_types.without:
        resource = "*"
    return Request(principal, action, resource, context or {})
