"""A principal's record as JSON and back: the shape of the table and of the command line."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from rolecall.model.credentials import LastUse, Use
from rolecall.model.evidence import Json
from rolecall.model.principal_record import (
    Escalation,
    PrincipalRecord,
    Rank,
    RecordedPolicy,
    Summary,
    TrustTerm,
)
from rolecall.model.principals import PolicyKind
from rolecall.model.timestamps import format_time, parse_time

_TEXTS = ("account_id", "kind", "name", "boundary", "creator", "fingerprint", "action_table")
_NEWER_TEXTS = ("code",)
"""Those that records from before do not have."""
_NOT_COMPARED = ("rights", "actions", "creator", "rights_since")
"""What fingerprint and table of actions stand for, what others write, what is told by nothing."""
_MONTH = len("2026-11")


def principal_document(record: PrincipalRecord) -> dict[str, Json]:
    """Write a record as JSON; docs/queries.md describes the members."""
    return {
        "principal_arn": record.arn,
        **{name: getattr(record, name) for name in (*_TEXTS, *_NEWER_TEXTS)},
        "created_at": format_time(record.created_at),
        "policies": [
            {"name": each.name, "kind": each.kind.value, "arn": each.arn, "group": each.group}
            for each in record.policies
        ],
        "groups": list(record.groups),
        "trusts": [{"who": e.who, "conditions": list(e.conditions)} for e in record.trusts],
        "rights": {name: _summary_document(each) for name, each in record.rights.items()},
        "guardrails_known": record.guardrails_known,
        "rank": record.rank.value,
        "sensitive": list(record.sensitive),
        "escalation": _escalation_document(record.escalation) if record.escalation else None,
        "last_use": _use_document(record.last_use),
        "rights_since": format_time(record.rights_since) if record.rights_since else None,
        "actions": record.actions,
    }


def parse_principal(document: Mapping[str, Any]) -> PrincipalRecord:
    """Read what `principal_document` wrote; raise KeyError or ValueError for anything else.

    What was cut to fit, and so is not there, is empty.
    """
    escalation, since = document.get("escalation"), document.get("rights_since")
    return PrincipalRecord(
        arn=document["principal_arn"],
        **{name: document[name] for name in _TEXTS},
        **{name: document.get(name, "") for name in _NEWER_TEXTS},
        created_at=parse_time(document["created_at"]),
        policies=tuple(map(_policy, _members(document, "policies"))),
        groups=tuple(document.get("groups", ())),
        trusts=tuple(map(_trust_term, _members(document, "trusts"))),
        rights={name: Summary(**each) for name, each in document.get("rights", {}).items()},
        guardrails_known=document["guardrails_known"],
        rank=Rank(document["rank"]),
        sensitive=tuple(document.get("sensitive", ())),
        escalation=_escalation(escalation) if escalation else None,
        last_use=_use(document["last_use"]),
        rights_since=parse_time(since) if since else None,
        actions=document.get("actions", ""),
    )


def digest_of(record: PrincipalRecord) -> str:
    """Return a short text that is the same as long as there is nothing to write.

    Of the last use only the month counts: otherwise whatever is in use would be written every day.
    """
    use = _use_document(record.last_use)
    counting = {
        name: each for name, each in principal_document(record).items() if name not in _NOT_COMPARED
    }
    counting["last_use"] = [use["use"], use["at"][:_MONTH]]
    text = json.dumps(counting, sort_keys=True, default=dict)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _members(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the objects of a list; the notice at the end of a list that was cut is none."""
    return [each for each in document.get(name, ()) if isinstance(each, Mapping)]


def _policy(document: Mapping[str, Any]) -> RecordedPolicy:
    kind = PolicyKind(document["kind"])
    return RecordedPolicy(document["name"], kind, document["arn"], document["group"])


def _trust_term(document: Mapping[str, Any]) -> TrustTerm:
    return TrustTerm(document["who"], tuple(document["conditions"]))


def _summary_document(summary: Summary) -> dict[str, Json]:
    return {
        "actions": summary.actions,
        "services": summary.services,
        "levels": dict(summary.levels),
        "by_service": {name: dict(levels) for name, levels in summary.by_service.items()},
    }


def _escalation_document(escalation: Escalation) -> dict[str, Json]:
    return {
        "verdict": escalation.verdict,
        "goal": escalation.goal,
        "steps": list(escalation.steps),
        "paths": list(escalation.paths),
    }


def _escalation(document: Mapping[str, Any]) -> Escalation:
    return Escalation(
        verdict=document["verdict"],
        goal=document["goal"],
        steps=tuple(document["steps"]),
        paths=tuple(document["paths"]),
    )


def _use_document(use: LastUse) -> dict[str, str]:
    return {
        "use": use.use.value,
        "at": format_time(use.at) if use.at else "",
        "service": use.service,
        "region": use.region,
        "on_record_since": format_time(use.on_record_since) if use.on_record_since else "",
    }


def _use(document: Mapping[str, str]) -> LastUse:
    at, since = document["at"], document["on_record_since"]
    return LastUse(
        Use(document["use"]),
        parse_time(at) if at else None,
        document["service"],
        document["region"],
        parse_time(since) if since else None,
    )
