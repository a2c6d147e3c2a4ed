"""Rows of requests with their policies become decisions: what `rolecall simulate` does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rolecall.policy import (
    Decision,
    Outcome,
    Policy,
    PolicyError,
    PolicySet,
    Request,
    Source,
    decide,
    sentences,
)

Row = Mapping[str, Any]

_DETAILS = {
    Outcome.ALLOWED: "Allow",
    Outcome.EXPLICITLY_DENIED: "ExplicitDeny",
    Outcome.IMPLICITLY_DENIED: "ImplicitDeny",
    Outcome.CONDITIONAL: "Conditional",
}


class RowError(ValueError):
    """A row that is no question; the message names the part that is wrong."""


@dataclass(frozen=True, slots=True)
class Question:
    """A request and everything that bears on it."""

    request: Request
    policies: PolicySet


def answer(row: Row) -> dict[str, Any]:
    """Decide a row; one that cannot be read is denied and says so in `error`."""
    try:
        question = read_question(row)
    except (RowError, PolicyError) as error:
        return {"id": _id(row), **_answer(Decision(Outcome.IMPLICITLY_DENIED)), "error": str(error)}
    return {"id": _id(row), **_answer(decide(question.request, question.policies))}


def read_question(row: Row) -> Question:
    """Read a row: `request`, and `policies` by kind. Raises RowError or PolicyError.

    The context is taken to be complete unless `context_is_complete` of the request says no.
    A boundary that is an empty list exists, and its document is gone.
    """
    request = _part(row, "request")
    context = request.get("context") or {}
    if not isinstance(context, Mapping):
        raise RowError("the context of the request must be an object")
    asked = Request(
        principal=_text(request, "principal"),
        action=_text(request, "action"),
        resource=_text(request, "resource", default="*"),
        context=context,
        context_is_complete=bool(request.get("context_is_complete", True)),
        resource_account=_text(request, "resource_account", default=""),
    )
    return Question(asked, _policy_set(_part(row, "policies")))


def _policy_set(policies: Row) -> PolicySet:
    return PolicySet(
        identity=_policies("identity", policies) or (),
        boundary=_one("boundary", policies),
        session=_policies("session", policies),
        scps=_levels("scp", policies),
        rcps=_levels("rcp", policies),
        resource=_one("resource", policies),
        endpoint=_one("endpoint", policies),
    )


def _policies(kind: str, policies: Row) -> tuple[Policy, ...] | None:
    documents = policies.get(kind)
    return None if documents is None else tuple(_parse(kind, documents))


def _one(kind: str, policies: Row) -> Policy | None:
    found = _policies(kind, policies)
    if found is None or len(found) == 1:
        return found[0] if found else None
    return Policy(kind, tuple(statement for policy in found for statement in policy.statements))


def _levels(kind: str, policies: Row) -> tuple[tuple[Policy, ...], ...] | None:
    levels = policies.get(kind)
    if levels is None:
        return None
    if not isinstance(levels, list):
        raise RowError(f"{kind} must be a list of levels")
    return tuple(_level(kind, level) for level in levels)


def _level(kind: str, level: Row) -> tuple[Policy, ...]:
    if not isinstance(level, Mapping) or "target" not in level:
        raise RowError(f"{kind} has a level without target")
    name = f"{kind} {level['target']}"
    if "policies" not in level:
        raise RowError(f"{name} has no policies")
    return tuple(_parse(name, level["policies"]))


def _parse(kind: str, documents: Any) -> Iterable[Policy]:  # noqa: ANN401 - raw JSON
    listed = documents if isinstance(documents, list) else [documents]
    for number, document in enumerate(listed, start=1):
        name = f"{kind} {number}" if len(listed) > 1 else kind
        yield Policy.parse(document, name=name)


def _part(row: Row, name: str) -> Row:
    part = row.get(name) if isinstance(row, Mapping) else None
    if not isinstance(part, Mapping):
        raise RowError(f"the row has no {name}")
    return part


def _text(request: Row, name: str, *, default: str | None = None) -> str:
    value = request.get(name) or default
    if not isinstance(value, str):
        raise RowError(f"the request has no {name}")
    return value


def _id(row: Row) -> str | None:
    return row.get("id") if isinstance(row, Mapping) else None


def _answer(decision: Decision) -> dict[str, Any]:
    return {
        "decision": "Allow" if decision.is_allowed else "Deny",
        "detail": _DETAILS[decision.outcome],
        "decided_by": [_source(source) for source in decision.decided_by],
        "blocked_by": list(decision.blocked_by),
        "remaining": [*sentences(decision)] if decision.remaining else [],
    }


def _source(source: Source) -> dict[str, str | None]:
    label = source.statement.label if source.statement else None
    return {"layer": source.layer, "policy": source.policy, "statement": label}
