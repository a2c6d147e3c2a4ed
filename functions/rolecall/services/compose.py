"""Messages as a person reads them in a mail client, with the same facts for machines."""

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rolecall.model.commands import rolecall
from rolecall.model.finding import Finding
from rolecall.model.finding_document import finding_document
from rolecall.model.plain_text import harmless
from rolecall.services.ports import Message

_LINE_LENGTH = 78
_LISTED = 20
"""How many findings a summarizing message names; the table has them all."""


class Kind(StrEnum):
    """What makes a change of a finding news."""

    OPENED = "opened"
    REOPENED = "reopened"
    WORSE = "worse"
    RESOLVED = "resolved"


_SUBJECT_PREFIX = {
    Kind.OPENED: "",
    Kind.REOPENED: "REOPENED ",
    Kind.WORSE: "NOW ",
    Kind.RESOLVED: "RESOLVED ",
}


@dataclass(frozen=True, slots=True)
class News:
    """A finding and what happened to it."""

    kind: Kind
    finding: Finding


def compose(news: News, rules_url: str) -> Message:
    """Write one message about one finding."""
    finding = news.finding
    severity = finding.severity.name
    return Message(
        subject=harmless(
            f"{_SUBJECT_PREFIX[news.kind]}{severity} in {finding.account_id}: {finding.summary}"
        ),
        text="\n".join(_paragraphs(News(news.kind, _harmless(finding)), rules_url)),
        data={"version": 1, "news": news.kind.value, "finding": finding_document(finding)},
        attributes={
            "severity": severity,
            "account": finding.account_id,
            "rule": finding.rule,
            "news": news.kind.value,
            **({"owner": owner} if (owner := _owner(finding)) else {}),
        },
    )


def summarize(news: Sequence[News]) -> Message:
    """Write one message about many findings, the worst first."""
    ranked = sorted(news, key=lambda each: (-each.finding.severity, each.finding.id))
    worst = ranked[0].finding.severity.name
    accounts = {each.finding.account_id for each in news}
    where = f"{len(accounts)} accounts" if len(accounts) > 1 else f"account {min(accounts)}"
    return Message(
        subject=harmless(f"{worst} and below: {len(news)} changed findings in {where}"),
        text="\n".join(_summary_lines(ranked, where)),
        data={
            "version": 1,
            "news": "summary",
            "count": len(news),
            "by_severity": dict(Counter(each.finding.severity.name for each in ranked)),
            "findings": [
                {"id": each.finding.id, "news": each.kind.value, "summary": each.finding.summary}
                for each in ranked[:_LISTED]
            ],
        },
        attributes={
            "severity": worst,
            "account": min(accounts) if len(accounts) == 1 else "many",
            "rule": "many",
            "news": "summary",
        },
    )


def _summary_lines(ranked: Sequence[News], where: str) -> Iterator[str]:
    yield f"{len(ranked)} findings of {where} changed at once. The worst come first."
    yield ""
    counts = Counter((each.finding.severity, each.finding.rule, each.kind) for each in ranked)
    for (severity, rule, kind), count in sorted(counts.items(), reverse=True):
        yield f"{count:6}  {severity.name:<13}  {rule} ({kind.value})"
    yield ""
    for each in ranked[:_LISTED]:
        finding = each.finding
        summary = harmless(finding.summary)
        yield f"{finding.severity.name:<13}  {finding.account_id}  {summary}"
    if len(ranked) > _LISTED:
        yield f"... and {len(ranked) - _LISTED} more."
    yield from ("", "All of them:", "  rolecall findings list")


_OPENING = {
    Kind.OPENED: "",
    Kind.REOPENED: "This was resolved before and is back.",
    Kind.WORSE: "This was known and has become more severe.",
    Kind.RESOLVED: "This is over; nothing is left to do.",
}


def _opening(news: News) -> str:
    exception = news.finding.exception
    if news.kind is not Kind.REOPENED or exception is None:
        return _OPENING[news.kind]
    return (
        f"{exception.epitaph(news.finding.changed_at)} {exception.owner} gave as reason:"
        f" {exception.reason}"
    )


def _owner(finding: Finding) -> str:
    """Return who answers for the exception, or for what the finding is about; or who made that."""
    if finding.exception:
        return finding.exception.owner
    named = (finding.evidence.get(name) for name in ("owner", "creator"))
    return next((each for each in named if isinstance(each, str) and each), "")


def _paragraphs(news: News, rules_url: str) -> Iterator[str]:
    finding = news.finding
    yield _wrapped(finding.summary)
    if opening := _opening(news):
        yield _wrapped(opening)
    yield ""
    yield from _facts(finding)
    yield from ("", "WHY IT MATTERS", _wrapped(finding.why))
    yield from ("", "WHAT TO DO", _wrapped(finding.remediation))
    if finding.commands:
        yield ""
        yield from (f"  {command}" for command in finding.commands)
    yield from ("", "READ MORE")
    yield f"  {rolecall('explain', finding.rule)}"
    if rules_url:
        yield f"  {rules_url}#{finding.rule}"
    yield from (f"  {reference}" for reference in finding.references)
    yield from ("", f"Finding {finding.id}", f"  {rolecall('findings show', finding.id)}")


def _harmless(finding: Finding) -> Finding:
    """Return the finding with every text that somebody else may have chosen on one line."""
    evidence = {
        name: harmless(value) if isinstance(value, str) else value
        for name, value in finding.evidence.items()
    }
    return replace(
        finding,
        summary=harmless(finding.summary),
        resource=replace(finding.resource, arn=harmless(finding.resource.arn)),
        principal=harmless(finding.principal) if finding.principal else None,
        commands=tuple(map(harmless, finding.commands)),
        evidence=evidence,
    )


def _facts(finding: Finding) -> Iterator[str]:
    moment = f"{finding.first_seen_at:%Y-%m-%d %H:%M} UTC"
    yield f"Rule      {finding.rule}: {finding.title}"
    yield f"Severity  {finding.severity.name}"
    yield f"Account   {finding.account_id}"
    yield f"Resource  {finding.resource.arn}"
    if finding.kind == "detection":
        # What a comparison found may come without an event.
        if "actor" in finding.evidence:
            yield f"Who       {finding.evidence['actor'] or finding.principal}{_before(finding)}"
            yield f"From      {finding.evidence['source_ip']} ({finding.evidence['user_agent']})"
        yield f"When      {moment}, {finding.region}"
    else:
        yield f"Since     {moment} (first seen)"
    if finding.compliance:
        yield f"Controls  {', '.join(finding.compliance)}"


def _before(finding: Finding) -> str:
    """Say who opened the session of whoever called, where sessions are followed."""
    came_from = finding.evidence.get("came_from", ())
    said = came_from if isinstance(came_from, list | tuple) else ()
    return "".join(f", who came from {harmless(str(each))}" for each in said)


def _wrapped(text: str) -> str:
    return "\n\n".join(
        textwrap.fill(" ".join(paragraph.split()), _LINE_LENGTH) for paragraph in text.split("\n\n")
    )
