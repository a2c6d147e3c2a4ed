"""AWS's policy evaluation logic, with a third answer where the request's context leaves it open.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.policy.decisions import Decision, Outcome, Remaining, Source
from rolecall.policy.exceptions import (
    belongs_to_aws,
    is_role_assumption,
    is_use_of_key,
    needs_no_permission,
)
from rolecall.policy.matching import Matcher, Named
from rolecall.policy.requests import (
    Request,
    account_of_resource,
    caller_of,
    full_context,
)
from rolecall.policy.verdicts import Scan, Verdict, all_of, any_of_ways, scan

if TYPE_CHECKING:
    from rolecall.policy.policy_set import Level, PolicySet

_OF_ROOT = Verdict(allowed=True, sources=(Source("identity", "root user"),))
_OF_EVERYBODY = Decision(Outcome.ALLOWED, (Source("identity", "needs no permission"),))
_OF_AWS = Decision(Outcome.IMPLICITLY_DENIED, blocked_by=("resource",))


def decide(request: Request, policies: PolicySet) -> Decision:
    """Answer whether AWS would allow the request under these policies, and why."""
    caller = caller_of(request.principal)
    resource_account = account_of_resource(request, caller)
    matcher = Matcher(
        caller,
        request.action.lower(),
        request.resource,
        full_context(request, caller, resource_account),
        has_boundary=policies.boundary is not None,
        is_cross_account=resource_account != caller.account_id,
    )
    if needs_no_permission(matcher):
        return _OF_EVERYBODY
    if belongs_to_aws(matcher):
        return _OF_AWS
    scans = _Scans.of(policies, matcher)
    for found in scans.every:
        if found.denied:
            return Decision(Outcome.EXPLICITLY_DENIED, (found.denied,), (found.layer,))
    gates = [gate.verdict(Named.BY_ACCOUNT) for gate in scans.gates]
    verdict = all_of([*gates, _granted(scans, matcher)])
    if verdict.allowed is False:
        return Decision(Outcome.IMPLICITLY_DENIED, blocked_by=verdict.blocked_by)
    open_denies = tuple([rest for found in scans.every for rest in found.open_denies])
    remaining = verdict.remaining + open_denies
    return Decision(_outcome_under(remaining), verdict.sources, remaining=remaining)


def _outcome_under(remaining: tuple[Remaining, ...]) -> Outcome:
    return Outcome.CONDITIONAL if remaining else Outcome.ALLOWED


@dataclass(frozen=True, slots=True)
class _Scans:
    """What every layer says; `gates` must allow whoever asks and however the right was given."""

    identity: Scan
    resource: Scan | None
    limits: list[Scan]
    gates: list[Scan]

    @classmethod
    def of(cls, policies: PolicySet, matcher: Matcher) -> _Scans:
        caller = matcher.caller
        limits, gates = [], []
        if policies.boundary is not None:
            limits.append(scan("boundary", (policies.boundary,), matcher))
        if policies.session is not None:
            limits.append(scan("session", policies.session, matcher))
        if policies.endpoint is not None:
            gates.append(scan("endpoint", (policies.endpoint,), matcher))
        if not caller.is_service_linked:
            scps: tuple[Level, ...] = policies.scps or ()
            if caller.has_identity_policies:
                gates += [scan("scp", level, matcher) for level in scps]
            gates += [scan("rcp", level, matcher) for level in policies.rcps or ()]
        resource = policies.resource
        return cls(
            scan("identity", policies.identity, matcher),
            None if resource is None else scan("resource", (resource,), matcher),
            limits,
            gates,
        )

    @property
    def every(self) -> list[Scan]:
        found = [self.identity, *self.limits, *self.gates]
        return found if self.resource is None else [*found, self.resource]


def _granted(scans: _Scans, matcher: Matcher) -> Verdict:
    """Combine identity and resource: either suffices in one account, both must across two."""
    caller, resource = matcher.caller, scans.resource
    if not caller.has_identity_policies:
        return _by_resource(resource, Named.DIRECTLY)
    limits = [limit.verdict() for limit in scans.limits]
    identity = _OF_ROOT if caller.kind == "root" else scans.identity.verdict()
    by_identity = all_of([identity, *limits])
    if matcher.is_cross_account:
        return all_of([by_identity, _by_resource(resource, Named.BY_ACCOUNT)])
    if is_use_of_key(matcher) or is_role_assumption(matcher):
        by_identity = all_of([by_identity, _by_policy_that_must_be(resource, matcher)])
    if resource is None:
        return by_identity
    return any_of_ways(
        [
            by_identity,
            resource.verdict(Named.DIRECTLY),
            all_of([resource.verdict(Named.BY_ROLE), *limits]),
        ],
    )


def _by_resource(resource: Scan | None, at_least: Named) -> Verdict:
    if resource is None:
        return Verdict(allowed=False, blocked_by=("resource",))
    return resource.verdict(at_least)


def _by_policy_that_must_be(resource: Scan | None, matcher: Matcher) -> Verdict:
    """Ask the policy that every key and every role has.

    When it is not among the policies, the answer is open. With a complete context an answer is
    wanted all the same: for a role that of the caller's side alone, as AWS's own simulator gives
    it, and for a key, which works without any other policy but never without its own, a no.
    """
    if resource is not None:
        return resource.verdict(Named.BY_ACCOUNT)
    if not matcher.context.is_complete:
        return Verdict(allowed=None, remaining=(Remaining(Source("resource", "")),))
    return Verdict(allowed=True) if is_role_assumption(matcher) else _by_resource(None, Named.NOT)
