"""A principal in a terminal or as JSON: what it holds, who may become it, what it may do."""

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.options import Format
from rolecall.cli.terminal import console, print_facts, print_heading, print_point
from rolecall.model.credentials import Use
from rolecall.model.evidence import Json
from rolecall.model.plain_text import harmless
from rolecall.model.principal_document import principal_document
from rolecall.model.principal_record import PrincipalRecord, Rank, RecordedPolicy, Summary
from rolecall.model.timestamps import format_day
from rolecall.policy import Grants

_NO_LEVEL = "unknown to AWS"
_RANKS = {Rank.ADMINISTRATOR: "an administrator", Rank.ESCALATES: "can become an administrator"}


def print_principal(
    record: PrincipalRecord, output: Format, allowed: Mapping[str, Json] | None = None
) -> None:
    """Print what is known of a principal; `allowed` names its actions, for machines."""
    if output is not Format.TABLE:
        print_documents([{**principal_document(record), **(allowed or {})}], output)
        return
    to = console()
    to.print(Text(harmless(record.arn), style="bold"))
    print_facts(to, _facts(record))
    print_heading(to, "Policies")
    for line in [_held(each) for each in record.policies] or ["none"]:
        print_point(to, line)
    if record.kind == "user":
        print_heading(to, "Groups")
        print_point(to, ", ".join(record.groups) or "none")
    print_heading(to, "Permissions boundary")
    print_point(to, record.boundary or "none")
    if record.kind == "role":
        print_heading(to, "Trusts")
        for term in record.trusts:
            print_point(to, str(term))
    _print_escalation(to, record)
    for name, summary in record.rights.items():
        number = f"{summary.actions:,} action{'s' if summary.actions > 1 else ''}"
        print_heading(to, f"Allowed {name.replace('_', ' ')} ({number})")
        print_facts(to, _counts(summary))


def allowed_actions(grants: Grants) -> dict[str, Json]:
    """Name every action, as only an account at hand can: a record keeps numbers."""
    sets = {
        "everywhere": grants.everywhere,
        "on some resources": grants.on_some_resources,
        "under conditions": grants.under_conditions,
    }
    return {"allowed": {name: list(actions) for name, actions in sets.items()}}


def _facts(record: PrincipalRecord) -> Iterator[tuple[str, str]]:
    if record.rank in _RANKS:
        yield "Is", _RANKS[record.rank]
    yield (
        "Created",
        format_day(record.created_at) + (f" by {record.creator}" if record.creator else ""),
    )
    yield "Last used", _last_used(record)
    if record.sensitive:
        yield "Sensitive", ", ".join(record.sensitive)
    if record.rights_since:
        yield "Rights seen since", format_day(record.rights_since)
    yield "Fingerprint", record.fingerprint


def _last_used(record: PrincipalRecord) -> str:
    use = record.last_use
    if use.at is None:
        return use.use.value if use.use is not Use.UNKNOWN else "not known"
    return format_day(use.at) + (f" for {use.service}" if use.service else "")


def _held(policy: RecordedPolicy) -> str:
    source = f" of group {policy.group}" if policy.group else ""
    return f"{policy.kind} policy {policy.name}{source}"


def _print_escalation(to: Console, record: PrincipalRecord) -> None:
    if record.escalation:
        print_heading(to, f"Becomes an administrator ({record.escalation.verdict})")
        for step in record.escalation.steps:
            print_point(to, step)


def _counts(summary: Summary) -> Iterator[tuple[str, str]]:
    if not summary.by_service:
        yield f"  {summary.services} services", _levels(summary.levels)
    for service, levels in summary.by_service.items():
        yield f"  {service}", _levels(levels)


def _levels(levels: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {level or _NO_LEVEL}" for level, count in levels.items())
