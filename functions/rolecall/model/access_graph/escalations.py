"""What the graph says of every principal of an account: the escalations that findings tell of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from rolecall.model.access_graph.chain import Certainty, Chain, Step
from rolecall.model.access_graph.graph import AccessGraph, graph_of
from rolecall.model.access_graph.words import name_beside, rights_of, told
from rolecall.model.access_graph.workloads import with_workloads
from rolecall.model.account import Account
from rolecall.model.evidence import Evidence
from rolecall.model.holdings.administration import administration
from rolecall.model.holdings.standing import Verdict
from rolecall.model.principals import Role, User
from rolecall.model.severity import Severity
from rolecall.policy.escalation import Kind


class Cause(StrEnum):
    """What a rule tells of: an escalation belongs to the first that fits."""

    IDENTITY_CENTER = "Identity Center"
    INSTANCE_COMMANDS = "commands on instances"
    STACK_UPDATE = "stack update"
    SEVERAL_HOPS = "several hops"
    DIRECT = "direct"


_CAUSE_OF_PATH = {
    "ssm-001": Cause.INSTANCE_COMMANDS,
    "ssm-002": Cause.INSTANCE_COMMANDS,
    "ssm-association": Cause.INSTANCE_COMMANDS,
    "cloudformation-002": Cause.STACK_UPDATE,
    "cloudformation-004": Cause.STACK_UPDATE,
    "cloudformation-005": Cause.STACK_UPDATE,
}
_LIMITS = {
    "boundary": "its permissions boundary",
    "scp": "the service control policies of the organization",
    "rcp": "the resource control policies of the organization",
}
_SEVERITY = {
    Certainty.GRANTED: Severity.HIGH,
    Certainty.DEPENDENT: Severity.MEDIUM,
    Certainty.CONDITIONAL: Severity.LOW,
}


@dataclass(frozen=True, slots=True)
class Escalation:
    """A principal and the surest of its shortest chains to an administrator."""

    principal: User | Role
    chain: Chain

    @property
    def cause(self) -> Cause:
        """The rule that it belongs to."""
        first = self.chain.steps[0].path
        if first.kind is Kind.IDENTITY_CENTER:
            return Cause.IDENTITY_CENTER
        if first.id in _CAUSE_OF_PATH:
            return _CAUSE_OF_PATH[first.id]
        return Cause.SEVERAL_HOPS if len(self.chain.steps) > 1 else Cause.DIRECT

    def evidence(self) -> Evidence:
        """Return it as a finding tells it."""
        return evidence_of(self.principal, self.chain, "can become an administrator")


def escalations(account: Account, cause: Cause) -> Iterator[Escalation]:
    """Yield the escalations of one cause; those of AWS's own roles are AWS's business."""
    graph = graph_of(account)
    for principal in judged(account):
        chain = graph.to_administrator(principal.arn)
        if chain is None or _is_told_as_administrator(account, principal, chain):
            continue
        found = Escalation(principal, chain)
        if found.cause is cause:
            yield found


def _is_told_as_administrator(account: Account, principal: User | Role, chain: Chain) -> bool:
    """Tell whether it is an administrator under conditions, and no surer of becoming one."""
    is_one = administration(account, principal) is Verdict.CONDITIONAL
    return is_one and chain.certainty is Certainty.CONDITIONAL


def judged(account: Account) -> Iterator[User | Role]:
    """Yield the principals that somebody can do something about."""
    for principal in account.principals:
        if not (isinstance(principal, Role) and principal.is_service_linked):
            yield principal


def evidence_of(
    principal: User | Role, chain: Chain, what: str, *, severity: Severity | None = None
) -> Evidence:
    """Return the evidence of a chain, told as steps."""
    steps = told(chain)
    return Evidence(
        resource=principal.resource,
        summary=f"{with_workloads(principal)} {what}: {' '.join(steps)}",
        principal=principal.arn,
        severity=_SEVERITY[chain.certainty] if severity is None else severity,
        verdict=chain.certainty.verdict,
        data={
            "steps": [_data(step) for step in chain.steps],
            "depends_on": list(chain.depends_on),
            "conditions": list(chain.conditions),
        },
    )


def _data(step: Step) -> dict[str, str | list[str]]:
    return {
        "actor": step.actor,
        "path": step.path.id,
        "actions": list(rights_of(step)),
        "target": step.target,
        "sources": list(step.path.sources),
    }


def lesser_escalations(account: Account) -> Iterator[Evidence]:
    """Yield what those can do who cannot become administrators in any way.

    That guardrails keep an administrator from being one is another finding.
    """
    graph = graph_of(account)
    for principal in judged(account):
        verdict = administration(account, principal)
        if verdict.is_live or graph.to_administrator(principal.arn):
            continue
        found = _raising_others(graph, principal) or _taking_over(graph, principal)
        if not found and verdict is Verdict.ABSENT:
            found = _blocked(graph, principal) or _latent(graph, principal)
        if found:
            yield found


def _raising_others(graph: AccessGraph, principal: User | Role) -> Evidence | None:
    step = graph.others_raised_by(principal.arn)
    if step is None:
        return None
    chain = Chain((step,), step.certainty)
    found = evidence_of(principal, chain, f"can make {_other(step)} an administrator")
    return replace(found, severity=min(Severity.MEDIUM, _SEVERITY[chain.certainty]))


def _taking_over(graph: AccessGraph, principal: User | Role) -> Evidence | None:
    taken = graph.lateral_step(principal.arn)
    if taken is None:
        return None
    step, gained = taken
    some = ", ".join(islice(gained, 3))
    what = f"can take over {_other(step)} and its rights, such as {some}"
    found = evidence_of(principal, Chain((step,), step.certainty), what)
    return replace(found, severity=Severity.LOW)


def _other(step: Step) -> str:
    return name_beside(step.target, step.actor)


def _blocked(graph: AccessGraph, principal: User | Role) -> Evidence | None:
    blocked = graph.blocked_chain(principal.arn)
    if blocked is None:
        return None
    chain, limits = blocked
    by = " and ".join(_LIMITS[limit] for limit in limits)
    found = evidence_of(principal, chain, f"could become an administrator but for {by}")
    data = {**found.data, "blocked_by": list(limits)}
    return replace(found, severity=Severity.INFORMATIONAL, verdict="blocked", data=data)


def _latent(graph: AccessGraph, principal: User | Role) -> Evidence | None:
    path = graph.latent_path(principal.arn)
    if path is None:
        return None
    return Evidence(
        resource=principal.resource,
        summary=(
            f"{principal} would have the rights of {path.depends_on}: {path.how}"
            f" ({', '.join(path.actions)}); no role here trusts {' or '.join(path.trusts)} as yet"
        ),
        principal=principal.arn,
        severity=Severity.LOW,
        verdict=Certainty.DEPENDENT.verdict,
        data={"path": path.id, "actions": list(path.actions), "sources": list(path.sources)},
    )


__all__ = ["Cause", "Escalation", "escalations", "evidence_of", "judged", "lesser_escalations"]
