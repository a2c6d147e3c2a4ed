"""A finding as JSON and back: the shape that messages, the command line and the table share."""

from collections.abc import Mapping
from typing import Any

from rolecall.model.evidence import Json, Resource
from rolecall.model.exception_document import exception_document, read_exception
from rolecall.model.finding import Finding, Status
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_time, parse_time

_WORDS = ("title", "summary", "why", "remediation")


def finding_document(finding: Finding) -> dict[str, Json]:
    """Write a finding as JSON; docs/finding.schema.json describes the result."""
    return {
        **({"file": finding.file} if finding.file else {}),
        "id": finding.id,
        "rule": finding.rule,
        "kind": finding.kind,
        "account_id": finding.account_id,
        "region": finding.region,
        "resource_type": finding.resource.type,
        "resource_arn": finding.resource.arn,
        "principal_arn": finding.principal,
        "severity": finding.severity.name,
        "status": finding.status.value,
        **{name: getattr(finding, name) for name in _WORDS},
        "commands": list(finding.commands),
        "references": list(finding.references),
        "compliance": list(finding.compliance),
        "evidence": dict(finding.evidence),
        "verdict": finding.verdict,
        "first_seen_at": format_time(finding.first_seen_at),
        "changed_at": format_time(finding.changed_at),
        "resolved_at": format_time(finding.resolved_at) if finding.resolved_at else None,
        "source": finding.source,
        "exception": exception_document(finding.exception) if finding.exception else None,
    }


def parse_finding(document: Mapping[str, Any]) -> Finding:
    """Read what `finding_document` wrote; raise KeyError or ValueError for anything else."""
    resolved_at, exception = document.get("resolved_at"), document.get("exception")
    return Finding(
        id=document["id"],
        rule=document["rule"],
        kind=document["kind"],
        account_id=document["account_id"],
        region=document["region"],
        resource=Resource(document["resource_type"], document["resource_arn"]),
        principal=document.get("principal_arn"),
        severity=Severity.parse(document["severity"]),
        status=Status(document["status"]),
        **{name: document[name] for name in _WORDS},
        commands=tuple(document["commands"]),
        references=tuple(document["references"]),
        compliance=tuple(document["compliance"]),
        evidence=document["evidence"],
        verdict=document.get("verdict"),
        first_seen_at=parse_time(document["first_seen_at"]),
        changed_at=parse_time(document["changed_at"]),
        resolved_at=parse_time(resolved_at) if resolved_at else None,
        source=document["source"],
        exception=read_exception(exception) if exception else None,
        file=document.get("file", ""),
    )
