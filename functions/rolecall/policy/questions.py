"""The questions that people ask of policies, in terms of principals and what bears on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolecall.policy.action_index import action_index
from rolecall.policy.evaluation import decide
from rolecall.policy.requests import Request
from rolecall.policy.words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rolecall.policy.context import ContextValue
    from rolecall.policy.decisions import Decision
    from rolecall.policy.policy_set import PolicySet


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
